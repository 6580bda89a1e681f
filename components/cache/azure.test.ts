import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import type { Recording } from "../../test/recorder";
import { Cache } from ".";

describe("cache on azure", () => {
  let recording: Recording;
  before(async () => {
    recording = await build("azure", (ground) => new Cache("cache", { ...ground, mode: "sharded" }), false);
  });

  it("makes a new database for another clustering policy, which Azure changes on none (CACHE-01)", () => {
    const { inputs, replaceOnChanges, deleteBeforeReplace } = the(recording, "azure-native:redisenterprise:Database");
    assert.equal(inputs["clusteringPolicy"], "OSSCluster");
    assert.deepEqual(replaceOnChanges, ["clusteringPolicy"]);
    // The one database of a cluster is always called default.
    assert.ok(deleteBeforeReplace);
  });

  it("is closed but to its endpoint, and encrypts with a version of the key (CACHE-03)", () => {
    const { inputs, dependencies } = the(recording, "azure-native:redisenterprise:RedisEnterprise");
    assert.equal(inputs["publicNetworkAccess"], "Disabled");
    assert.match(JSON.stringify(inputs["encryption"]), /\/keys\/cache[^/]*\/[0-9a-f]{32}"/);
    assert.ok(dependencies.some((urn) => /RoleAssignment::keys-cache$/.test(urn)));
  });
});
