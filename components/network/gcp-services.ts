import { GlobalAddress, type Network } from "@pulumi/gcp/compute";
import { Connection } from "@pulumi/gcp/servicenetworking";
import { planRanges } from "../cidr";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import type { Context } from "./gcp";

/** A range of the network lent to Google, where managed services such as Cloud SQL get their private addresses. */
export function connectServices({ name, site, args, child }: Context, network: Network): Connection {
  const { project } = nativeOf(site, "gcp", `Network "${name}"`);
  const [address, prefix] = planRanges(args.cidr).privateServices.split("/");
  const rangeName = physicalName(gcpNames.globalAddress, [site.prefix, name, "services"]);
  const range = new GlobalAddress(
    `${name}-services`,
    {
      project,
      network: network.id,
      name: rangeName,
      description: `Private services of ${site.prefix}`,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      ...(address === undefined ? {} : { address }),
      prefixLength: Number(prefix),
      labels: labelsOf(site, rangeName),
    },
    { ...child, deleteBeforeReplace: true },
  );
  return new Connection(
    `${name}-services`,
    {
      network: network.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range.name],
      // Google lets go of the connection days after the last instance: deleting it right away fails. Left alone, it
      // goes with the network. https://cloud.google.com/vpc/docs/configure-private-services-access#removing-connection
      deletionPolicy: "ABANDON",
    },
    child,
  );
}
