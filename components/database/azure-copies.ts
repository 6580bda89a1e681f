import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import type { CompleteDatabaseArgs } from ".";
import { placement } from "./azure-server";

/**
 * Backups, and where asked a copy of them in the partner region under a key of that region (BAK-02, BAK-03, BAK-06); one
 * identity reads each key. Both are decided when the server is made.
 * https://learn.microsoft.com/azure/postgresql/security/security-data-encryption
 */
export function copyBackups(context: BuildContext<CompleteDatabaseArgs>) {
  const { backupRetentionDays, copies } = context.args;
  if (!copies) return { backup: { backupRetentionDays, geoRedundantBackup: "Disabled" } };
  const { identity, dataEncryption } = placement("Database", context);
  const key = copies.keys.for("database");
  const { identityId } = nativeOf(key, "azure", "Database");
  return {
    backup: { backupRetentionDays, geoRedundantBackup: "Enabled" },
    identity: {
      ...identity,
      userAssignedIdentities: pulumi
        .all([dataEncryption.primaryUserAssignedIdentityId, identityId])
        .apply((ids) => Object.fromEntries(ids.map((id) => [id, {}]))),
    },
    dataEncryption: { ...dataEncryption, geoBackupKeyURI: key.id, geoBackupUserAssignedIdentityId: identityId },
  };
}
