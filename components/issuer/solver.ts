import type * as pulumi from "@pulumi/pulumi";
import type { PerCloud } from "../cloud";
import type { WorkloadIdentity } from "../identity";
import { nativeOf } from "../site";
import type { CompleteIssuerArgs } from ".";

type Solver = Readonly<Record<string, unknown>>;

/**
 * How cert-manager proves that a domain is ours: a record in the zone, written with its pods' own cloud identity.
 * https://cert-manager.io/docs/configuration/acme/dns01/
 */
export const solvers: PerCloud<(args: CompleteIssuerArgs, identity: WorkloadIdentity) => pulumi.Input<Solver>> = {
  aws: ({ site, zone }) => {
    const { zoneId } = nativeOf(zone, "aws", "Issuer");
    return { route53: { region: site.region, hostedZoneID: zoneId } };
  },
  azure: ({ site, zone }, identity) => {
    const { zoneName, resourceGroup } = nativeOf(zone, "azure", "Issuer");
    const { subscriptionId } = nativeOf(site, "azure", "Issuer");
    return {
      azureDNS: {
        subscriptionID: subscriptionId,
        resourceGroupName: resourceGroup,
        hostedZoneName: zoneName,
        environment: "AzurePublicCloud",
        managedIdentity: { clientID: identity.identity },
      },
    };
  },
  gcp: ({ site, zone }) => {
    const { zoneName } = nativeOf(zone, "gcp", "Issuer");
    const { project } = nativeOf(site, "gcp", "Issuer");
    return { cloudDNS: { project, hostedZoneName: zoneName } };
  },
};
