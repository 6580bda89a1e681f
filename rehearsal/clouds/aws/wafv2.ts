// https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html
import { each, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { uuid } from "../shapes";
import { isSet, list, object, pick, pickAll, text } from "../values";
import { arnOf, arnPattern, arnRule, awsRow, regionOf } from "./row";
import { T } from "./types";

/** Amazon's groups and what each takes of an ACL's capacity.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const groups: Readonly<Record<string, number>> = {
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesWordPressRuleSet: 100,
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesBotControlRuleSet: 50,
  AWSManagedRulesATPRuleSet: 50,
  AWSManagedRulesACFPRuleSet: 50,
  AWSManagedRulesAntiDDoSRuleSet: 50,
};
const most = 5000;

function capacityOf(rule: Props): number {
  const statement = object(rule["statement"]);
  const managed = text(pick(statement, "managedRuleGroupStatement.name"));
  if (managed !== undefined) return groups[managed] ?? 0;
  return isSet(statement["rateBasedStatement"]) ? 2 : 1;
}
const capacity = (inputs: Props) =>
  list(inputs["rules"]).reduce<number>((sum, rule) => sum + capacityOf(object(rule)), 0);

function ruleRefusals({ inputs }: Moment): readonly Refusal[] {
  const rules = list(inputs["rules"]).map(object);
  const twins = (property: "name" | "priority", what: string) =>
    rules.flatMap((rule, index) =>
      isSet(rule[property]) && rules.findIndex((other) => other[property] === rule[property]) < index
        ? refuse(`rules.${index}.${property}`, `WAFInvalidParameterException: two rules have this ${what}`)
        : [],
    );
  return [
    ...twins("name", "name"),
    ...twins("priority", "priority"),
    ...rules.flatMap((rule, index) => {
      const statement = object(rule["statement"]);
      const group = isSet(statement["managedRuleGroupStatement"]) || isSet(statement["ruleGroupReferenceStatement"]);
      const own = group ? "overrideAction" : "action";
      const other = group ? "action" : "overrideAction";
      return [
        ...(isSet(rule[own])
          ? []
          : refuse(`rules.${index}.${own}`, `WAFInvalidParameterException: ${own} is required`)),
        ...(isSet(rule[other])
          ? refuse(
              `rules.${index}.${other}`,
              "WAFInvalidParameterException: a rule has action, or overrideAction around a group",
            )
          : []),
      ];
    }),
    ...each(
      inputs,
      "rules.*.statement.managedRuleGroupStatement.name",
      (value) => typeof value === "string" && (value in groups || !value.startsWith("AWSManaged")),
      (value) => `WAFNonexistentItemException: AWS has no managed rule group ${value}`,
    ),
    ...oneOf(inputs, "rules.*.statement.rateBasedStatement.evaluationWindowSec", [60, 120, 300, 600]),
    ...(capacity(inputs) > most
      ? refuse(
          "rules",
          `WAFLimitsExceededException: the ACL takes ${capacity(inputs)} WCUs, at most ${most} are allowed`,
        )
      : []),
  ];
}

const acl = awsRow({
  type: T.webAcl,
  autoName: { property: "name", max: 128 },
  immutable: ["name", "namePrefix", "scope"],
  unordered: ["rules"],
  unique: { by: ["name", "scope"], scope: "region" },
  check: (moment) => [
    ...fits(moment.inputs, "name", /^[\w-]{1,128}$/, "1 to 128 letters, digits, _ and -"),
    ...oneOf(moment.inputs, "scope", ["CLOUDFRONT", "REGIONAL"]),
    ...(moment.inputs["scope"] === "CLOUDFRONT" && regionOf(moment) !== "us-east-1"
      ? refuse("scope", "WAFInvalidParameterException: the scope is not valid: CLOUDFRONT works in us-east-1 only")
      : []),
    ...ruleRefusals(moment),
  ],
  id: (moment) => uuid(moment.random("id", 32)),
  outputs: (moment) => {
    const place = moment.inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
    return {
      arn: arnOf(moment, "wafv2", `${place}/webacl/${text(moment.inputs["name"])}/${moment.id}`),
      applicationIntegrationUrl: "",
      capacity: capacity(moment.inputs),
      lockToken: uuid(moment.random(`lock ${moment.now}`, 32)),
      namePrefix: "",
    };
  },
  volatile: ["lockToken"],
  seconds: { create: 5, update: 5, delete: 5, source: "estimate" },
});

const logging = awsRow({
  type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  taggable: false,
  immutable: ["logDestinationConfigs", "resourceArn"],
  unique: { by: ["resourceArn"], scope: "account" },
  references: [
    { path: "resourceArn", to: [T.webAcl], by: "arn", weak: true },
    { path: "logDestinationConfigs.*", to: [T.logGroup, T.bucket], by: "arn", except: /:firehose:/ },
  ],
  check: (moment) => [
    ...long(moment.inputs, "logDestinationConfigs", 1, 1),
    ...long(moment.inputs, "redactedFields", 0, 100),
    ...fits(moment.inputs, "resourceArn", arnPattern, arnRule),
    ...pickAll(moment.inputs, "logDestinationConfigs.*").flatMap(({ path, value }) => {
      const [, , , region, , ...rest] = (text(value) ?? "").split(":");
      if (region === undefined) return [];
      return [
        ...(/^(log-group:|deliverystream\/)?aws-waf-logs-/.test(rest.join(":"))
          ? []
          : refuse(
              path,
              "WAFLogDestinationPermissionIssueException: the destination's name must begin with aws-waf-logs-",
            )),
        ...(region !== "" && region !== regionOf(moment)
          ? refuse(path, `WAFInvalidParameterException: the destination must be in ${regionOf(moment)}, as the ACL is`)
          : []),
      ];
    }),
  ],
  id: ({ inputs }) => text(inputs["resourceArn"]) ?? "",
  outputs: () => ({}),
  seconds: { create: 3, update: 3, delete: 2, source: "estimate" },
});

/** Shield Advanced. The account is taken to have the subscription: it is bought, not built. */
const protection = awsRow({
  type: "aws:shield/protection:Protection",
  global: true,
  required: ["name"],
  immutable: ["name", "resourceArn"],
  unique: { by: ["resourceArn"], scope: "account" },
  references: [
    {
      path: "resourceArn",
      to: [T.eip, T.distribution, T.zone],
      by: "arn",
      except: /:(elasticloadbalancing|globalaccelerator):/,
    },
  ],
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^[ a-zA-Z0-9_.-]{1,128}$/, "1 to 128 letters, digits, spaces and _ . -"),
    ...fits(inputs, "resourceArn", arnPattern, arnRule),
  ],
  id: (moment) => uuid(moment.random("id", 32)),
  outputs: (moment) => ({
    arn: `arn:aws:shield::${moment.place.account}:protection/${moment.id}`,
  }),
  seconds: { create: 3, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [acl, logging, protection];
