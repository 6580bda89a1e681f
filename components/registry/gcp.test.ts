import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { standbyOn } from "../../test/sites";
import { Registry } from ".";
import { cleanupPolicies } from "./gcp";

const Repository = "gcp:artifactregistry/repository:Repository";
const recorded = (environment: "dev" | "prod" = "prod") =>
  build("gcp", (ground) => new Registry("registry", ground), false, environment);

describe("registry on Google Cloud", () => {
  it("keeps the last releases over what it throws away (CLU-15)", () => {
    const [keep, drop] = cleanupPolicies(10);
    assert.deepEqual(keep, { id: "keep-releases", action: "KEEP", mostRecentVersions: { keepCount: 10 } });
    assert.equal(drop?.action, "DELETE");
  });

  it("takes a tag once, under our key, and scans what comes (CLU-14, CLU-15)", async () => {
    const recording = await recorded();
    const { inputs, protect } = the(recording, Repository, "registry-app");
    assert.deepEqual(inputs["dockerConfig"], { immutableTags: true });
    assert.equal(inputs["kmsKeyName"], recording.registrations.find((one) => one.name === "keys-registry")?.id);
    assert.deepEqual(inputs["vulnerabilityScanningConfig"], { enablementConfig: "INHERITED" });
    assert.equal(inputs["cleanupPolicyDryRun"], false);
    assert.equal(protect, true);
    assert.ok(recording.registrations.some((one) => one.inputs["service"] === "containerscanning.googleapis.com"));
  });

  it("has a second set of repositories where a replica is, and tells their addresses (BAK-12)", async () => {
    let urls: Registry["native"] | undefined;
    const recording = await build(
      "gcp",
      (ground) => {
        urls = new Registry("registry", { ...ground, replica: standbyOn("gcp") }).native;
      },
      false,
    );
    const { inputs } = the(recording, Repository, "registry-app-replica");
    assert.equal(inputs["location"], "us-east1");
    assert.equal(inputs["kmsKeyName"], recording.registrations.find((one) => one.name === "standby-keys-registry")?.id);
    assert.ok(urls?.cloud === "gcp" && urls.replicaUrls?.["app"]);
  });
});
