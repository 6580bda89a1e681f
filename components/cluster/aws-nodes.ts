import { LaunchTemplate } from "@pulumi/aws/ec2";
import { type Cluster, NodeGroup } from "@pulumi/aws/eks";
import type { Role } from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import type { Size } from "../size";
import type { CompleteClusterArgs, CompletePool } from ".";

type Context = BuildContext<CompleteClusterArgs>;

/** x86, since images of unknown make run there: 2 vCPUs and 2, 4, 8 GiB, then 4 and 16, 8 and 32. Two of a kind, so that spot finds room. */
const machines: Readonly<Record<Size, readonly [string, string]>> = {
  tiny: ["t3.small", "t3a.small"],
  small: ["t3.medium", "t3a.medium"],
  medium: ["m6i.large", "m5.large"],
  large: ["m6i.xlarge", "m5.xlarge"],
  xlarge: ["m6i.2xlarge", "m5.2xlarge"],
};

/** Bottlerocket: read-only root, no shell, SELinux. The second disk is the one that images and pods write to. */
const image = { type: "BOTTLEROCKET_x86_64", systemDisk: "/dev/xvda", dataDisk: "/dev/xvdb", systemGb: 4 } as const;

/** With prefixes instead of single addresses a node's network interfaces carry this many; the kubelet is told so. */
const maxPods = 110;

const effects = { NoSchedule: "NO_SCHEDULE", PreferNoSchedule: "PREFER_NO_SCHEDULE", NoExecute: "NO_EXECUTE" } as const;

interface Base {
  readonly cluster: Cluster;
  readonly identity: { readonly role: Role; readonly grants: readonly pulumi.Resource[] };
  /** Security group of the nodes. */
  readonly group: pulumi.Output<string>;
  /** What nodes need to become ready. */
  readonly after: readonly pulumi.Resource[];
}

/** The system pool and all others, one managed group each. */
export function buildNodes(context: Context, base: Base): { readonly system: NodeGroup } {
  const { args } = context;
  for (const [name, pool] of Object.entries(args.pools)) buildPool(context, base, name, pool);
  return { system: buildPool(context, base, "system", args.system) };
}

function buildPool(context: Context, base: Base, pool: string, choice: CompletePool): NodeGroup {
  const { name, site, args, child } = context;
  const label = `${name}-${pool}`;
  const template = buildTemplate(context, base, label, choice);
  const spot = choice.spot ? [{ key: "trifold.dev/spot", value: "true", effect: "NoSchedule" as const }] : [];
  const { min, max } = choice;
  return new NodeGroup(
    label,
    {
      // No name of ours: a group that must be replaced stands beside the old one until its pods have moved.
      clusterName: base.cluster.name,
      version: args.version,
      nodeRoleArn: base.identity.role.arn,
      subnetIds: subnetsIn(args, choice.zones),
      amiType: image.type,
      capacityType: choice.spot ? "SPOT" : "ON_DEMAND",
      instanceTypes: choice.spot ? [...machines[choice.size]] : [machines[choice.size][0]],
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      scalingConfig: { minSize: min, maxSize: max, desiredSize: min },
      updateConfig: { maxUnavailablePercentage: choice.surgePercent },
      nodeRepairConfig: { enabled: true },
      labels: { ...choice.labels, "trifold.dev/pool": pool },
      taints: [...spot, ...choice.taints].map(({ effect, ...taint }) => ({ ...taint, effect: effects[effect] })),
      tags: tagsOf(site, label),
    },
    {
      ...child,
      dependsOn: [...base.identity.grants, ...base.after],
      // How many there are is the autoscaler's to say (CLU-03). EKS is then told the number that Pulumi last saw whenever a
      // bound changes, and refuses a min above it: docs/cluster.md has the way.
      ignoreChanges: ["scalingConfig.desiredSize"],
      // Blue and green: what `surge` rolls through the group makes a new group here, and the old one is drained after.
      ...(choice.upgrade === "blue-green" && { replaceOnChanges: ["version", "launchTemplate"] }),
    },
  );
}

/** Subnets of these zones. An existing network lists its subnets in no order that is known here: then all of them. */
const subnetsIn = ({ network, zones }: CompleteClusterArgs, wanted: readonly string[]): pulumi.Output<string[]> =>
  network.subnetIds.private.apply((ids) =>
    ids.length === zones.length ? ids.filter((_, index) => wanted.includes(zones[index] ?? "")) : ids,
  );

function buildTemplate({ name, site, args, child }: Context, { group }: Base, label: string, pool: CompletePool) {
  const { app } = nativeOf(args.network, "aws", `Cluster "${name}"`).securityGroups;
  const tags = tagsOf(site, label);
  const disk = (deviceName: string, volumeSize: number) => ({
    deviceName,
    ebs: {
      volumeSize,
      volumeType: "gp3",
      encrypted: "true",
      kmsKeyId: args.keys.for("cluster").id,
      deleteOnTermination: "true",
    },
  });
  return new LaunchTemplate(
    label,
    {
      description: `Nodes of ${site.prefix}-${label}`,
      updateDefaultVersion: true,
      blockDeviceMappings: [disk(image.systemDisk, image.systemGb), disk(image.dataDisk, pool.diskGb)],
      // Pods that aren't on the host's network get no answer: one hop ends at the node (CLU-07).
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          deleteOnTermination: "true",
          securityGroups: [group, app],
        },
      ],
      monitoring: { enabled: !site.frugal },
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      userData: Buffer.from(`[settings.kubernetes]\nmax-pods = ${maxPods}\n`).toString("base64"),
      tags,
    },
    child,
  );
}
