import { nativeOf } from "../site";
import type { Solve } from "./solver";

/** Route 53, as the role that the pods' own identity is. https://cert-manager.io/docs/configuration/acme/dns01/route53/ */
export const solve: Solve = ({ site, zone }) => {
  const { zoneId } = nativeOf(zone, "aws", "Issuer");
  return { route53: { region: site.region, hostedZoneID: zoneId } };
};
