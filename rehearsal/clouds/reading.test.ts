import assert from "node:assert/strict";
import { ripened } from "./reading";
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
});
