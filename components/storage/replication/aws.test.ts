import assert from "node:assert/strict";
import { build, the } from "../../../test/contract";
import { standbyOn, storageOn } from "../../../test/sites";
import { Replication } from ".";

const config = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const made = () =>
  build(
    "aws",
    (ground) => {
      const away = standbyOn("aws");
      new Replication("replication", {
        source: { ...ground, storage: storageOn(ground) },
        target: { ...away, storage: storageOn(away, "standby-storage") },
      });
    },
    false,
  );

interface Rule {
  readonly deleteMarkerReplication: { readonly status: string };
  readonly destination: {
    readonly bucket: string;
    readonly encryptionConfiguration: { readonly replicaKmsKeyId: string };
  };
}

describe("replication on AWS", () => {
  it("copies under the other region's key within a quarter of an hour, and says how far behind it is (STO-07, DR-03)", async () => {
    const recording = await made();
    for (const [purpose, key] of [
      ["uploads", "storage"],
      ["backups", "backups"],
    ] as const) {
      const { inputs } = the(recording, config, `replication-${purpose}`);
      const [rule] = inputs["rules"] as unknown as Rule[];
      assert.equal(
        rule?.destination.bucket,
        the(recording, "aws:s3/bucket:Bucket", `standby-storage-${purpose}`).outputs["arn"],
      );
      assert.equal(
        rule?.destination.encryptionConfiguration.replicaKmsKeyId,
        the(recording, "aws:kms/key:Key", `standby-keys-${key}`).outputs["arn"],
      );
      assert.match(JSON.stringify(rule), /"replicationTime":\{"status":"Enabled","time":\{"minutes":15\}\}/);
    }
  });

  it("hides what was deleted from uploads over there too, and of backups nothing", async () => {
    const recording = await made();
    const markers = (purpose: string) =>
      (the(recording, config, `replication-${purpose}`).inputs["rules"] as unknown as Rule[]).map(
        (rule) => rule.deleteMarkerReplication.status,
      );
    assert.deepEqual([markers("uploads"), markers("backups")], [["Enabled"], ["Disabled"]]);
  });

  it("runs as a role that reads here and writes there, each side's key by its region's S3 alone (SEC-11)", async () => {
    const recording = await made();
    const policy = String(
      the(recording, "aws:iam/rolePolicy:RolePolicy", "replication-uploads").inputs["policy"] as string,
    );
    assert.match(
      policy,
      /"Sid":"Decrypt".*s3\.us-east-1\.amazonaws\.com.*"Sid":"Encrypt".*s3\.us-west-2\.amazonaws\.com/,
    );
    assert.doesNotMatch(policy, /"Resource":"\*"/);
  });
});
