import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { history } from "./chance";
import { type History, trial } from "./trial";

const folder = join(__dirname, "cases");

/** So many histories a seed; `main.ts` runs as many as one likes. */
const drawn = { seeds: [20261121, 1, 2], runs: 35 };

describe("whatever happens to an engine", () => {
  for (const file of readdirSync(folder).sort())
    it(`it stays true to its account, and ends where a quiet run ends: ${file.replace(".json", "")}`, () =>
      trial(JSON.parse(readFileSync(join(folder, file), "utf8")) as History));

  for (const seed of drawn.seeds)
    it(`it stays true to its account, and ends where a quiet run ends: ${drawn.runs} histories from seed ${seed}`, () =>
      fc.assert(
        fc.asyncProperty(history, (drawing) => trial(drawing)),
        { seed, numRuns: drawn.runs },
      )).timeout(600_000);
});
