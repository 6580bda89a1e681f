import { nativeOf } from "../site";
import type { Solve } from "./solver";

/** Cloud DNS, as the service account that the pods' own acts as; the zone is named, since listing zones is the project's to grant. https://cert-manager.io/docs/configuration/acme/dns01/google/ */
export const solve: Solve = ({ site, zone }) => {
  const { zoneName } = nativeOf(zone, "gcp", "Issuer");
  const { project } = nativeOf(site, "gcp", "Issuer");
  return { cloudDNS: { project, hostedZoneName: zoneName } };
};
