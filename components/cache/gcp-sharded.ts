import { Instance } from "@pulumi/gcp/memorystore";
import { ServiceConnectionPolicy } from "@pulumi/gcp/networkconnectivity";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { keepLogs } from "../site/gcp-logs";
import { freshName, labelsOf } from "../site/gcp-names";
import type { Size } from "../size";
import type { BuildCache } from ".";

/** A node: 1.4, 6.5, 13, 26 and 58 GB. https://cloud.google.com/memorystore/docs/valkey/instance-node-specification */
const nodes: Readonly<Record<Size, string>> = {
  tiny: "SHARED_CORE_NANO",
  small: "STANDARD_SMALL",
  medium: "HIGHMEM_MEDIUM",
  large: "STANDARD_LARGE",
  xlarge: "HIGHMEM_XLARGE",
};
/** https://cloud.google.com/memorystore/docs/valkey/supported-versions */
const version = "VALKEY_8_0";
/** Seconds that an automated backup is kept: 7 days. */
const keptFor = `${7 * 86_400}s`;

/** Memorystore for Valkey in cluster mode: private endpoint in the data subnet, cloud login, TLS, our key (CACHE-03). */
export const sharded: BuildCache = (context) => {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `Cache "${name}"`);
  const key = args.keys.for("cache");
  const { grants } = nativeOf(key, "gcp", `Cache "${name}"`);
  const { deletionProtection } = site.safeguards;
  const policyName = physicalName(gcpNames.serviceConnectionPolicy, [site.prefix, name]);
  // Lets the service put endpoints into the subnet. A network has one for a region and service, so one sharded cache each.
  const endpoints = new ServiceConnectionPolicy(
    `${name}-endpoints`,
    {
      project,
      location: site.region,
      name: policyName,
      description: `Endpoints of the cache of ${site.prefix}`,
      network: args.network.id,
      serviceClass: "gcp-memorystore",
      pscConfig: { subnetworks: args.network.subnetIds.data },
      labels: labelsOf(site, policyName),
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
  const label = `${site.prefix}-${name}`;
  const instance = new Instance(
    name,
    {
      project,
      location: site.region,
      instanceId: freshName(
        `${name}-suffix`,
        gcpNames.memorystoreInstance,
        [site.prefix, name],
        { region: site.region, key: key.id },
        child,
      ),
      mode: "CLUSTER",
      engineVersion: version,
      engineConfigs: { "maxmemory-policy": args.eviction },
      nodeType: nodes[args.size],
      shardCount: args.shards,
      replicaCount: args.ha ? 1 : 0,
      zoneDistributionConfig: { mode: "MULTI_ZONE" },
      authorizationMode: "IAM_AUTH",
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      kmsKey: key.id,
      desiredAutoCreatedEndpoints: [{ network: args.network.id, projectId: project }],
      persistenceConfig: args.snapshots
        ? { mode: "RDB", rdbConfig: { rdbSnapshotPeriod: "TWENTY_FOUR_HOURS" } }
        : { mode: "DISABLED" },
      ...(args.snapshots
        ? {
            automatedBackupConfig: {
              retention: keptFor,
              fixedFrequencySchedule: { startTime: { hours: (args.maintenanceHour + 21) % 24 } },
            },
          }
        : {}),
      maintenancePolicy: {
        weeklyMaintenanceWindows: [
          { day: args.maintenanceDay.toUpperCase(), startTime: { hours: args.maintenanceHour } },
        ],
      },
      deletionProtectionEnabled: deletionProtection,
      labels: labelsOf(site, label, args.dataClass),
    },
    { ...child, protect: deletionProtection, dependsOn: [endpoints, ...services, ...grants] },
  );
  keepLogs(context, {
    what: "logs",
    description: `Logs of the cache of ${site.prefix}`,
    filter: pulumi.interpolate`resource.type="memorystore.googleapis.com/Instance" AND resource.labels.instance_id="${instance.instanceId}"`,
    retentionDays: args.logRetentionDays,
    key: args.keys.for("logs"),
  });
  const discovery = instance.endpoints.apply((all) =>
    all
      .flatMap(({ connections }) => connections ?? [])
      .map(({ pscAutoConnection }) => pscAutoConnection)
      .find((one) => one?.connectionType === "CONNECTION_TYPE_DISCOVERY"),
  );
  return {
    host: discovery.apply((one) => one?.ipAddress ?? ""),
    port: discovery.apply((one) => one?.port ?? 6379),
    tls: pulumi.output(true),
    ca: instance.managedServerCas.apply((all) =>
      all
        .flatMap(({ caCerts }) => caCerts ?? [])
        .flatMap(({ certificates }) => certificates ?? [])
        .join("\n"),
    ),
    auth: pulumi.output("iam"),
    user: pulumi.output("default"),
    secretRef: pulumi.output(""),
    native: { cloud: "gcp", instanceId: instance.id, login: "iam" },
  };
};
