import assert from "node:assert/strict";
import { build, type Ground, the } from "../../test/contract";
import { clusterOn, storageOn } from "../../test/sites";
import { type Grant, WorkloadIdentity } from ".";

/** Text as it is, anything else as JSON. */
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

const statementsOf = async (grants: (ground: Ground) => Record<string, Grant>, grant: string) => {
  const recording = await build(
    "aws",
    (ground) =>
      new WorkloadIdentity("app", {
        site: ground.site,
        cluster: clusterOn(ground),
        namespace: "goodies",
        serviceAccount: "app",
        grants: grants(ground),
      }),
    false,
  );
  const { inputs } = the(recording, "aws:iam/rolePolicy:RolePolicy", `app-${grant}`);
  return { recording, statements: (JSON.parse(plain(inputs["policy"])) as { Statement: Statement[] }).Statement };
};

const bucketGrant =
  (access: "read" | "write" | "add") =>
  (ground: Ground): Record<string, Grant> => {
    const { uploads } = storageOn(ground).buckets;
    assert.ok(uploads);
    return { uploads: { kind: "bucket", bucket: uploads, key: ground.keys.for("storage"), access } };
  };
const actions = (statements: readonly Statement[]) => statements.flatMap((one) => one.Action);

describe("workload identity on AWS", () => {
  it("is taken by pods of this one cluster, through the identity agent (CLU-07, SEC-10)", async () => {
    const { recording } = await statementsOf(bucketGrant("read"), "uploads");
    const { inputs } = the(recording, "aws:iam/role:Role", "app");
    assert.match(
      plain(inputs["assumeRolePolicy"]),
      /"Service":"pods\.eks\.amazonaws\.com".*"aws:SourceArn":"arn:aws:eks:us-east-1:123456789012:cluster\/goodies-prod-cluster"/,
    );
    const { inputs: bound } = the(recording, "aws:eks/podIdentityAssociation:PodIdentityAssociation", "app");
    assert.deepEqual([bound["namespace"], bound["serviceAccount"]], ["goodies", "app"]);
  });

  it("reads, writes or adds to one bucket, and does no more (SEC-11)", async () => {
    const of = async (access: "read" | "write" | "add") =>
      actions((await statementsOf(bucketGrant(access), "uploads")).statements);
    const [read, write, add] = [await of("read"), await of("write"), await of("add")];
    assert.ok(read.includes("s3:GetObject") && !read.includes("s3:PutObject") && !read.includes("kms:GenerateDataKey"));
    assert.ok(write.includes("s3:DeleteObject") && write.includes("s3:GetObject"));
    assert.ok(add.includes("s3:PutObject"));
    for (const action of ["s3:GetObject", "s3:DeleteObject", "s3:ListBucket"]) assert.ok(!add.includes(action), action);
  });

  it("names the thing in every statement, and uses its key through its service alone", async () => {
    const { statements } = await statementsOf(bucketGrant("write"), "uploads");
    for (const { Sid, Resource } of statements)
      assert.ok(
        [Resource].flat().every((one) => one.startsWith("arn:")),
        Sid,
      );
    assert.deepEqual(statements.find(({ Sid }) => Sid === "UseItsKey")?.Condition, {
      StringLike: { "kms:ViaService": "s3.*.amazonaws.com" },
    });
  });

  it("uses a key directly only with the tag that the key's own policy asks for (SEC-01)", async () => {
    const withKey = (ground: Ground): Record<string, Grant> => ({
      key: { kind: "key", key: ground.keys.for("storage") },
    });
    const { recording } = await statementsOf(withKey, "key");
    const tags = the(recording, "aws:iam/role:Role", "app").inputs["tags"] as Record<string, string>;
    assert.equal(tags["UsesKeysOf"], "goodies-prod");
    const policy = plain(the(recording, "aws:kms/key:Key", "keys-storage").inputs["policy"]);
    assert.match(policy, /"aws:PrincipalTag\/UsesKeysOf":"goodies-prod"/);
    const { recording: without } = await statementsOf(bucketGrant("read"), "uploads");
    const untagged = the(without, "aws:iam/role:Role", "app").inputs["tags"] as Record<string, string>;
    assert.equal(untagged["UsesKeysOf"], undefined);
  });
});
