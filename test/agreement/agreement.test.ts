// Both engines tell the same: the built-in one what the CLI told when it was recorded, and the CLI, where there is one,
// still what was recorded.
import assert from "node:assert/strict";
import { engines } from "../engines";
import { recorded } from "./recordings";
import { scenarios } from "./scenarios";
import { type Told, tell } from "./tell";

for (const [engine, run] of Object.entries(engines))
  describe(`the ${engine} engine, beside what the CLI told when it was recorded`, () => {
    for (const scenario of scenarios)
      describe(`of ${scenario.name}`, () => {
        const theirs = recorded(scenario);
        let ours: readonly Told[];
        before(async () => {
          ours = await tell(scenario, run);
        });
        theirs.forEach(({ operation, status, ...rest }, i) => {
          it(`${operation} ${i + 1} ${status} with the same events, digest and state`, () => {
            const { operation: _, status: ended, ...told } = ours[i]!;
            assert.equal(ended, status);
            for (const part of ["events", "digest", "state"] as const) assert.deepEqual(told[part], rest[part]);
          });
        });
      });
  });
