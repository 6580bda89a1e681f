import { Network, Subnetwork } from "@pulumi/gcp/compute";
import { Connection } from "@pulumi/gcp/servicenetworking";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { planRanges, planRegional } from "../cidr";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { keepLogs } from "../site/gcp-logs";
import type { BuildNetwork, CompleteNetworkArgs, ExistingNetwork, NetworkOutputs, Tier } from ".";
import { openGoogleApis } from "./gcp-apis";
import { openInternet } from "./gcp-egress";
import { closeFirewall } from "./gcp-firewall";
import { connectServices } from "./gcp-services";

export type Context = BuildContext<CompleteNetworkArgs>;

export const build: BuildNetwork = (context) =>
  context.args.existing ? adopt(context, context.args.existing) : create(context);

/** A custom-mode network: one regional subnet a tier, nothing open but what the files beside this one open. */
function create(context: Context): NetworkOutputs {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `Network "${name}"`);
  const network = new Network(
    name,
    {
      project,
      name: physicalName(gcpNames.network, [site.prefix, name]),
      description: `Private network of ${site.prefix}`,
      autoCreateSubnetworks: false,
      // A route to the internet for all would reach the data tier too; gcp-egress.ts makes one for the private tier.
      deleteDefaultRoutesOnCreate: true,
      routingMode: "REGIONAL",
    },
    // A change of description replaces a network, and its name is taken as long as the old one stands.
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
  const subnetName = (tier: Tier) => physicalName(gcpNames.subnetwork, [site.prefix, name, tier]);
  const ranges = planRegional(args.cidr);
  const subnet = (tier: Tier) =>
    new Subnetwork(
      `${name}-${tier}`,
      {
        project,
        region: site.region,
        network: network.id,
        name: subnetName(tier),
        description: descriptions[tier],
        ipCidrRange: ranges[tier],
        // A range that is in use can't be taken away, so they are there from the start, cluster or none.
        ...(tier === "private" ? { secondaryIpRanges: secondRanges(args.cidr) } : {}),
        stackType: "IPV4_ONLY",
        privateIpGoogleAccess: true,
        logConfig: flowLogs(site.frugal),
      },
      { ...child, deleteBeforeReplace: true },
    );
  const subnets = { public: subnet("public"), private: subnet("private"), data: subnet("data") };
  const names = (Object.keys(subnets) as Tier[]).map((tier) => `"${subnetName(tier)}"`).join(" OR ");
  keepLogs(context, {
    what: "flows",
    description: `Flow and firewall logs of ${site.prefix} (NET-14)`,
    filter: `resource.type="gce_subnetwork" AND resource.labels.subnetwork_name=(${names})`,
    retentionDays: args.flowLogRetentionDays,
    key: args.keys.for("logs"),
  });
  closeFirewall(context, network, ranges.public);
  const egress = openInternet(context, network, subnets.private);
  openGoogleApis(context, network);
  const privateServices = connectServices(context, network);
  const only = (tier: Tier) => subnets[tier].id.apply((id) => [id]);
  return {
    id: network.id,
    cidr: pulumi.output(args.cidr),
    subnetIds: { public: only("public"), private: only("private"), data: only("data") },
    egress,
    native: {
      cloud: "gcp",
      // Behind the subnet's own id: who names the ranges waits until they exist.
      secondaryRanges: {
        pods: subnets.private.id.apply(() => rangeNames.pods),
        services: subnets.private.id.apply(() => rangeNames.services),
      },
      privateServices,
    },
  };
}

/** A name is its range's identity: pods and services of a cluster keep to the one that they were born with. */
const rangeNames = { pods: "pods", services: "services" } as const;

const secondRanges = (cidr: string) => [
  { rangeName: rangeNames.pods, ipCidrRange: planRegional(cidr).pods },
  { rangeName: rangeNames.services, ipCidrRange: planRanges(cidr).services },
];

const descriptions: Readonly<Record<Tier, string>> = {
  public: "Regional load balancers: no machines, no way in from the internet by itself",
  private: "Machines of the application: out through NAT, in from load balancers",
  data: "Data services: no route to the internet, in from the application",
};

/** Every flow is sampled (NET-14); in a throw-away site it is summed up over longer spans, which is what volume costs by. */
const flowLogs = (frugal: boolean) => ({
  aggregationInterval: frugal ? "INTERVAL_10_MIN" : "INTERVAL_5_SEC",
  flowSampling: 1,
  metadata: "INCLUDE_ALL_METADATA",
});

/**
 * Somebody else's network: nothing is made in it. Cloud SQL needs the private services connection that the network's
 * owner has made; reading it here, in the preview already, says so when there is none, while making a second one would
 * replace the owner's ranges.
 */
function adopt({ name, child }: Context, { id, cidr, subnets, secondaryRanges }: ExistingNetwork): NetworkOutputs {
  // The provider's own id; a self link is as good a network as a resource name.
  const relative = id.replace(/^https:\/\/.+?\/(?=projects\/)/, "");
  const peering = `${encodeURIComponent(relative)}:servicenetworking.googleapis.com`;
  return {
    id: pulumi.output(id),
    cidr: pulumi.output(cidr),
    subnetIds: {
      public: pulumi.output([...subnets.public]),
      private: pulumi.output([...subnets.private]),
      data: pulumi.output([...subnets.data]),
    },
    egress: pulumi.output([]),
    native: {
      cloud: "gcp",
      ...(secondaryRanges
        ? {
            secondaryRanges: {
              pods: pulumi.output(secondaryRanges.pods),
              services: pulumi.output(secondaryRanges.services),
            },
          }
        : {}),
      privateServices: Connection.get(`${name}-services`, peering, {}, child),
    },
  };
}
