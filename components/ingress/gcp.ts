import { Address } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import type { BuildIngress } from ".";

/** One address of the region, for the cluster's load balancer. What protects it is Cloud Armor, by the WAF (SEC-06). */
export const build: BuildIngress = ({ name, site, child }) => {
  const { project, services } = nativeOf(site, "gcp", `Ingress "${name}"`);
  const addressName = physicalName(gcpNames.address, [site.prefix, name]);
  const address = new Address(
    name,
    {
      project,
      region: site.region,
      name: addressName,
      description: `Where ${site.prefix} is reached`,
      addressType: "EXTERNAL",
      networkTier: "PREMIUM",
      labels: labelsOf(site, addressName),
    },
    // Names, partners' allow-lists and health checks know it.
    {
      ...child,
      protect: site.safeguards.deletionProtection,
      deleteBeforeReplace: true,
      dependsOn: [...services],
    },
  );
  return {
    addresses: pulumi.all([address.address]),
    // https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters
    serviceAnnotations: address.name.apply(
      (own): Record<string, string> => ({
        "cloud.google.com/l4-rbs": "enabled",
        "networking.gke.io/load-balancer-ip-addresses": own,
      }),
    ),
  };
};
