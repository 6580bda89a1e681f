import { type Instance, InstanceAutomatedBackupsReplication } from "@pulumi/aws/rds";
import type { BuildContext } from "../build";
import type { CompleteDatabaseArgs } from ".";

/**
 * Snapshots and transaction logs go to the other region as they come, under its key (BAK-06): any second of the days that
 * they are kept can be restored there. It is made over there, by that site's provider.
 */
export function buildCopies(
  { name, args, child }: BuildContext<CompleteDatabaseArgs>,
  primary: Instance,
  { site, keys }: NonNullable<CompleteDatabaseArgs["copies"]>,
): void {
  new InstanceAutomatedBackupsReplication(
    `${name}-copies`,
    {
      sourceDbInstanceArn: primary.arn,
      kmsKeyId: keys.for("database").id,
      retentionPeriod: args.backupRetentionDays,
    },
    { ...child, provider: site.provider },
  );
}
