import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import type { Environment } from "../site";
import { Database, type DatabaseArgs } from ".";
import { windows } from "./aws-windows";

/** Text as it is, anything else as JSON. */
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const instance = "aws:rds/instance:Instance";
const made = (args: Partial<DatabaseArgs> = {}, environment: Environment = "prod") =>
  build("aws", (ground) => new Database("database", { ...ground, ...args }), false, environment);

describe("database on AWS", () => {
  it("backs up in the half hour that is asked for, and is looked after when it doesn't (BAK-01, F7)", () => {
    assert.deepEqual(windows(0), { backup: "00:00-00:30", maintenance: "sun:02:00-sun:03:00" });
    assert.deepEqual(windows(21), { backup: "21:00-21:30", maintenance: "sun:23:00-mon:00:00" });
    assert.deepEqual(windows(23), { backup: "23:00-23:30", maintenance: "mon:01:00-mon:02:00" });
  });

  it("is private, encrypted with its own key, doubled and kept in prod (DB-02, DB-05, DB-07, DB-18)", async () => {
    const { inputs, protect } = the(await made(), instance);
    assert.equal(protect, true);
    const wanted = {
      publiclyAccessible: false,
      storageEncrypted: true,
      multiAz: true,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "goodies-prod-database-final",
      deleteAutomatedBackups: false,
      copyTagsToSnapshot: true,
      iamDatabaseAuthenticationEnabled: true,
      identifier: "goodies-prod-database",
    };
    for (const [property, value] of Object.entries(wanted)) assert.equal(inputs[property], value, property);
  });

  it("costs little in dev and can be thrown away, but is made of the same kinds of things (ENV-02, ENV-03)", async () => {
    const [dev, prod] = [await made({}, "dev"), await made({}, "prod")];
    const { inputs, protect } = the(dev, instance);
    assert.deepEqual(
      [protect, inputs["instanceClass"], inputs["multiAz"], inputs["skipFinalSnapshot"]],
      [false, "db.t4g.micro", false, true],
    );
    const kinds = (recording: typeof dev) => [...new Set(recording.registrations.map((one) => one.type))].sort();
    assert.deepEqual(kinds(dev), kinds(prod));
  });

  it("turns clients without TLS away and logs what is slow (DB-06, DB-12, DB-13, DB-14)", async () => {
    const group = the(await made({ slowQueryMs: 250, maxConnections: 300 }), "aws:rds/parameterGroup:ParameterGroup");
    const values = Object.fromEntries(
      (group.inputs["parameters"] as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
    );
    assert.equal(values["rds.force_ssl"], "1");
    assert.equal(values["log_min_duration_statement"], "250");
    assert.equal(values["max_connections"], "300");
    assert.equal(group.inputs["family"], "postgres16");
  });

  it("has its log groups, keyed and with an end, before RDS makes them itself (DB-14)", async () => {
    const recording = await made({ logRetentionDays: 365, readReplicas: 1 });
    const groups = recording.registrations.filter((one) => /^\/aws\/rds\//.test(plain(one.inputs["name"])));
    assert.deepEqual(groups.map((one) => one.inputs["name"]).sort(), [
      "/aws/rds/instance/goodies-prod-database-replica-1/postgresql",
      "/aws/rds/instance/goodies-prod-database-replica-1/upgrade",
      "/aws/rds/instance/goodies-prod-database/postgresql",
      "/aws/rds/instance/goodies-prod-database/upgrade",
    ]);
    const primary = the(recording, instance, "database");
    for (const group of groups) {
      assert.equal(group.inputs["retentionInDays"], 365);
      assert.ok(group.inputs["kmsKeyId"]);
      if (!group.name.includes("replica")) assert.ok(primary.dependencies.includes(group.urn), group.name);
    }
  });

  it("adds replicas by name, so that one more changes none (DB-03)", async () => {
    const replicas = async (readReplicas: number) =>
      (await made({ readReplicas })).registrations.filter(
        (one) => one.type === instance && one.inputs["replicateSourceDb"] !== undefined,
      );
    const [one, two] = [await replicas(1), await replicas(2)];
    assert.deepEqual(
      two.map((replica) => replica.name),
      ["database-replica-1", "database-replica-2"],
    );
    assert.deepEqual(one[0]?.inputs, two[0]?.inputs);
    assert.equal(one[0]?.inputs["replicateSourceDb"], "goodies-prod-database");
  });

  it("keeps the login in Secrets Manager under its own key, in the shape that proxies and rotation read (DB-08, SEC-07)", async () => {
    const recording = await made();
    const secret = the(recording, "aws:secretsmanager/secret:Secret");
    assert.equal(secret.inputs["name"], "goodies-prod/database/admin");
    assert.ok(secret.protect);
    const version = the(recording, "aws:secretsmanager/secretVersion:SecretVersion");
    assert.ok(version.secretInputs.includes("secretString"));
    const login = JSON.parse(plain(version.inputs["secretString"])) as Record<string, unknown>;
    assert.deepEqual(Object.keys(login).sort(), [
      "dbInstanceIdentifier",
      "dbname",
      "engine",
      "host",
      "password",
      "port",
      "username",
    ]);
    assert.equal(login["password"], the(recording, instance).inputs["password"]);
  });

  it("pools through a proxy that reads the one secret and speaks TLS only (DB-11)", async () => {
    const recording = await made({ pooling: true });
    const proxy = the(recording, "aws:rds/proxy:Proxy");
    assert.equal(proxy.inputs["requireTls"], true);
    const grant = the(recording, "aws:iam/rolePolicy:RolePolicy", "database-proxy");
    assert.match(plain(grant.inputs["policy"]), /secretsmanager:GetSecretValue.*goodies-prod\/database\/admin/);
    assert.doesNotMatch(plain(grant.inputs["policy"]), /"Resource":"\*"/);
    assert.ok(proxy.dependencies.includes(grant.urn));
    const component = recording.registrations.find((one) => one.type === "trifold:database:Database");
    const outputs = recording.componentOutputs.get(component?.urn ?? "");
    assert.match(plain(outputs?.["pooledHost"]), /\.proxy-/);
    assert.notEqual(outputs?.["pooledHost"], outputs?.["host"]);
  });
});
