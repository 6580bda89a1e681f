import assert from "node:assert/strict";
import { build, type Ground, inside } from "../../test/contract";
import { cacheOn, clusterOn, databaseOn, registryOn, secretsOn, storageOn } from "../../test/sites";
import { Cache } from "../cache";
import { type Grant, WorkloadIdentity } from ".";

const token = "trifold:identity:WorkloadIdentity";
const recorded = (grants: (ground: Ground) => Readonly<Record<string, Grant>>) =>
  build(
    "gcp",
    (ground) =>
      new WorkloadIdentity("app", {
        site: ground.site,
        cluster: clusterOn(ground),
        namespace: "shop",
        serviceAccount: "api",
        grants: grants(ground),
      }),
    false,
  );
const rolesOf = async (grants: (ground: Ground) => Readonly<Record<string, Grant>>) =>
  inside(await recorded(grants), token)
    .filter((one) => /IAMMember|IamMember/.test(one.type) && !one.name.endsWith("federation"))
    .map((one) => [one.type.split(":").at(-1), one.inputs["role"]]);

describe("workload identity on Google Cloud", () => {
  it("lets one Kubernetes account act as one Google account (CLU-07)", async () => {
    const made = inside(await recorded(() => ({})), token);
    const federation = made.find((one) => one.name === "app-federation");
    assert.equal(federation?.inputs["role"], "roles/iam.workloadIdentityUser");
    assert.equal(federation?.inputs["member"], "serviceAccount:goodies-prod.svc.id.goog[shop/api]");
    assert.match(federation?.inputs["serviceAccountId"] as string, /goodies-prod-app@/);
  });

  it("reads, writes or only adds objects of one bucket", async () => {
    for (const [access, role] of [
      ["read", "roles/storage.objectViewer"],
      ["write", "roles/storage.objectUser"],
      ["add", "roles/storage.objectCreator"],
    ] as const) {
      const roles = await rolesOf((ground) => {
        const bucket = storageOn(ground).buckets.uploads;
        assert.ok(bucket);
        return { uploads: { kind: "bucket", bucket, key: ground.keys.for("storage"), access } };
      });
      assert.deepEqual(roles, [["BucketIAMMember", role]]);
    }
  });

  it("reaches a database by its password and its proxy, that one alone (SEC-11)", async () => {
    const recording = await recorded((ground) => ({
      db: { kind: "database", database: databaseOn(ground), key: ground.keys.for("secrets") },
    }));
    const made = inside(recording, token);
    const [connect] = made.filter((one) => one.inputs["role"] === "roles/cloudsql.client");
    assert.ok(connect);
    const { expression } = connect.inputs["condition"] as { expression: string };
    assert.match(
      expression,
      /^resource\.name == "projects\/goodies-prod\/instances\/goodies-prod-database-[0-9a-f]{6}"$/,
    );
    assert.ok(made.some((one) => one.inputs["role"] === "roles/secretmanager.secretAccessor"));
  });

  it("reaches a cache by its password, or by cloud login where it is sharded", async () => {
    const replicated = await rolesOf((ground) => ({
      cache: { kind: "cache", cache: cacheOn(ground), key: ground.keys.for("secrets") },
    }));
    assert.deepEqual(replicated, [["SecretIamMember", "roles/secretmanager.secretAccessor"]]);
    const sharded = await rolesOf((ground) => ({
      cache: {
        kind: "cache",
        cache: new Cache("shards", { ...ground, mode: "sharded" }),
        key: ground.keys.for("secrets"),
      },
    }));
    assert.deepEqual(sharded, [["IAMMember", "roles/memorystore.dbConnectionUser"]]);
  });

  it("reads a secret, and adds versions only where it rotates", async () => {
    const secret = (ground: Ground) => {
      const found = secretsOn(ground).secrets["app-signing-key"];
      assert.ok(found);
      return { kind: "secret", secret: found, key: ground.keys.for("secrets") } as const;
    };
    assert.deepEqual(await rolesOf((ground) => ({ signing: { ...secret(ground), access: "read" } })), [
      ["SecretIamMember", "roles/secretmanager.secretAccessor"],
    ]);
    assert.deepEqual(await rolesOf((ground) => ({ signing: { ...secret(ground), access: "rotate" } })), [
      ["SecretIamMember", "roles/secretmanager.secretAccessor"],
      ["SecretIamMember", "roles/secretmanager.secretVersionAdder"],
    ]);
  });

  it("uses a key, and pushes to every repository of a registry", async () => {
    const roles = await rolesOf((ground) => ({
      key: { kind: "key", key: ground.keys.for("storage") },
      images: { kind: "registry", registry: registryOn(ground) },
    }));
    assert.deepEqual(roles, [
      ["CryptoKeyIAMMember", "roles/cloudkms.cryptoKeyEncrypterDecrypter"],
      ["RepositoryIamMember", "roles/artifactregistry.writer"],
    ]);
  });

  it("has roles on the project only under a condition that names one thing (SEC-11)", async () => {
    const recording = await recorded((ground) => ({
      db: { kind: "database", database: databaseOn(ground), key: ground.keys.for("secrets") },
    }));
    for (const one of inside(recording, token).filter(({ type }) => type.startsWith("gcp:projects/")))
      assert.ok(one.inputs["condition"], one.name);
  });
});
