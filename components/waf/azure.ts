import { Policy } from "@pulumi/azure-native/frontdoor";
import { WebApplicationFirewallPolicy } from "@pulumi/azure-native/network";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { BuildWaf, CompleteWafArgs } from ".";

type Context = BuildContext<CompleteWafArgs>;

/** What both kinds of policy have: https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-drs */
const managedRuleSets = [
  { ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1" },
  { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1" },
];
/** A range of documentation (RFC 5737) that nobody calls from: not to be in it is how Azure's rate limits mean everybody. */
const nobody = "192.0.2.0/24";

/** Credentials of users have no business in a log. */
const scrubbed = [
  { matchVariable: "RequestHeaderNames", selectorMatchOperator: "Equals", selector: "authorization", state: "Enabled" },
  { matchVariable: "RequestCookieNames", selectorMatchOperator: "EqualsAny", state: "Enabled" },
];

/** A policy of Front Door's, or of an application gateway's. Its findings are in the diagnostic logs of whom it protects. */
export const build: BuildWaf = (context) => ({
  id: context.args.scope === "edge" ? edge(context).id : regional(context).id,
});

function edge({ name, site, args, child }: Context): Policy {
  const { resourceGroup } = nativeOf(site, "azure", `Waf "${name}"`);
  const policyName = localName(site, azureNames.frontDoorPolicy, name);
  const blocking = args.mode === "block";
  return new Policy(
    name,
    {
      policyName,
      resourceGroupName: resourceGroup,
      location: "Global",
      sku: { name: "Premium_AzureFrontDoor" },
      policySettings: {
        enabledState: "Enabled",
        mode: blocking ? "Prevention" : "Detection",
        requestBodyCheck: "Enabled",
        customBlockResponseStatusCode: 403,
        state: "Enabled",
        scrubbingRules: scrubbed,
      },
      customRules: {
        rules: [
          ...(args.blockedCountries.length === 0
            ? []
            : [
                {
                  name: "Countries",
                  priority: 1,
                  ruleType: "MatchRule",
                  action: "Block",
                  enabledState: "Enabled",
                  matchConditions: [
                    { matchVariable: "SocketAddr", operator: "GeoMatch", matchValue: [...args.blockedCountries] },
                  ],
                },
              ]),
          {
            name: "RateLimit",
            priority: 2,
            ruleType: "RateLimitRule",
            action: blocking ? "Block" : "Log",
            enabledState: "Enabled",
            rateLimitDurationInMinutes: 5,
            rateLimitThreshold: args.rateLimit,
            matchConditions: [
              { matchVariable: "RemoteAddr", operator: "IPMatch", negateCondition: true, matchValue: [nobody] },
            ],
          },
        ],
      },
      managedRules: {
        managedRuleSets: managedRuleSets.map((set) => ({
          ...set,
          ruleSetAction: blocking ? "Block" : "Log",
        })),
      },
      tags: tagsOf(site, policyName),
    },
    { ...child, deleteBeforeReplace: true },
  );
}

function regional({ name, site, args, child }: Context): WebApplicationFirewallPolicy {
  const { resourceGroup } = nativeOf(site, "azure", `Waf "${name}"`);
  const policyName = localName(site, azureNames.firewallPolicy, name);
  const blocking = args.mode === "block";
  const from = [{ variableName: "RemoteAddr" }];
  return new WebApplicationFirewallPolicy(
    name,
    {
      policyName,
      resourceGroupName: resourceGroup,
      location: site.region,
      policySettings: {
        state: "Enabled",
        mode: blocking ? "Prevention" : "Detection",
        requestBodyCheck: true,
        maxRequestBodySizeInKb: 128,
        fileUploadLimitInMb: 100,
        logScrubbing: {
          state: "Enabled",
          scrubbingRules: scrubbed,
        },
      },
      customRules: [
        ...(args.blockedCountries.length === 0
          ? []
          : [
              {
                name: "Countries",
                priority: 1,
                ruleType: "MatchRule",
                action: "Block",
                state: "Enabled",
                matchConditions: [
                  { matchVariables: from, operator: "GeoMatch", matchValues: [...args.blockedCountries] },
                ],
              },
            ]),
        {
          name: "RateLimit",
          priority: 2,
          ruleType: "RateLimitRule",
          action: blocking ? "Block" : "Log",
          state: "Enabled",
          rateLimitDuration: "FiveMins",
          rateLimitThreshold: args.rateLimit,
          groupByUserSession: [{ groupByVariables: [{ variableName: "ClientAddr" }] }],
          matchConditions: [
            // The typings' own spelling.
            { matchVariables: from, operator: "IPMatch", negationConditon: true, matchValues: [nobody] },
          ],
        },
      ],
      managedRules: { managedRuleSets },
      tags: tagsOf(site, policyName),
    },
    { ...child, deleteBeforeReplace: true },
  );
}
