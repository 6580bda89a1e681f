import { Pricing, type PricingArgs } from "@pulumi/azure-native/security";
import * as pulumi from "@pulumi/pulumi";
import { nativeOf, type Site } from "../site";

/** Plans for what the platform is made of: https://learn.microsoft.com/azure/defender-for-cloud/defender-for-cloud-introduction */
const plans: Readonly<Record<string, Pick<PricingArgs, "subPlan" | "extensions">>> = {
  // Changes of the subscription itself.
  Arm: { subPlan: "PerSubscription" },
  // Clusters at run time, and images in registries when they are pushed (SEC-16).
  Containers: {
    extensions: [
      { name: "ContainerRegistriesVulnerabilityAssessments", isEnabled: "True" },
      { name: "AgentlessDiscoveryForKubernetes", isEnabled: "True" },
      { name: "ContainerSensor", isEnabled: "True" },
    ],
  },
  KeyVaults: { subPlan: "PerKeyVault" },
  OpenSourceRelationalDatabases: {},
  StorageAccounts: { subPlan: "DefenderForStorageV2" },
};

/**
 * Defender for Cloud (SEC-19). A subscription has each plan once, on or off: it can be changed, never made or deleted. So a
 * destroyed stack leaves it on, for the stacks that are still there; to switch one off:
 * `az security pricing create --name <plan> --tier free`.
 */
export function detectThreats(name: string, site: Site, child: pulumi.CustomResourceOptions): readonly Pricing[] {
  const { subscriptionId } = nativeOf(site, "azure", "AuditTrail");
  const made: Pricing[] = [];
  for (const [plan, settings] of Object.entries(plans)) {
    // One after another: the service refuses a change of a subscription's plans while another one is under way.
    const last = made.at(-1);
    made.push(
      new Pricing(
        `${name}-${plan}`,
        {
          ...settings,
          pricingName: plan,
          scopeId: pulumi.interpolate`subscriptions/${subscriptionId}`,
          pricingTier: "Standard",
        },
        { ...child, retainOnDelete: true, dependsOn: last ? [last] : [] },
      ),
    );
  }
  return made;
}
