// NET, WAF: web application firewalls that block, slow down floods, and keep a log.

import { all, equals, fail, isTrue, noneOf, notApplicable, pass, unknown } from "../judge";
import { asText, folded, isUnknown, list, read, text } from "../read";
import { type Context, type Judge, rule, type View } from "../rule";
import { awsGraph, azure, gcpGraph, token } from "../tokens";

/** A rule of a web ACL in one spelling: typed rules, rules as JSON, and rules that are resources of their own. */
interface AclRule {
  readonly managed: boolean;
  readonly limits: boolean;
  readonly counts: boolean;
}
const has = (value: unknown, ...paths: readonly string[]) => paths.some((path) => read(value, path) !== undefined);
const told = (one: unknown): AclRule => ({
  managed: has(one, "statement.managedRuleGroupStatement", "Statement.ManagedRuleGroupStatement", "managedRuleGroup"),
  limits: has(one, "statement.rateBasedStatement", "Statement.RateBasedStatement"),
  counts:
    has(
      one,
      "overrideAction.count",
      "OverrideAction.Count",
      "action.count",
      "Action.Count",
      "action.allow",
      "Action.Allow",
    ) || folded(one, "overrideAction") === "count",
});

/** Rules inside and beside the ACL; "unknown" where some can't be told yet. */
function rulesOf(view: View, { graph }: Context): { rules: readonly AclRule[]; open: boolean } {
  const inline = list(view.props, "rules");
  const json = read(view.props, "ruleJson");
  const types = [token("aws", "wafv2.WebAclRule"), token("aws", "wafv2.WebAclRuleGroupAssociation")];
  const { sure, maybe } = graph.companions(view, types, "webAclArn");
  const found = [...(typeof inline === "symbol" ? [] : inline), ...parsed(json), ...sure.map(({ props }) => props)];
  return {
    rules: found.filter((one) => !isUnknown(one)).map(told),
    open: typeof inline === "symbol" || isUnknown(json) || found.some(isUnknown) || maybe.length > 0,
  };
}

function parsed(json: unknown): readonly unknown[] {
  if (typeof json !== "string") return [];
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

const webAcl: Judge = (view, context) => {
  const { rules, open } = rulesOf(view, context);
  const { sure, maybe } = context.graph.companions(
    view,
    [token("aws", "wafv2.WebAclLoggingConfiguration")],
    "resourceArn",
  );
  const say = (ok: boolean, perhaps: boolean, path: string, expected: string) =>
    ok ? pass(path, expected) : perhaps ? unknown(path, expected) : fail(path, expected);
  return all(
    () =>
      say(
        rules.some((one) => one.managed && !one.counts),
        open,
        "rules",
        "a managed rule group that blocks",
      ),
    () =>
      say(
        rules.some((one) => one.limits && !one.counts),
        open,
        "rules",
        "a rate-based rule that blocks",
      ),
    () => say(sure.length > 0, maybe.length > 0, "", "a WebAclLoggingConfiguration for it"),
  )(view, context);
};

const blocks = (action: string) => !["log", "allow", "anomalyscoring"].includes(action);

const azureRules =
  (path: string, state: string): Judge =>
  (view) => {
    const rules = list(view.props, path);
    const expected = "a RateLimitRule that blocks";
    if (typeof rules === "symbol" || rules.some(isUnknown)) return unknown(path, expected);
    const limits = rules.some(
      (one) =>
        folded(one, "ruleType") === "ratelimitrule" &&
        folded(one, state) !== "disabled" &&
        blocks(folded(one, "action")),
    );
    return limits ? pass(path, expected) : fail(path, expected);
  };

const ruleSets: Judge = (view) => {
  const path = "managedRules.managedRuleSets";
  const expected = "a managed rule set that blocks";
  const sets = list(view.props, path);
  if (typeof sets === "symbol") return unknown(path, expected);
  return sets.some((one) => folded(one, "ruleSetAction") !== "log") ? pass(path, expected) : fail(path, expected);
};

const armor = /evaluatePreconfigured(Waf|Expr)\s*\(/;

/** Rules inside and beside a security policy, without those that only try. */
const securityPolicy =
  (beside: string): Judge =>
  (view, context) => {
    if (!["", "CLOUD_ARMOR"].includes(text(view.props, "type")))
      return notApplicable("a policy that can't look into requests");
    const inline = list(view.props, "rules");
    const { sure, maybe } = context.graph.companions(view, [token("gcp", beside)], "securityPolicy");
    const rules = [...(typeof inline === "symbol" ? [] : inline), ...sure.map(({ props }) => props)].filter(
      (one) => !isUnknown(one) && folded(one, "preview") !== "true",
    );
    const open = typeof inline === "symbol" || inline.some(isUnknown) || maybe.length > 0;
    const say = (ok: boolean, expected: string) =>
      ok ? pass("rules", expected) : open ? unknown("rules", expected) : fail("rules", expected);
    const action = (one: unknown) => asText(read(one, "action"));
    return all(
      () =>
        say(
          rules.some((one) => /^(deny|redirect)/.test(action(one)) && armor.test(text(one, "match.expr.expression"))),
          "a rule that denies by evaluatePreconfiguredWaf",
        ),
      () =>
        say(
          rules.some((one) => /^(throttle|rate_based_ban)$/.test(action(one))),
          "a rule that throttles",
        ),
      beside === "compute.SecurityPolicyRule"
        ? isTrue("adaptiveProtectionConfig.layer7DdosDefenseConfig.enable")
        : () => pass("rules"),
    )(view, context);
  };

export const blocking = rule(
  "waf-managed-rules-blocking",
  awsGraph("wafv2.WebAcl", webAcl),
  azure(
    "network.WebApplicationFirewallPolicy",
    all(
      equals("policySettings.mode", "Prevention"),
      noneOf("policySettings.state", ["Disabled"]),
      ruleSets,
      azureRules("customRules", "state"),
    ),
  ),
  azure(
    "frontdoor.Policy",
    all(
      equals("policySettings.mode", "Prevention"),
      noneOf("policySettings.enabledState", ["Disabled"]),
      ruleSets,
      azureRules("customRules.rules", "enabledState"),
    ),
  ),
  gcpGraph("compute.SecurityPolicy", securityPolicy("compute.SecurityPolicyRule")),
  gcpGraph("compute.RegionSecurityPolicy", securityPolicy("compute.RegionSecurityPolicyRule")),
);
