import assert from "node:assert/strict";
import { build, inside, the } from "../../test/contract";
import { standbyOn } from "../../test/sites";
import { Registry } from ".";
import { chores, taskFile } from "./azure-upkeep";

const token = "trifold:registry:Registry";

describe("registry on azure", () => {
  it("locks every tag of every repository, and keeps the last releases (CLU-14, CLU-15)", () => {
    const lock = chores.lock.command(["app", "worker"], 10, "reg");
    assert.match(lock, /for r in app worker; do .*--write-enabled false/);
    const purge = chores.purge.command(["app", "worker"], 25, "reg");
    assert.match(purge, /--filter 'app:\.\*' --filter 'worker:\.\*' --keep 25 .*--include-locked$/);
    const file = JSON.parse(Buffer.from(taskFile(purge, 60), "base64").toString("utf8")) as {
      steps: { cmd: string }[];
    };
    assert.equal(file.steps[0]?.cmd, purge);
  });

  it("is closed but to its endpoints, without an administrator, under a customer key", async () => {
    const recording = await build("azure", (ground) => new Registry("registry", ground), false);
    const { inputs, dependencies } = the(recording, "azure-native:containerregistry:Registry");
    assert.equal(inputs["adminUserEnabled"], false);
    assert.equal(inputs["publicNetworkAccess"], "Disabled");
    assert.equal((inputs["encryption"] as Record<string, unknown>)["status"], "enabled");
    assert.ok(dependencies.some((urn) => urn.includes("RoleAssignment::keys-registry")));
  });

  it("gives the other region its images and a way to them (BAK-12)", async () => {
    const recording = await build(
      "azure",
      (ground) => new Registry("registry", { ...ground, replica: standbyOn("azure") }),
      false,
    );
    const made = inside(recording, token);
    assert.equal(the(recording, "azure-native:containerregistry:Replication").inputs["location"], "westus2");
    const endpoints = made.filter((one) => one.type.endsWith(":PrivateEndpoint"));
    assert.deepEqual(endpoints.map((one) => one.inputs["location"]).sort(), ["eastus", "westus2"]);
    for (const { replaceOnChanges, deleteBeforeReplace } of endpoints) {
      assert.deepEqual(replaceOnChanges, ["privateLinkServiceConnections"], "Azure leads none of them elsewhere");
      assert.equal(deleteBeforeReplace, true);
    }
  });
});
