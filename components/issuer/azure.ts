import { nativeOf } from "../site";
import type { Solve } from "./solver";

/** Azure DNS, as the managed identity that the pods' service account becomes. https://cert-manager.io/docs/configuration/acme/dns01/azuredns/ */
export const solve: Solve = ({ site, zone }, identity) => {
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
};
