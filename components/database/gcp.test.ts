import assert from "node:assert/strict";
import fc from "fast-check";
import { build, inside, the } from "../../test/contract";
import { versionOf } from "../site/gcp-secret";
import { sizes } from "../size";
import { type CompleteDatabaseArgs, Database } from ".";
import { machineOf } from "./gcp-machine";
import { databaseFlags, type Place, primarySettings, replicaSettings } from "./gcp-settings";

const token = "trifold:database:Database";
const Instance = "gcp:sql/databaseInstance:DatabaseInstance";
const place: Place = {
  backupRegion: "us-central1",
  network: "projects/p/global/networks/n",
  labels: {},
  deletionProtection: true,
  disposable: false,
};
const args = {
  engineVersion: "16",
  size: "medium",
  ha: true,
  readReplicas: 1,
  pooling: false,
  storageGb: 32,
  maxStorageGb: 128,
  backupRetentionDays: 30,
  pitrDays: 7,
  backupHour: 0,
  databaseName: "app",
  user: "appadmin",
  slowQueryMs: 1000,
  maxConnections: 200,
  logRetentionDays: 90,
  dataClass: "sensitive",
} satisfies Omit<CompleteDatabaseArgs, "site" | "network" | "keys">;
const recorded = (more: object = {}, environment: "dev" | "prod" = "prod") =>
  build("gcp", (ground) => new Database("database", { ...ground, ...more }), false, environment);

describe("Cloud SQL settings", () => {
  it("name a machine of the edition that they name, for every size", () => {
    for (const size of sizes) {
      assert.deepEqual(
        [
          machineOf({ size, pooling: false }).edition,
          /^db-(f1-micro|custom-)/.test(machineOf({ size, pooling: false }).tier),
        ],
        ["ENTERPRISE", true],
      );
      assert.deepEqual(
        [
          machineOf({ size, pooling: true }).edition,
          /^db-perf-optimized-N-/.test(machineOf({ size, pooling: true }).tier),
        ],
        ["ENTERPRISE_PLUS", true],
      );
    }
  });

  it("log connections, statements that change the schema and slow ones, and set the ceiling (DB-12, DB-13, DB-14)", () => {
    const flags = new Map(
      databaseFlags({ slowQueryMs: 250, maxConnections: 500 }).map(({ name, value }) => [name, value]),
    );
    assert.equal(flags.get("log_min_duration_statement"), "250");
    assert.equal(flags.get("max_connections"), "500");
    for (const name of [
      "log_connections",
      "log_disconnections",
      "cloudsql.enable_pgaudit",
      "cloudsql.iam_authentication",
    ])
      assert.equal(flags.get(name), "on", name);
  });

  it("back up at the hour asked for, in the site's own region (BAK-01, BAK-02, BAK-03)", () => {
    const { backupConfiguration, availabilityType, finalBackupConfig } = primarySettings(
      { ...args, backupHour: 5 },
      place,
    );
    assert.deepEqual(backupConfiguration, {
      enabled: true,
      startTime: "05:00",
      location: "us-central1",
      pointInTimeRecoveryEnabled: true,
      transactionLogRetentionDays: 7,
      backupRetentionSettings: { retainedBackups: 30, retentionUnit: "COUNT" },
    });
    assert.equal(availabilityType, "REGIONAL");
    assert.deepEqual(finalBackupConfig, { enabled: true, retentionDays: 30 });
  });

  it("take no public address and nothing but TLS, on replicas as well (DB-06, DB-07)", () => {
    for (const settings of [primarySettings(args, place), replicaSettings(args, place)]) {
      const text = JSON.stringify(settings.ipConfiguration);
      assert.match(text, /"ipv4Enabled":false/);
      assert.match(text, /"sslMode":"ENCRYPTED_ONLY"/);
    }
    assert.equal(replicaSettings(args, place).backupConfiguration, undefined);
  });

  it("give a write-only password a version that changes with it", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => (a === b) === (versionOf(a) === versionOf(b))));
    assert.ok(versionOf("x") < 2 ** 31);
  });
});

describe("database on Google Cloud", () => {
  it("waits for the peering and for the right to use its key", async () => {
    const recording = await recorded();
    const instance = the(recording, Instance, "database");
    const needed = recording.registrations.filter(
      (one) => one.type.endsWith("connection:Connection") || one.name === "keys-database-sql",
    );
    assert.equal(needed.length, 2);
    for (const one of needed) assert.ok(instance.dependencies.includes(one.urn), one.urn);
  });

  it("makes replicas of the primary, each protected as it is (DB-03, DB-18)", async () => {
    const recording = await recorded({ readReplicas: 2 });
    const primary = the(recording, Instance, "database");
    for (const name of ["database-replica-1", "database-replica-2"]) {
      const replica = the(recording, Instance, name);
      assert.equal(replica.inputs["masterInstanceName"], primary.outputs["name"]);
      assert.equal(replica.inputs["encryptionKeyName"], primary.inputs["encryptionKeyName"]);
      assert.ok(replica.protect && primary.protect);
      assert.notEqual(replica.outputs["name"], primary.outputs["name"]);
    }
  });

  it("is made of the same types in dev and in prod (ENV-02)", async () => {
    const types = async (environment: "dev" | "prod") =>
      [...new Set(inside(await recorded({}, environment), token).map((one) => one.type))].sort();
    assert.deepEqual(await types("dev"), await types("prod"));
  });

  it("hands the password over write-only, to the instance and to Secret Manager", async () => {
    const recording = await recorded();
    for (const [type, property] of [
      ["gcp:sql/user:User", "passwordWo"],
      ["gcp:secretmanager/secretVersion:SecretVersion", "secretDataWo"],
    ] as const) {
      const one = the(recording, type);
      assert.ok(one.secretInputs.includes(property));
      assert.ok(one.secretInputs.includes(`${property}Version`), "the version is made from the password");
      assert.equal(one.outputs[property], undefined);
    }
  });
});
