import assert from "node:assert/strict";
import fc from "fast-check";
import { build, the } from "../../test/contract";
import { standbyOn } from "../../test/sites";
import { firstRotation } from "../site/gcp-secret";
import { Secrets } from ".";

const Secret = "gcp:secretmanager/secret:Secret";
const recorded = (replica: boolean, preview = false) =>
  build(
    "gcp",
    (ground) => new Secrets("secrets", { ...ground, ...(replica ? { replica: standbyOn("gcp") } : {}) }),
    preview,
  );
const places = (inputs: Readonly<Record<string, unknown>>) =>
  (
    inputs["replication"] as {
      userManaged: { replicas: { location: string; customerManagedEncryption: { kmsKeyName: string } }[] };
    }
  ).userManaged.replicas;

describe("secrets on Google Cloud", () => {
  it("lie in our region alone, or in the replica's as well, each under its own key (SEC-07, BAK-12)", async () => {
    const recording = await recorded(true);
    const found = places(the(recording, Secret, "secrets-app-signing-key").inputs);
    const keyOf = (name: string) => recording.registrations.find((one) => one.name === name)?.id;
    assert.deepEqual(
      found.map((one) => [one.location, one.customerManagedEncryption.kmsKeyName]),
      [
        ["us-central1", keyOf("keys-secrets")],
        ["us-east1", keyOf("standby-keys-secrets")],
      ],
    );
    assert.equal(places(the(await recorded(false), Secret, "secrets-app-signing-key").inputs).length, 1);
  });

  it("call for their rotation on a topic that Secret Manager may write to (SEC-09)", async () => {
    const recording = await recorded(false);
    const { inputs, dependencies, ignoreChanges } = the(recording, Secret, "secrets-app-signing-key");
    const topic = the(recording, "gcp:pubsub/topic:Topic", "secrets-rotation");
    const right = the(recording, "gcp:pubsub/topicIAMMember:TopicIAMMember", "secrets-rotation");
    assert.deepEqual(inputs["topics"], [{ name: topic.id }]);
    assert.ok(topic.inputs["kmsKeyName"]);
    assert.ok(dependencies.includes(right.urn));
    assert.match(right.inputs["member"] as string, /gcp-sa-secretmanager/);
    assert.deepEqual(ignoreChanges, ["rotation.nextRotationTime"]);
  });

  it("are first due at a midnight after their period, the same for a whole day", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2026-01-01"), max: new Date("2036-01-01"), noInvalidDate: true }),
        fc.integer({ min: 7, max: 365 }),
        (now, days) => {
          const due = Date.parse(firstRotation(now, days));
          const later = (due - now.getTime()) / 86_400_000;
          assert.ok(later >= days && later < days + 1, String(later));
          assert.equal(due % 86_400_000, 0);
        },
      ),
    );
  });

  it("can be saved for 30 days, and are deleted by nobody's mistake", async () => {
    const { inputs, protect } = the(await recorded(false), Secret, "secrets-app-signing-key");
    assert.equal(inputs["versionDestroyTtl"], "2592000s");
    assert.equal(inputs["deletionProtection"], true);
    assert.equal(protect, true);
  });
});
