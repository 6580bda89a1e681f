import { DatabaseInstance } from "@pulumi/gcp/sql";
import * as pulumi from "@pulumi/pulumi";
import { gcpNames } from "../../naming/gcp";
import { nativeOf } from "../../site";
import { freshName, labelsOf } from "../../site/gcp-names";
import { primarySettings, replicaSettings } from "../gcp-settings";
import type { BuildReplica, CompleteReplicaArgs } from ".";
import { promotionOf } from "./promotion";

const port = 5432;

/**
 * A cross-region replica of Cloud SQL under the key of its own region. Promoted, it loses its primary and is given what
 * a primary has: backups, point-in-time recovery, and a standby where the site isn't frugal. The change is made in
 * place; its way back isn't there (DR-11).
 */
export const build: BuildReplica = (context) => {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `Replica "${name}"`);
  const { privateServices } = nativeOf(args.network, "gcp", `Replica "${name}"`);
  const { instanceName, secretRegions } = nativeOf(args.source, "gcp", `Replica "${name}"`);
  if (!secretRegions.includes(site.region))
    throw new pulumi.RunError(
      `Replica "${name}": the password of its source can be read in ${secretRegions.join(", ")} only; give the source \`copies\` with this site, so that the password is in ${site.region} as well.`,
    );
  const key = args.keys.for("database");
  const { grants } = nativeOf(key, "gcp", `Replica "${name}"`);
  const { deletionProtection, disposable } = site.safeguards;
  const instance = new DatabaseInstance(
    name,
    {
      project,
      region: site.region,
      name: freshName(
        `${name}-suffix`,
        gcpNames.sqlInstance,
        [site.prefix, name],
        { region: site.region, key: key.id },
        child,
      ),
      databaseVersion: `POSTGRES_${args.engineVersion}`,
      encryptionKeyName: key.id,
      instanceType: args.promoted ? "CLOUD_SQL_INSTANCE" : "READ_REPLICA_INSTANCE",
      ...(args.promoted ? {} : { masterInstanceName: instanceName }),
      deletionProtection,
      settings: settingsOf(args, {
        backupRegion: site.region,
        network: args.network.id,
        labels: labelsOf(site, `${site.prefix}-${name}`, "sensitive"),
        deletionProtection,
        disposable,
      }),
    },
    {
      ...child,
      ...promotionOf(name, args.promoted),
      protect: deletionProtection,
      dependsOn: [...services, privateServices, ...grants],
      // The primary takes its replicas along to a new version (DB-10); a promoted one goes by itself.
      ignoreChanges: args.promoted ? [] : ["databaseVersion"],
    },
  );
  return {
    host: instance.privateIpAddress,
    port: pulumi.output(port),
    secretRef: args.source.secretRef,
    native: { cloud: "gcp", instanceName: instance.name },
  };
};

/** What a replica isn't told because its source decided it: nothing of it shows in an instance's settings. */
const decided = {
  readReplicas: 0,
  databaseName: "",
  user: "",
  logRetentionDays: 0,
  dataClass: "sensitive",
  pooling: false,
  backupHour: 0,
} as const;

function settingsOf(args: CompleteReplicaArgs, place: Parameters<typeof primarySettings>[1]) {
  const { site, size, storageGb, maxStorageGb, maxConnections, backupRetentionDays, pitrDays, engineVersion } = args;
  const same = { size, storageGb, maxStorageGb, maxConnections, backupRetentionDays, pitrDays, engineVersion };
  const all = { ...decided, ...same, slowQueryMs: 1000, ha: !site.frugal };
  return args.promoted ? primarySettings(all, place) : replicaSettings(all, place);
}
