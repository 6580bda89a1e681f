// `npm run bench`: how this repository's program and engine compare, as ratios measured in one run. Writes only to a temporary folder.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { interleaved, type Measured, measure } from "./measure";
import { conventional, empty, synthetic } from "./programs";

const root = dirname(dirname(__dirname));
const { values: options } = parseArgs({
  options: {
    /** Measured runs of every side, after one that warms caches. */
    runs: { type: "string", default: "5" },
    /** Which of a, b, c. */
    only: { type: "string", default: "abc" },
    sizes: { type: "string", default: "100,1000,10000" },
  },
});
const runs = Number(options.runs);
const folder = mkdtempSync(join(tmpdir(), "bench-"));
let stages = 0;

/** One rehearsal as a user starts it, on a stage of its own. */
function rehearsal(...args: string[]): Promise<Measured> {
  const stage = join(folder, `stage-${stages++}`);
  const env = { ...process.env, NO_COLOR: "1" };
  return measure([join(root, "rehearsal", "start.mjs"), ...args, "--stage", stage, "--json"], root, env).finally(() =>
    rmSync(stage, { recursive: true, force: true }),
  );
}

const figure = ({ seconds, megabytes }: Measured) =>
  `${seconds.toFixed(2).padStart(8)} s ${megabytes.toFixed(0).padStart(6)} MB`;
const ratio = (a: number, b: number) => `${(a / b).toFixed(2)}x`;

function compare(name: string, one: Measured, otherName: string, other: Measured): void {
  const width = Math.max(name.length, otherName.length);
  console.log(`  ${name.padEnd(width)} ${figure(one)}`);
  console.log(`  ${otherName.padEnd(width)} ${figure(other)}`);
  console.log(
    `  ratio ${"".padEnd(width - 5)}${ratio(one.seconds, other.seconds).padStart(9)} ${ratio(one.megabytes, other.megabytes).padStart(9)}\n`,
  );
}

async function previewAgainstEmpty(): Promise<void> {
  const nothing = empty(join(folder, "empty"), root);
  const pack = ["--policy-pack", join(root, "policies")];
  const found = await interleaved(
    {
      prod: () => rehearsal("preview", "prod", "--cloud", "aws", "--no-policy-pack"),
      empty: () => rehearsal("preview", "dev", "--cwd", nothing, "--no-policy-pack"),
      prodWithPack: () => rehearsal("preview", "prod", "--cloud", "aws", ...pack),
      emptyWithPack: () => rehearsal("preview", "dev", "--cwd", nothing, ...pack),
    },
    runs,
  );
  console.log("(a) preview of prod on AWS against an empty TypeScript program, both on the built-in engine");
  compare("prod", found.prod, "empty program", found.empty);
  console.log("    the same, both with the policy pack");
  compare("prod with policies", found.prodWithPack, "empty with policies", found.emptyWithPack);
}

async function previewAgainstTemplate(): Promise<void> {
  const usual = conventional(join(folder, "conventional"), root);
  const found = await interleaved(
    {
      ours: () => rehearsal("preview", "prod", "--cloud", "aws", "--no-policy-pack"),
      usual: () => rehearsal("preview", "prod", "--cloud", "aws", "--cwd", usual, "--no-policy-pack"),
    },
    Math.min(runs, 3),
  );
  console.log(
    "(b) the same program and stack, built-in engine: package roots and the type-checking runner of the usual",
  );
  console.log("    template against deep imports and types checked apart");
  compare("usual template", found.usual, "as it is", found.ours);
}

async function growth(): Promise<void> {
  const sizes = options.sizes.split(",").map(Number);
  const sides = Object.fromEntries(
    sizes.map((size) => {
      const cwd = synthetic(join(folder, `synthetic-${size}`), root, size);
      return [String(size), () => rehearsal("up", "dev", "--cwd", cwd)];
    }),
  );
  const found = await interleaved(sides, Math.min(runs, 3));
  console.log("(c) up of a synthetic program, built-in engine and simulated clouds");
  sizes.forEach((size, i) => {
    const now = found[String(size)]!;
    const before = i > 0 ? found[String(sizes[i - 1])] : undefined;
    const times = before ? size / sizes[i - 1]! : 0;
    const grown = before
      ? `   x${times}: ${ratio(now.seconds, before.seconds)} time, ${ratio(now.megabytes, before.megabytes)} memory`
      : "";
    console.log(`  ${String(size).padStart(6)} resources ${figure(now)}${grown}`);
  });
  console.log("");
}

async function main(): Promise<void> {
  console.log(`Median of ${runs} interleaved runs a side; wall clock, and peak resident memory of the process tree.\n`);
  if (options.only.includes("a")) await previewAgainstEmpty();
  if (options.only.includes("b")) await previewAgainstTemplate();
  if (options.only.includes("c")) await growth();
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }));
