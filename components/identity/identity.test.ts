import assert from "node:assert/strict";
import { build, type Ground, inside, itKeepsTheContract } from "../../test/contract";
import { cacheOn, clusterOn, databaseOn, registryOn, secretsOn, storageOn } from "../../test/sites";
import { clouds } from "../cloud";
import { type Grant, WorkloadIdentity } from ".";

const token = "trifold:identity:WorkloadIdentity";

const identity = (ground: Ground, grants: Readonly<Record<string, Grant>>, cluster = clusterOn(ground)) =>
  new WorkloadIdentity("app", { site: ground.site, cluster, namespace: "goodies", serviceAccount: "app", grants });

function everyGrant(ground: Ground): Record<string, Grant> {
  const { uploads, backups } = storageOn(ground).buckets;
  const secret = secretsOn(ground).secrets["app-signing-key"];
  assert.ok(uploads && backups && secret);
  const { keys } = ground;
  const database = databaseOn(ground);
  return {
    "read-uploads": { kind: "bucket", bucket: uploads, key: keys.for("storage"), access: "read" },
    "write-uploads": { kind: "bucket", bucket: uploads, key: keys.for("storage"), access: "write" },
    "add-backups": { kind: "bucket", bucket: backups, key: keys.for("backups"), access: "add" },
    key: { kind: "key", key: keys.for("storage") },
    database: { kind: "database", database, key: keys.for("secrets") },
    cache: { kind: "cache", cache: cacheOn(ground), key: keys.for("secrets") },
    "read-secret": { kind: "secret", secret, key: keys.for("secrets"), access: "read" },
    "rotate-login": { kind: "secret", secret: database.secret, key: keys.for("secrets"), access: "rotate" },
    push: { kind: "registry", registry: registryOn(ground) },
  };
}

describe("workload identity", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => identity(ground, {}),
      "everything set": (ground) => identity(ground, everyGrant(ground)),
    },
  });

  for (const cloud of clouds)
    it(`gives nothing to an identity without grants on ${cloud} (SEC-11)`, async () => {
      const recording = await build(cloud, (ground) => identity(ground, {}), false);
      const rights = inside(recording, token).filter((one) =>
        /RolePolicy|RoleAssignment|IAMMember|IamMember/.test(one.type),
      );
      const lent = rights.filter((one) => JSON.stringify(one.inputs["role"]) !== '"roles/iam.workloadIdentityUser"');
      assert.deepEqual(
        lent.map((one) => one.name),
        [],
      );
    });

  it("refuses names that Kubernetes would", async () => {
    await assert.rejects(
      build(
        "aws",
        (ground) =>
          new WorkloadIdentity("app", {
            site: ground.site,
            cluster: clusterOn(ground),
            namespace: "Goodies",
            serviceAccount: "app",
            grants: {},
          }),
        true,
      ),
      /namespace is "Goodies"; use lower case letters/,
    );
  });
});
