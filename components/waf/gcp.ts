import { RegionSecurityPolicy, SecurityPolicy } from "@pulumi/gcp/compute";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { keepLogs } from "../site/gcp-logs";
import { labelsOf } from "../site/gcp-names";
import type { BuildWaf, CompleteWafArgs } from ".";
import { rules } from "./gcp-rules";

type Context = BuildContext<CompleteWafArgs>;

/** Cloud Armor: a global policy for the CDN's backends, or one of the region's for a load balancer there. */
export const build: BuildWaf = (context) => {
  const { name, site, args } = context;
  const policyName = physicalName(gcpNames.securityPolicy, [site.prefix, name]);
  const policy = args.scope === "edge" ? edge(context, policyName) : regional(context, policyName);
  // The load balancer writes what Cloud Armor decides into its own entries: what was refused is kept apart from them.
  keepLogs(context, {
    what: "refused",
    description: `Requests that ${policyName} refused`,
    filter: `jsonPayload.enforcedSecurityPolicy.name="${policyName}" AND jsonPayload.enforcedSecurityPolicy.outcome="DENY"`,
    retentionDays: args.logRetentionDays,
    key: args.keys.for("logs"),
  });
  return { id: policy.selfLink };
};

/** Bodies in JSON are read as such, and the log tells which part of a request matched. */
const advancedOptionsConfig = { jsonParsing: "STANDARD", logLevel: "VERBOSE" };

function edge({ name, site, args, child }: Context, policyName: string): SecurityPolicy {
  const { project, services } = nativeOf(site, "gcp", `Waf "${name}"`);
  return new SecurityPolicy(
    name,
    {
      project,
      name: policyName,
      description: `${site.prefix}: ${name}`,
      type: "CLOUD_ARMOR",
      rules: rules(args),
      advancedOptionsConfig,
      // Learns what is normal, and says what a flood looks like (SEC-06).
      adaptiveProtectionConfig: { layer7DdosDefenseConfig: { enable: true, ruleVisibility: "STANDARD" } },
      labels: labelsOf(site, policyName),
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
}

/** The region's kind has neither labels nor adaptive protection. */
function regional({ name, site, args, child }: Context, policyName: string): RegionSecurityPolicy {
  const { project, services } = nativeOf(site, "gcp", `Waf "${name}"`);
  return new RegionSecurityPolicy(
    name,
    {
      project,
      region: site.region,
      name: policyName,
      description: `${site.prefix}: ${name}`,
      type: "CLOUD_ARMOR",
      rules: rules(args),
      advancedOptionsConfig,
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
}
