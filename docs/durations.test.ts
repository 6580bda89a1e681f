import assert from "node:assert/strict";
import { packages } from "../rehearsal/clouds/packages";
import { observed } from "./durations";

describe("The seconds of the rows", () => {
  const rows = new Map(packages.flatMap((pkg) => pkg.rows.map((row) => [row.type, row])));

  it("say where they come from, wherever anything takes time", () => {
    for (const { type, seconds } of rows.values())
      assert.ok(seconds.create === 0 || (seconds.source ?? "") !== "", `${type} has no source`);
  });

  it("lie within what public logs show, give or take a third", () => {
    for (const [type, { note, ...acts }] of Object.entries(observed)) {
      const row = rows.get(type);
      assert.ok(row !== undefined, `there is no row ${type}`);
      for (const [act, seen] of Object.entries(acts)) {
        assert.deepEqual(
          seen,
          [...seen].sort((a, b) => a - b),
          `${type} ${act} isn't sorted`,
        );
        const own = row.seconds[act as keyof typeof acts] ?? row.seconds.create;
        const [least = 0, most = 0] = [seen[0], seen.at(-1)];
        const inside = own >= (2 / 3) * least && own <= (4 / 3) * most;
        assert.ok(inside || note !== undefined, `${type} ${act}: ${own} s, seen ${least} to ${most} s`);
      }
    }
  });
});
