import assert from "node:assert/strict";
import { build, inside, the } from "../../test/contract";
import type { Environment } from "../site";
import { Database, type DatabaseArgs } from ".";
import { parameters } from "./azure-configuration";

const token = "trifold:database:Database";
const make = (args: Partial<DatabaseArgs> = {}, environment: Environment = "prod") =>
  build("azure", (ground) => new Database("database", { ...ground, ...args }), false, environment);

describe("database on azure", () => {
  it("asks for TLS, logs slow statements and connections, and audits rights and schema (DB-06, DB-12, DB-13, DB-14)", () => {
    const made = parameters({ slowQueryMs: 250, maxConnections: 500, pooling: true, size: "medium" });
    assert.equal(made["require_secure_transport"], "on");
    assert.equal(made["ssl_min_protocol_version"], "TLSv1.2");
    assert.equal(made["log_min_duration_statement"], "250");
    assert.equal(made["max_connections"], "500");
    assert.equal(made["pgbouncer.enabled"], "true");
    assert.equal(made["pgaudit.log"], "ddl,role");
  });

  it("says nothing of PgBouncer to a burstable server, which doesn't know it (DB-11)", () => {
    const made = parameters({ slowQueryMs: 1000, maxConnections: 200, pooling: false, size: "tiny" });
    assert.ok(!("pgbouncer.enabled" in made));
  });

  it("changes parameters one after another, since a server takes one change at a time", async () => {
    const settings = inside(await make(), token).filter((one) => one.type.endsWith(":Configuration"));
    assert.ok(settings.length > 10);
    for (const [index, one] of settings.slice(1).entries())
      assert.ok(one.dependencies.includes(settings[index]?.urn ?? ""), one.name);
  });

  it("waits for the key's grant and the private names", async () => {
    const recording = await make();
    const server = the(recording, "azure-native:dbforpostgresql:Server");
    const before = recording.registrations.filter(({ urn }) => server.dependencies.includes(urn));
    const types = new Set(before.map(({ type }) => type));
    assert.ok(types.has("azure-native:authorization:RoleAssignment"));
    assert.ok(types.has("azure-native:privatedns:VirtualNetworkLink"));
  });

  it("stays out of the internet, under a customer key, with a standby in another zone (DB-02, DB-05, DB-07)", async () => {
    const { inputs } = the(await make(), "azure-native:dbforpostgresql:Server");
    assert.equal((inputs["network"] as Record<string, unknown>)["publicNetworkAccess"], "Disabled");
    assert.equal((inputs["highAvailability"] as Record<string, unknown>)["mode"], "ZoneRedundant");
    const encryption = inputs["dataEncryption"] as Record<string, unknown>;
    assert.match(String(encryption["primaryKeyURI"]), /^https:\/\/[^/]+\.vault\.azure\.net\/keys\/database-hsm$/);
  });

  it("takes the next disk size up, and the machine of the size", async () => {
    const { inputs } = the(await make({ storageGb: 100, size: "large" }), "azure-native:dbforpostgresql:Server");
    assert.deepEqual(inputs["storage"], { storageSizeGB: 128, autoGrow: "Enabled" });
    assert.deepEqual(inputs["sku"], { name: "Standard_D8ds_v5", tier: "GeneralPurpose" });
  });

  it("makes replicas one after another, and the lock last (DB-03, DB-18)", async () => {
    const recording = await make({ readReplicas: 2 });
    const servers = inside(recording, token).filter((one) => one.type.endsWith("dbforpostgresql:Server"));
    const [primary, first, second] = servers;
    assert.ok(primary && first && second);
    assert.equal(first.inputs["createMode"], "Replica");
    assert.ok(second.dependencies.includes(first.urn));
    const lock = inside(recording, token).find((one) => one.type.endsWith(":ManagementLockByScope"));
    for (const server of [first, second]) assert.ok(lock?.dependencies.includes(server.urn));
  });

  it("keeps its logs where they are kept as long as asked (DB-14)", async () => {
    const workspaces = async (days: number) =>
      inside(await make({ logRetentionDays: days }), token)
        .filter((one) => one.type.endsWith(":Workspace"))
        .map((one) => one.inputs["retentionInDays"]);
    assert.deepEqual(await workspaces(90), []);
    assert.deepEqual(await workspaces(365), [365]);
    await assert.rejects(make({ logRetentionDays: 731 }), /Log Analytics keeps 730 days at most/);
  });

  it("dates the password in the vault and leaves it there when the database goes", async () => {
    const secret = the(await make(), "azure-native:keyvault:Secret");
    const { attributes } = secret.inputs["properties"] as { attributes: { expires: number } };
    assert.ok(attributes.expires > 1767225600);
    assert.ok(secret.retainOnDelete);
    assert.ok(secret.secretInputs.includes("properties"));
  });
});
