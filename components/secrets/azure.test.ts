import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import type { Recording } from "../../test/recorder";
import { Secrets } from ".";

const secretType = "azure-native:keyvault:Secret";

describe("secrets on azure", () => {
  let recording: Recording;
  before(async () => {
    recording = await build("azure", (ground) => new Secrets("secrets", { ...ground, secrets: { token: {} } }), false);
  });

  it("draws each secret's name anew and leaves it to its vault, since a deleted name stays taken", () => {
    const { inputs, retainOnDelete, deleteBeforeReplace } = the(recording, secretType);
    assert.match(inputs["secretName"] as string, /token-[0-9a-f]{8}$/);
    assert.ok(retainOnDelete);
    assert.equal(deleteBeforeReplace, false);
  });

  it("tells of a secret that is due by an alert of the vault's own topic (SEC-09)", () => {
    const { inputs } = the(recording, "azure-native:eventgrid:SystemTopicEventSubscription");
    assert.deepEqual((inputs["filter"] as { includedEventTypes: string[] }).includedEventTypes, [
      "Microsoft.KeyVault.SecretNearExpiry",
      "Microsoft.KeyVault.SecretExpired",
    ]);
    const topic = the(recording, "azure-native:eventgrid:SystemTopic");
    assert.match(topic.inputs["source"] as string, /\/Microsoft\.KeyVault\/vaults\//);
  });

  it("writes no generated value again, which a rotation may have changed since", () => {
    assert.deepEqual(the(recording, secretType).ignoreChanges, ["properties", "tags"]);
  });
});
