import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import { Database, RedisEnterprise } from "@pulumi/azure-native/redisenterprise";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { privateEndpoint } from "../network/azure-endpoint";
import { nativeOf } from "../site";
import { keep } from "../site/azure-lock";
import { globalName, tagsOf } from "../site/azure-names";
import { logsWorkspace } from "../site/azure-workspace";
import type { Size } from "../size";
import type { BuildCache, CompleteCacheArgs } from ".";
import { storeKey } from "./azure-key";

/** Memory of half a GB to 50: https://learn.microsoft.com/azure/redis/overview#choosing-the-right-tier */
const machines: Readonly<Record<Size, string>> = {
  tiny: "Balanced_B0",
  small: "Balanced_B1",
  medium: "Balanced_B5",
  large: "Balanced_B10",
  xlarge: "Balanced_B50",
};
/** One address that knows where each key is, or the cluster protocol; decided when the database is made. */
const policies = { replicated: "EnterpriseCluster", sharded: "OSSCluster" } as const;
const evictions: Readonly<Record<CompleteCacheArgs["eviction"], string>> = {
  noeviction: "NoEviction",
  "volatile-lru": "VolatileLRU",
  "volatile-ttl": "VolatileTTL",
  "volatile-random": "VolatileRandom",
  "allkeys-lru": "AllKeysLRU",
  "allkeys-random": "AllKeysRandom",
};
const port = 10000;

/** Azure Managed Redis (CACHE-01 to CACHE-10). It spreads over zones by itself where it has a replica. */
export const build: BuildCache = (context) => {
  const { name, site, args, child } = context;
  const { resourceGroup } = nativeOf(site, "azure", "Cache");
  const { endpointSubnetId, privateZones, zoneLinks } = nativeOf(args.network, "azure", "Cache");
  const cluster = makeCluster(context);
  const database = new Database(
    name,
    {
      databaseName: "default",
      clusterName: cluster.name,
      resourceGroupName: resourceGroup,
      clientProtocol: "Encrypted",
      port,
      clusteringPolicy: policies[args.mode],
      evictionPolicy: evictions[args.eviction],
      // Twice a day: once a day isn't to be had.
      persistence: args.snapshots
        ? { aofEnabled: false, rdbEnabled: true, rdbFrequency: "12h" }
        : { aofEnabled: false, rdbEnabled: false },
      // The contract's password (CACHE-04); without it only Entra tokens open the cache.
      accessKeysAuthentication: "Enabled",
      deferUpgrade: "NotDeferred",
    },
    {
      ...child,
      protect: site.safeguards.deletionProtection,
      // Azure takes another policy for a new database only, and azure-native would try to change this one
      // (x-ms-mutability of clusteringPolicy in the API's specification of 2025-07-01).
      replaceOnChanges: ["clusteringPolicy"],
      deleteBeforeReplace: true,
    },
  );
  const logs = exportLogs(context, cluster, database);
  const endpoint = privateEndpoint(
    name,
    {
      site,
      parts: [name],
      subnetId: endpointSubnetId,
      target: cluster.id,
      group: "redisEnterprise",
      zoneId: privateZones.redis,
    },
    { ...child, dependsOn: [...zoneLinks, database] },
  );
  keep(name, site, cluster.id, [database, ...logs, ...endpoint], child);
  return {
    host: cluster.hostName,
    port: pulumi.output(port),
    tls: pulumi.output(true),
    // Its servers show certificates of public authorities.
    ca: pulumi.output(""),
    auth: pulumi.output<"password" | "iam">("password"),
    user: pulumi.output("default"),
    secretRef: storeKey(context, cluster, database),
    native: { cloud: "azure", clusterId: cluster.id },
  };
};

function makeCluster({ name, site, args, child }: BuildContext<CompleteCacheArgs>): RedisEnterprise {
  const { resourceGroup } = nativeOf(site, "azure", "Cache");
  const { identityId, versionedId, grant } = nativeOf(args.keys.for("cache"), "azure", "Cache");
  return new RedisEnterprise(
    name,
    {
      clusterName: globalName(site, azureNames.redis, name),
      resourceGroupName: resourceGroup,
      location: site.region,
      sku: { name: machines[args.size] },
      highAvailability: args.ha ? "Enabled" : "Disabled",
      minimumTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
      identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
      encryption: {
        customerManagedKeyEncryption: {
          // A version only; a newer one comes with `pulumi up --refresh` (keys/azure-rotation.ts).
          keyEncryptionKeyUrl: versionedId,
          keyEncryptionKeyIdentity: {
            identityType: "userAssignedIdentity",
            userAssignedIdentityResourceId: identityId,
          },
        },
      },
      tags: tagsOf(site, `${site.prefix}-${name}`, { "data-class": args.dataClass }),
    },
    { ...child, protect: site.safeguards.deletionProtection, dependsOn: [grant] },
  );
}

function exportLogs(
  context: BuildContext<CompleteCacheArgs>,
  cluster: RedisEnterprise,
  database: Database,
): readonly DiagnosticSetting[] {
  const { name, child } = context;
  const workspaceId = logsWorkspace("Cache", context);
  const setting = (part: string, resourceUri: pulumi.Output<string>, what: object) =>
    new DiagnosticSetting(`${name}-${part}`, { name: "to-workspace", resourceUri, workspaceId, ...what }, child);
  return [
    setting("connections", database.id, { logs: [{ category: "ConnectionEvents", enabled: true }] }),
    setting("metrics", cluster.id, { metrics: [{ category: "AllMetrics", enabled: true }] }),
  ];
}
