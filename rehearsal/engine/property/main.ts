// Histories drawn by chance, as many as one likes: node --import=tsx rehearsal/engine/property/main.ts [seed] [runs].
// A failure is shrunk and printed as a case for `cases/`. With the path of a case: tells every run of it.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { history } from "./chance";
import { type History, trial } from "./trial";

async function main(): Promise<void> {
  const [first = String(Date.now() % 1_000_000), runs = "1000"] = process.argv.slice(2);
  if (first.endsWith(".json")) {
    await trial(JSON.parse(readFileSync(first, "utf8")) as History, (told) => console.log(told));
    return;
  }
  const seed = Number(first);
  let done = 0;
  const check = fc.asyncProperty(history, async (drawing) => {
    await trial(drawing);
    if (++done % 100 === 0) console.log(`seed ${seed}: ${done} of ${runs}`);
  });
  const found = await fc.check(check, { seed, numRuns: Number(runs), interruptAfterTimeLimit: 3_600_000 });
  if (!found.failed) {
    console.log(`seed ${seed}: ${found.numRuns} histories, none broke a promise`);
    return;
  }
  console.log(JSON.stringify(found.counterexample?.[0]));
  if (found.errorInstance instanceof Error) console.log(found.errorInstance.message);
  throw new Error(fc.defaultReportMessage(found) ?? "a promise was broken");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
