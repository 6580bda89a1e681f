import assert from "node:assert/strict";
import { kept, ledgers, lost, recordShipped, urnsOf } from "./ledger";

describe("the ledger of URNs", () => {
  for (const one of ledgers)
    it(`loses none of ${one.stack} on ${one.cloud} without an alias, and knows each`, async () => {
      const recording = await recordShipped(one);
      const before = kept(one.path);
      assert.deepEqual(lost(before, recording), [], "give what was renamed or moved an alias (pulumi.Alias)");
      const fresh = urnsOf(recording).filter((urn) => !before.includes(urn));
      assert.deepEqual(fresh, [], "write what is new into the ledger: npm run ledger");
    });

  it("notices a resource that is gone, and takes an alias for it", async () => {
    const recording = await recordShipped({ stack: "dev", cloud: "aws" });
    const [first, ...rest] = recording.registrations;
    assert.ok(first);
    const renamed = { ...first, urn: `${first.urn}-renamed` };
    const before = urnsOf(recording);
    assert.equal(lost(before, { ...recording, registrations: [renamed, ...rest] }).length, 1);
    const aliased = { ...renamed, aliasUrns: [first.urn] };
    assert.deepEqual(lost(before, { ...recording, registrations: [aliased, ...rest] }), []);
  });
});
