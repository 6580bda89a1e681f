import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { Cache } from "../cache";

describe("aliases on azure", () => {
  it("keep the types that moved to another module, and leave out those of single API versions", async () => {
    const recording = await build("azure", (ground) => new Cache("cache", ground), false);
    const { aliasUrns } = the(recording, "azure-native:redisenterprise:RedisEnterprise");
    assert.deepEqual(
      aliasUrns.map((urn) => urn.split("::")[2]?.split("$").at(-1)),
      ["azure-native:cache:RedisEnterprise"],
    );
    const all = recording.registrations.flatMap((one) => one.aliasUrns);
    assert.deepEqual(
      all.filter((urn) => /azure-native:\w+\/v\d/.test(urn)),
      [],
    );
  });
});
