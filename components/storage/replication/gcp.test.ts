import assert from "node:assert/strict";
import { build, inside, the } from "../../../test/contract";
import { standbyOn, storageOn } from "../../../test/sites";
import { Replication } from ".";

const token = "trifold:storage:Replication";
const Job = "gcp:storage/transferJob:TransferJob";
const recorded = () =>
  build(
    "gcp",
    (ground) => {
      const standby = standbyOn("gcp");
      return new Replication("replication", {
        source: { ...ground, storage: storageOn(ground) },
        target: { ...standby, storage: storageOn(standby, "standby-storage") },
      });
    },
    false,
  );

describe("replication on Google Cloud", () => {
  it("copies each new object under the key of the bucket that it comes to (STO-07, BAK-11)", async () => {
    const recording = await recorded();
    assert.deepEqual(recording.refusals, []);
    for (const purpose of ["uploads", "backups"]) {
      const { inputs } = the(recording, Job, `replication-${purpose}`);
      const spec = inputs["replicationSpec"] as {
        gcsDataSource: { bucketName: string };
        gcsDataSink: { bucketName: string };
        transferOptions: { metadataOptions: { kmsKey: string }; deleteObjectsFromSourceAfterTransfer?: boolean };
      };
      const bucket = (name: string) => the(recording, "gcp:storage/bucket:Bucket", name).inputs["name"];
      assert.equal(spec.gcsDataSource.bucketName, bucket(`storage-${purpose}`));
      assert.equal(spec.gcsDataSink.bucketName, bucket(`standby-storage-${purpose}`));
      assert.equal(spec.transferOptions.metadataOptions.kmsKey, "KMS_KEY_DESTINATION_BUCKET_DEFAULT");
      assert.equal(spec.transferOptions.deleteObjectsFromSourceAfterTransfer, undefined);
      // Google refuses names for these jobs.
      assert.equal(inputs["name"], undefined);
    }
  });

  it("starts when the agents have their rights, on these buckets", async () => {
    const recording = await recorded();
    const made = inside(recording, token);
    const { dependencies } = the(recording, Job, "replication-uploads");
    const grants = made.filter((one) => /IAMMember/.test(one.type) && !one.name.includes("backups"));
    assert.ok(grants.length >= 7);
    for (const grant of grants) assert.ok(dependencies.includes(grant.urn), grant.name);
    for (const grant of grants.filter((one) => one.type.includes("bucketIAMMember")))
      assert.match(grant.inputs["member"] as string, /@storage-transfer-service\.iam\.gserviceaccount\.com$/);
  });
});
