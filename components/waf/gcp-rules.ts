import type { CompleteWafArgs } from ".";

/**
 * Google's preconfigured rules, at the sensitivity that its guide starts with. One expression a rule. The one on methods
 * stays out: it refuses PUT, PATCH and DELETE, which an API lives on.
 * https://cloud.google.com/armor/docs/waf-rules
 */
const preconfigured = [
  "sqli",
  "xss",
  "lfi",
  "rfi",
  "rce",
  "scannerdetection",
  "protocolattack",
  "php",
  "sessionfixation",
  "java",
  "nodejs",
].map((attack) => `${attack}-v33-stable`);
/** Attacks that everybody hears of: Log4Shell and its kin. */
const known = ["cve-canary"];

const everybody = { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } };

type Choice = Pick<CompleteWafArgs, "mode" | "rateLimit" | "blockedCountries">;

/** The most that one expression may compare: https://cloud.google.com/armor/quotas */
const perExpression = 5;

/** Where from: the same in front of the cache and behind it. */
export const countryRules = (countries: readonly string[]) =>
  Array.from({ length: Math.ceil(countries.length / perExpression) }, (_, index) => ({
    action: "deny(403)",
    priority: 100 + index,
    description: "Countries that get no answer",
    match: {
      expr: {
        expression: countries
          .slice(index * perExpression, (index + 1) * perExpression)
          .map((code) => `origin.region_code == '${code}'`)
          .join(" || "),
      },
    },
  }));

/** Cloud Armor wants the last rule said: https://cloud.google.com/armor/docs/security-policy-overview#eval-order */
export const lastRule = {
  action: "allow",
  priority: 2_147_483_647,
  description: "Everything else",
  match: everybody,
};

/** What is judged, in this order: where from, what, how often. A limit that isn't reached lets pass, so it is last but one. */
export function rules({ mode, rateLimit, blockedCountries }: Choice) {
  const preview = mode === "observe";
  return [
    ...countryRules(blockedCountries),
    ...[...preconfigured, ...known].map((rule, index) => ({
      action: "deny(403)",
      priority: 1000 + index * 10,
      description: rule,
      preview,
      match: { expr: { expression: `evaluatePreconfiguredWaf('${rule}', {'sensitivity': 1})` } },
    })),
    {
      action: "throttle",
      priority: 2000,
      description: "Requests of one address in five minutes",
      preview,
      match: everybody,
      rateLimitOptions: {
        conformAction: "allow",
        exceedAction: "deny(429)",
        enforceOnKey: "IP",
        rateLimitThreshold: { count: rateLimit, intervalSec: 300 },
      },
    },
    lastRule,
  ];
}
