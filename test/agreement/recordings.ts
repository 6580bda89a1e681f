import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario } from "./scenarios";
import type { Told } from "./tell";

const path = ({ name }: Scenario): string => join(__dirname, "fixtures", `${name.replaceAll(" ", "-")}.jsonl`);

/** What the CLI told of a scenario when it was recorded (record.ts), a line a step. */
export const recorded = (scenario: Scenario): readonly Told[] =>
  readFileSync(path(scenario), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Told);

export const record = (scenario: Scenario, told: readonly Told[]): void =>
  writeFileSync(path(scenario), told.map((step) => `${JSON.stringify(step)}\n`).join(""));
