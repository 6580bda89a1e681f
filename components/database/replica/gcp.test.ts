import assert from "node:assert/strict";
import { build, type Ground, the } from "../../../test/contract";
import { standbyOn } from "../../../test/sites";
import { Database } from "..";
import { Replica } from ".";

const Instance = "gcp:sql/databaseInstance:DatabaseInstance";
const figures = {
  engineVersion: "16",
  storageGb: 32,
  maxStorageGb: 128,
  maxConnections: 200,
  backupRetentionDays: 30,
  pitrDays: 7,
};

function made(ground: Ground, copied: boolean, promoted: boolean) {
  const standby = standbyOn("gcp");
  const source = new Database("database", { ...ground, ...(copied ? { copies: standby } : {}) });
  const from = { sourceSite: ground.site, sourceNetwork: ground.network, source };
  return new Replica("replica", { ...standby, ...from, promoted, ...figures });
}
const recorded = (promoted = false) => build("gcp", (ground) => made(ground, true, promoted), false);

describe("replica on Google Cloud", () => {
  it("follows its primary from another region, under that region's key (DB-03)", async () => {
    const recording = await recorded();
    assert.deepEqual(recording.refusals, []);
    const { inputs, protect } = the(recording, Instance, "replica");
    const primary = the(recording, Instance, "database");
    assert.equal(inputs["masterInstanceName"], primary.inputs["name"]);
    assert.equal(inputs["instanceType"], "READ_REPLICA_INSTANCE");
    assert.equal(inputs["region"], "us-east1");
    assert.equal(
      inputs["encryptionKeyName"],
      recording.registrations.find((one) => one.name === "standby-keys-database")?.id,
    );
    assert.equal((inputs["settings"] as Record<string, unknown>)["backupConfiguration"], undefined);
    assert.equal(protect, true);
  });

  it("is an instance of its own once promoted: backups in its region, a standby, no primary (DR-04)", async () => {
    const { inputs } = the(await recorded(true), Instance, "replica");
    assert.equal(inputs["masterInstanceName"], undefined);
    assert.equal(inputs["instanceType"], "CLOUD_SQL_INSTANCE");
    const settings = inputs["settings"] as { availabilityType: string; backupConfiguration: Record<string, unknown> };
    assert.equal(settings.availabilityType, "REGIONAL");
    assert.equal(settings.backupConfiguration["location"], "us-east1");
    assert.equal(settings.backupConfiguration["pointInTimeRecoveryEnabled"], true);
  });

  it("keeps its name when it is promoted", async () => {
    const [before, after] = [await recorded(), await recorded(true)].map(
      (one) => the(one, Instance, "replica").inputs["name"],
    );
    assert.equal(before, after);
  });

  it("asks for a password that can be read where it stands (BAK-12)", async () => {
    await assert.rejects(
      build("gcp", (ground) => made(ground, false, false), false),
      /can be read in us-central1 only; give the source `copies` with this site/,
    );
  });

  it("has backups of its primary copied to its region (BAK-06)", async () => {
    const { inputs } = the(await recorded(), Instance, "database");
    const settings = inputs["settings"] as { backupConfiguration: { location: string } };
    assert.equal(settings.backupConfiguration.location, "us-east1");
  });
});
