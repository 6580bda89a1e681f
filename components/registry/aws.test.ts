import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { standbyOn } from "../../test/sites";
import { Registry } from ".";

const types = {
  repository: "aws:ecr/repository:Repository",
  cleanup: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  replication: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
};

describe("registry on AWS", () => {
  it("keeps tags where they are, scans, and encrypts under its own key (CLU-14, CLU-15, SEC-16)", async () => {
    const recording = await build("aws", (ground) => new Registry("registry", ground), false);
    const { inputs, protect } = the(recording, types.repository, "registry-app");
    assert.deepEqual(
      [inputs["name"], inputs["imageTagMutability"], inputs["imageScanningConfiguration"], protect],
      ["goodies-prod/registry/app", "IMMUTABLE", { scanOnPush: true }, true],
    );
    const key = the(recording, "aws:kms/key:Key", "keys-registry");
    assert.deepEqual(inputs["encryptionConfigurations"], [{ encryptionType: "KMS", kmsKey: key.outputs["arn"] }]);
  });

  it("keeps the last releases, and a week of what has no tag (CLU-15)", async () => {
    const recording = await build("aws", (ground) => new Registry("registry", { ...ground, keepReleases: 15 }), false);
    const { inputs } = the(recording, types.cleanup, "registry-app");
    const { rules } = JSON.parse(inputs["policy"] as string) as { rules: { selection: Record<string, unknown> }[] };
    assert.deepEqual(
      rules.map(({ selection }) => [selection["tagStatus"], selection["countNumber"]]),
      [
        ["untagged", 7],
        ["any", 15],
      ],
    );
  });

  it("copies every push to twins that it makes over there, under that region's key (BAK-12)", async () => {
    const recording = await build(
      "aws",
      (ground) => new Registry("registry", { ...ground, replica: standbyOn("aws") }),
      false,
    );
    const twin = the(recording, types.repository, "registry-app-replica");
    assert.equal(twin.inputs["name"], the(recording, types.repository, "registry-app").inputs["name"]);
    assert.match(String(twin.outputs["repositoryUrl"] as string), /\.us-west-2\./);
    assert.match(twin.provider, /::standby::/);
    const key = the(recording, "aws:kms/key:Key", "standby-keys-registry");
    assert.deepEqual(twin.inputs["encryptionConfigurations"], [{ encryptionType: "KMS", kmsKey: key.outputs["arn"] }]);
    const replication = the(recording, types.replication);
    assert.ok(replication.dependencies.includes(twin.urn));
    assert.match(JSON.stringify(replication.inputs), /"region":"us-west-2".*"filter":"goodies-prod\/registry\/"/);
  });
});
