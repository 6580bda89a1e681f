import type { CompleteWafArgs } from ".";

interface ManagedGroup {
  readonly name: string;
  /** Rules that are only counted, and why. */
  readonly counted?: readonly string[];
}

/**
 * AWS's own rule groups, 1125 of the 1500 capacity units that an ACL has without extra charge.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const managed: readonly ManagedGroup[] = [
  { name: "AWSManagedRulesAmazonIpReputationList" },
  // The rule of this name refuses bodies over 8 KB, and with them every upload.
  { name: "AWSManagedRulesCommonRuleSet", counted: ["SizeRestrictions_BODY"] },
  { name: "AWSManagedRulesKnownBadInputsRuleSet" },
  { name: "AWSManagedRulesSQLiRuleSet" },
];

type Choice = Pick<CompleteWafArgs, "mode" | "rateLimit" | "blockedCountries">;

/** What is judged, in this order: where from, how often, what. */
export function rules({ mode, rateLimit, blockedCountries }: Choice) {
  const refusing = mode === "block" ? { block: {} } : { count: {} };
  const seen = (metricName: string) => ({
    visibilityConfig: { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true },
  });
  const countries =
    blockedCountries.length === 0
      ? []
      : [
          {
            name: "countries",
            priority: 0,
            action: { block: {} },
            statement: { geoMatchStatement: { countryCodes: [...blockedCountries] } },
            ...seen("countries"),
          },
        ];
  const rate = {
    name: "rate-limit",
    priority: 1,
    action: refusing,
    statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: rateLimit, evaluationWindowSec: 300 } },
    ...seen("rate-limit"),
  };
  return [
    ...countries,
    rate,
    ...managed.map(({ name, counted = [] }, index) => ({
      name,
      priority: 10 + index,
      overrideAction: mode === "block" ? { none: {} } : { count: {} },
      statement: {
        managedRuleGroupStatement: {
          name,
          vendorName: "AWS",
          ...(counted.length > 0 && {
            ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
          }),
        },
      },
      ...seen(name),
    })),
  ];
}
