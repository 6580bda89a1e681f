import assert from "node:assert/strict";
import { adopted, ripened } from "./reading";
import type { Item, Moment, Row } from "./row";

const place = { cloud: "aws", account: "1", region: "", config: {} };
const old: Item = { type: "t", id: "a", inputs: {}, outputs: { state: "pending" }, place };
const moment: Moment & { readonly old: Item } = {
  ...{ type: "t", urn: "urn", name: "a", inputs: {}, place, random: () => "", now: "2026-01-02T00:00:00Z", old },
  account: { all: () => [], find: () => undefined },
};
const row = (ripens?: readonly string[]): Row => ({
  type: "t",
  id: () => "a",
  outputs: (now) => ({ state: now.old === undefined ? "pending" : "issued", since: now.now }),
  ...(ripens && { ripens }),
  seconds: { create: 1 },
});

describe("a read of what was pending", () => {
  it("tells what has come about, and nothing else anew", () =>
    assert.deepEqual(ripened(row(["state"]), moment, { state: "pending", since: "then" }), {
      state: "issued",
      since: "then",
    }));
  it("leaves what doesn't change by itself", () =>
    assert.deepEqual(ripened(row(), moment, { state: "pending" }), { state: "pending" }));
  it("brings into the inputs what changed by itself and is an input as well, and keeps it there", () => {
    const adopting = { ...row(["state"]), adopts: ["state"] };
    const seen = { inputs: { size: 1 }, outputs: { state: "pending" } };
    const first = adopted(adopting, { size: 1 }, seen, { state: "issued" });
    assert.deepEqual(first, { size: 1, state: "issued" });
    const again = { inputs: first, outputs: { state: "issued" } };
    assert.deepEqual(adopted(adopting, { size: 1 }, again, { state: "issued" }), first);
    assert.deepEqual(adopted(adopting, { size: 1 }, { inputs: undefined, outputs: {} }, { state: "issued" }), {
      size: 1,
    });
    assert.deepEqual(adopted(row(["state"]), { size: 1 }, seen, { state: "issued" }), { size: 1 });
  });
});
