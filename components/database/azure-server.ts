import type { Server } from "@pulumi/azure-native/dbforpostgresql";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { nativeOf, type Site } from "../site";
import type { Size } from "../size";

/** https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute; burstable has no standby, replicas, pool. */
export const machines: Readonly<
  Record<Size, { readonly name: string; readonly tier: "Burstable" | "GeneralPurpose" }>
> = {
  tiny: { name: "Standard_B1ms", tier: "Burstable" },
  small: { name: "Standard_D2ds_v5", tier: "GeneralPurpose" },
  medium: { name: "Standard_D4ds_v5", tier: "GeneralPurpose" },
  large: { name: "Standard_D8ds_v5", tier: "GeneralPurpose" },
  xlarge: { name: "Standard_D16ds_v5", tier: "GeneralPurpose" },
};
/** Sizes that a server's disk comes in, GiB; the next one up is taken. */
const disks = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32767] as const;
export const port = 5432;

interface Placed {
  readonly site: Site;
  readonly args: {
    readonly network: Network;
    readonly keys: Keys;
    readonly storageGb: number;
    readonly engineVersion: string;
  };
}

/** What a primary and its replicas have in common, wherever they stand: subnet, private name, logins, disk, key. */
export function placement(component: string, { site, args }: Placed) {
  const { resourceGroup, tenantId } = nativeOf(site, "azure", component);
  const { databaseSubnetId, privateZones } = nativeOf(args.network, "azure", component);
  const key = args.keys.for("database");
  const { identityId } = nativeOf(key, "azure", component);
  return {
    resourceGroupName: resourceGroup,
    location: site.region,
    version: args.engineVersion,
    storage: {
      storageSizeGB: disks.find((size) => size >= args.storageGb) ?? args.storageGb,
      autoGrow: "Enabled",
    },
    network: {
      delegatedSubnetResourceId: databaseSubnetId.apply(delegated),
      privateDnsZoneArmResourceId: privateZones.postgres,
      publicNetworkAccess: "Disabled",
    },
    authConfig: { activeDirectoryAuth: "Enabled", passwordAuth: "Enabled", tenantId },
    identity: { type: "UserAssigned", userAssignedIdentities: identityId.apply((id) => ({ [id]: {} })) },
    // The key without its version: the server follows the rotation (SEC-02).
    dataEncryption: { type: "AzureKeyVault", primaryKeyURI: key.id, primaryUserAssignedIdentityId: identityId },
  };
}

/** An existing network has a subnet for databases only when its owner delegated one. */
function delegated(subnetId: string): string {
  if (subnetId) return subnetId;
  throw new pulumi.RunError(
    'A database on Azure needs a subnet delegated to "Microsoft.DBforPostgreSQL/flexibleServers": name it in network.existing.databaseSubnet.',
  );
}

/** The server's log and its sessions, in a workspace (DB-14). */
export const exportLogs = (
  name: string,
  server: Server,
  workspaceId: pulumi.Input<string>,
  child: pulumi.CustomResourceOptions,
) =>
  new DiagnosticSetting(
    `${name}-logs`,
    {
      name: "to-workspace",
      resourceUri: server.id,
      workspaceId,
      logs: ["PostgreSQLLogs", "PostgreSQLFlexSessions"].map((category) => ({ category, enabled: true })),
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    child,
  );
