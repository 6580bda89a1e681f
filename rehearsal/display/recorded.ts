import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "./events";
import { Report } from "./report";

/** For tests: a recorded event log, see fixtures/README.md. */
export function recorded(name: string): { readonly events: EngineEvent[]; readonly report: Report } {
  const text = readFileSync(join(__dirname, "fixtures", `${name}.jsonl`), "utf8");
  const events = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as EngineEvent);
  const report = new Report();
  for (const event of events) report.take(event);
  return { events, report };
}
