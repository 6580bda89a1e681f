import assert from "node:assert/strict";
import { build, type Ground, the } from "../../../test/contract";
import { standbyOn } from "../../../test/sites";
import { Database } from "..";
import { Replica } from ".";

const instance = "aws:rds/instance:Instance";
const figures = {
  engineVersion: "16",
  storageGb: 32,
  maxStorageGb: 128,
  maxConnections: 200,
  backupRetentionDays: 30,
  pitrDays: 7,
};

const refs: string[] = [];
const made = (promoted: boolean) =>
  build(
    "aws",
    (ground: Ground) => {
      const away = standbyOn("aws");
      const source = new Database("database", { ...ground, copies: away });
      const replica = new Replica("replica", {
        ...away,
        sourceSite: ground.site,
        sourceNetwork: ground.network,
        source,
        promoted,
        ...figures,
      });
      replica.secretRef.apply((ref) => refs.push(ref));
    },
    false,
  );

describe("replica on AWS", () => {
  it("follows its source from another region, under that region's key (DB-03)", async () => {
    const recording = await made(false);
    const { inputs, provider, protect } = the(recording, instance, "replica");
    assert.equal(inputs["replicateSourceDb"], the(recording, instance, "database").outputs["arn"]);
    assert.match(provider, /::standby::/);
    assert.equal(inputs["kmsKeyId"], the(recording, "aws:kms/key:Key", "standby-keys-database").outputs["arn"]);
    assert.equal(protect, true);
    for (const none of ["engine", "username", "password", "backupRetentionPeriod"])
      assert.equal(inputs[none], undefined, none);
  });

  it("becomes a database of its own when it is promoted: doubled, with backups and a last snapshot (DR-04)", async () => {
    // RDS would refuse to promote in a first run, since there is nothing yet: only what is asked for is looked at.
    const { inputs } = the(await made(true), instance, "replica");
    assert.equal(inputs["replicateSourceDb"], undefined);
    assert.deepEqual(
      [
        inputs["multiAz"],
        inputs["backupRetentionPeriod"],
        inputs["skipFinalSnapshot"],
        inputs["finalSnapshotIdentifier"],
      ],
      [true, 30, false, "goodies-prod-standby-replica-final"],
    );
  });

  it("reads its login in its own region, where the source keeps a copy of it (BAK-12)", async () => {
    refs.length = 0;
    const recording = await made(false);
    const secret = the(recording, "aws:secretsmanager/secret:Secret", "database");
    assert.deepEqual(refs, [secret.id.replace("us-east-1", "us-west-2")]);
    const key = the(recording, "aws:kms/key:Key", "standby-keys-secrets").outputs["arn"];
    assert.deepEqual(secret.inputs["replicas"], [{ region: "us-west-2", kmsKeyId: key }]);
  });

  it("has the source's snapshots and logs over there as well (BAK-06)", async () => {
    const recording = await made(false);
    const copies = the(recording, "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication");
    assert.match(copies.provider, /::standby::/);
    assert.equal(copies.inputs["kmsKeyId"], the(recording, "aws:kms/key:Key", "standby-keys-database").outputs["arn"]);
    assert.equal(copies.inputs["retentionPeriod"], 30);
  });
});
