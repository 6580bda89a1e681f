// Records what the `pulumi` on the PATH tells of the scenarios: node --import=tsx test/agreement/record.ts
import { findPulumi } from "../../rehearsal/pulumi/find";
import { engines } from "../engines";
import { record } from "./recordings";
import { scenarios } from "./scenarios";
import { tell } from "./tell";

async function main(): Promise<void> {
  const { version } = findPulumi(process.env);
  // words of the names of those that are to be recorded, or all
  const wanted = process.argv.slice(2);
  for (const scenario of scenarios.filter(({ name }) => wanted.every((word) => name.includes(word)))) {
    const told = await tell(scenario, engines["pulumi"]!);
    record(scenario, told);
    console.log(`${scenario.name}: ${told.map(({ operation, status }) => `${operation} ${status}`).join(", ")}`);
  }
  console.log(`Recorded of pulumi ${version}.`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
