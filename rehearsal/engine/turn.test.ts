import assert from "node:assert/strict";
import { turn } from "./turn";

describe("requests that come at once", () => {
  it("are begun in their order, a few a turn, and what else has to be done comes between", async () => {
    const begun: number[] = [];
    const all = Array.from({ length: 20 }, (_, i) => turn().then(() => begun.push(i)));
    let seen: number | undefined;
    setImmediate(() => setImmediate(() => (seen = begun.length)));
    await Promise.all(all);
    assert.deepEqual(
      begun,
      Array.from({ length: 20 }, (_, i) => i),
    );
    assert.ok(seen !== undefined && seen > 0 && seen < 20, `${seen} of 20`);
  });

  it("are begun when they come later, too", async () => {
    await turn();
    const both = [turn(), turn()];
    await Promise.all(both);
    await turn();
  });
});
