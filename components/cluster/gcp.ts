import { Cluster, getClusterOutput } from "@pulumi/gcp/container";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { keepLogs } from "../site/gcp-logs";
import { labelsOf } from "../site/gcp-names";
import type { BuildCluster, BuiltCluster, CompleteClusterArgs, ExistingCluster } from ".";
import { admit, nodeIdentity } from "./gcp-identity";
import { kubeconfigOf } from "./gcp-kubeconfig";
import { makePool, nodeConfig, systemTaint } from "./gcp-pools";
import { apiAccess, hardening, maintenancePolicy } from "./gcp-settings";

type Context = BuildContext<CompleteClusterArgs>;

export const build: BuildCluster = (context) =>
  context.args.existing ? adopt(context, context.args.existing) : create(context);

/**
 * GKE Standard, in the region also where nodes stand in one zone: a move from a zone to the region would be a new
 * cluster, and costs no more than the one free zonal control plane that a billing account has.
 *
 * The first pool that GKE insists on goes again at once. An inline one can't be changed without a new cluster, so the
 * system pool is a resource of its own like the others.
 */
function create(context: Context): BuiltCluster {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `Cluster "${name}"`);
  const { secondaryRanges } = nativeOf(args.network, "gcp", `Cluster "${name}"`);
  if (!secondaryRanges)
    throw new pulumi.RunError(
      `Cluster "${name}": network.existing.secondaryRanges is missing; name the private subnet's second ranges for pods and services.`,
    );
  const key = args.keys.for("cluster");
  const { grants } = nativeOf(key, "gcp", `Cluster "${name}"`);
  const nodes = { ...nodeIdentity(context), diskKey: key.id };
  const { deletionProtection } = site.safeguards;
  const clusterName = physicalName(gcpNames.cluster, [site.prefix, name]);
  const labels = labelsOf(site, clusterName);
  const system = {
    ...args.system,
    taints: Object.keys(args.pools).length > 0 ? [...args.system.taints, systemTaint] : args.system.taints,
  };
  const cluster = new Cluster(
    name,
    {
      ...hardening(site.frugal),
      ...apiAccess(args, args.network.cidr),
      project,
      name: clusterName,
      location: site.region,
      nodeLocations: [...args.system.zones],
      network: args.network.id,
      subnetwork: args.network.subnetIds.private.apply(([id]) => id ?? ""),
      ipAllocationPolicy: {
        clusterSecondaryRangeName: secondaryRanges.pods,
        servicesSecondaryRangeName: secondaryRanges.services,
      },
      minMasterVersion: args.version,
      releaseChannel: { channel: args.channel === "extended" ? "EXTENDED" : "REGULAR" },
      maintenancePolicy: maintenancePolicy(args),
      databaseEncryption: { state: "ENCRYPTED", keyName: key.id },
      workloadIdentityConfig: { workloadPool: pulumi.interpolate`${project}.svc.id.goog` },
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      nodeConfig: nodeConfig(args.system, { ...nodes, labels }),
      deletionProtection,
      resourceLabels: labels,
    },
    {
      ...child,
      protect: deletionProtection,
      deleteBeforeReplace: true,
      dependsOn: [...services, ...grants, ...nodes.grants],
      // Of the pool that is gone: a change would replace the cluster.
      ignoreChanges: ["initialNodeCount", "nodeConfig", "nodeVersion"],
    },
  );
  const pools = Object.entries({ system, ...args.pools }).map(([pool, wanted]) =>
    makePool(context, cluster, pool, wanted, nodes, nodes.grants),
  );
  keepLogs(context, {
    what: "control-plane",
    description: `Control plane and audit logs of the cluster of ${site.prefix} (CLU-08)`,
    filter: `resource.type=("k8s_cluster" OR "k8s_control_plane_component" OR "gke_cluster" OR "gke_nodepool") AND resource.labels.cluster_name="${clusterName}" AND resource.labels.location="${site.region}"`,
    retentionDays: args.logRetentionDays,
    key: args.keys.for("logs"),
  });
  const admins = admit(context, clusterName);
  return {
    ...outputsOf({
      id: cluster.id,
      name: cluster.name,
      host: cluster.endpoint,
      // It stands beside a client key, which is a secret; the certificate is none.
      ca: pulumi.unsecret(cluster.masterAuth.clusterCaCertificate.apply((ca) => ca ?? "")),
      nodeIdentity: nodes.email,
      workloadPool: pulumi.interpolate`${project}.svc.id.goog`,
    }),
    ready: [...pools, ...admins],
  };
}

interface Found {
  readonly id: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;
  readonly ca: pulumi.Output<string>;
  readonly nodeIdentity: pulumi.Output<string>;
  readonly workloadPool: pulumi.Output<string>;
}

function outputsOf({ id, name, host, ca, nodeIdentity, workloadPool }: Found): Omit<BuiltCluster, "ready"> {
  const endpoint = pulumi.interpolate`https://${host}`;
  return {
    name,
    endpoint,
    ca,
    // https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters/getJwks
    oidcIssuer: pulumi.interpolate`https://container.googleapis.com/v1/${id}`,
    nodeIdentity,
    kubeconfig: kubeconfigOf({ name, endpoint, ca }),
    native: { cloud: "gcp", clusterId: id, workloadPool },
  };
}

/** Somebody else's cluster: read, and nothing made for it. */
function adopt({ name, site, child }: Context, existing: ExistingCluster): BuiltCluster {
  const { project } = nativeOf(site, "gcp", `Cluster "${name}"`);
  const location = existing.location ?? site.region;
  const found = getClusterOutput({ project, name: existing.name, location }, child);
  return {
    ...outputsOf({
      id: pulumi.interpolate`projects/${project}/locations/${location}/clusters/${existing.name}`,
      name: pulumi.output(existing.name),
      host: found.endpoint,
      ca: pulumi.unsecret(found.masterAuths.apply(([auth]) => auth?.clusterCaCertificate ?? "")),
      nodeIdentity: found.nodeConfigs.apply(([config]) => config?.serviceAccount ?? ""),
      workloadPool: found.workloadIdentityConfigs.apply(([config]) => config?.workloadPool ?? ""),
    }),
    ready: [],
  };
}
