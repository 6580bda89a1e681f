// `npm run sweep`: every shipped stack on every cloud, with every step going wrong in turn (sweep.ts). About an hour:
// --stacks, --clouds and --ordeals take a part of it, --stride lets so many steps go by between two that go wrong.
import { parseArgs } from "node:util";
import { type Cloud, clouds } from "../../components/cloud";
import { shipped } from "../stack-file";
import { record } from "./record";
import { type Ordeal, ordeals, sweep } from "./sweep";

const { values } = parseArgs({
  options: {
    stacks: { type: "string", default: shipped.join() },
    clouds: { type: "string", default: clouds.join() },
    /** Words of their names: killed, refused, cut, started. */
    ordeals: { type: "string", default: "killed,refused,cut,started" },
    stride: { type: "string", default: "1" },
    /** Steps at once. */
    parallel: { type: "string", default: "1" },
  },
});

async function main(): Promise<void> {
  const table: string[] = [];
  const wanted = values.ordeals.split(",");
  const manner = { stride: Number(values.stride), parallel: Number(values.parallel) };
  const names = (Object.keys(ordeals) as Ordeal[]).filter((name) => wanted.some((word) => name.startsWith(word)));
  if (names.length === 0) throw new Error(`--ordeals ${values.ordeals}: none of ${Object.keys(ordeals).join(", ")}`);
  for (const stack of values.stacks.split(",")) {
    for (const cloud of values.clouds.split(",") as Cloud[]) {
      const recording = await record(stack, cloud);
      for (const ordeal of names) {
        const what = `${stack} on ${cloud}, ${ordeal}`;
        const tell = (done: number) => {
          if (done % 50 === 0) console.log(`  ${what}: run ${done}`);
        };
        const line = await sweep(recording, ordeal, { ...manner, tell }).then(
          ({ resources, up, down, seconds }) =>
            `ok    ${what}: ${resources} resources, stopped ${up} times on the way up and ${down} on the way down, ${seconds.toFixed(0)} s`,
          (error: Error) => {
            process.exitCode = 1;
            return `FAIL  ${what}: ${error.message}`;
          },
        );
        console.log(line);
        table.push(line);
      }
    }
  }
  console.log(`\n${table.map((line) => line.split("\n")[0]).join("\n")}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
