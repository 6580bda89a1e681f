import { Address, type Network, Route, Router, RouterNat, type Subnetwork } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import type { Context } from "./gcp";
import { networkTags } from "./gcp-firewall";

/**
 * Which addresses the application comes from. Cloud NAT is regional and has no machines, so it outlives the loss of a
 * zone by itself; `per-zone` gives it an address a zone, each with 64,512 ports, `single` one for all.
 */
export const natAddresses = (nat: "per-zone" | "single", zones: readonly string[]): string[] =>
  nat === "single" ? ["nat"] : zones.map((zone) => `nat-${zone}`);

/** The private tier's way out: a route for machines tagged as the application, and NAT for their subnet alone (NET-04). */
export function openInternet(
  { name, site, args, child }: Context,
  network: Network,
  subnet: Subnetwork,
): pulumi.Output<string[]> {
  const { project, services } = nativeOf(site, "gcp", `Network "${name}"`);
  const region = site.region;
  new Route(
    `${name}-internet`,
    {
      project,
      network: network.id,
      name: physicalName(gcpNames.route, [site.prefix, name, "internet"]),
      description: "To the internet, through NAT, for machines of the application only",
      destRange: "0.0.0.0/0",
      nextHopGateway: "default-internet-gateway",
      tags: [networkTags.app],
    },
    { ...child, deleteBeforeReplace: true },
  );
  const router = new Router(
    `${name}-router`,
    {
      project,
      region,
      network: network.id,
      name: physicalName(gcpNames.router, [site.prefix, name]),
      description: `Carries the NAT of ${site.prefix}`,
    },
    { ...child, deleteBeforeReplace: true },
  );
  const addresses = natAddresses(args.nat, args.zones).map((key) => {
    const physical = physicalName(gcpNames.address, [site.prefix, name, key]);
    return new Address(
      `${name}-${key}`,
      {
        project,
        region,
        name: physical,
        description: `Address that ${site.prefix} comes from`,
        addressType: "EXTERNAL",
        networkTier: "PREMIUM",
        labels: labelsOf(site, physical),
      },
      // Nothing that it names shows that the API must be on first.
      { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
    );
  });
  new RouterNat(
    `${name}-nat`,
    {
      project,
      region,
      router: router.name,
      name: physicalName(gcpNames.nat, [site.prefix, name]),
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: addresses.map((address) => address.selfLink),
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetworks: [{ name: subnet.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      // A machine starts small and grows: 64 ports serve 1,008 machines an address, 4096 a busy one. Dynamic ports
      // rule out endpoint-independent mapping. https://cloud.google.com/nat/docs/ports-and-addresses
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      // What got through is in the flow logs already.
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    { ...child, deleteBeforeReplace: true },
  );
  return pulumi.all(addresses.map(({ address }) => address));
}
