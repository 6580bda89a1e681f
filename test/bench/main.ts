// `npm run bench`: how this repository's program and engine compare, as ratios measured in one run. Writes only to a temporary folder.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type Cloud, clouds } from "../../components/cloud";
import { interleaved, type Measured, measure } from "./measure";
import { judge, judged, naivePack, publishedPack, singlePack, stackOf } from "./policies";
import { conventional, empty, synthetic } from "./programs";

const root = dirname(dirname(__dirname));
const { values: options } = parseArgs({
  options: {
    /** Measured runs of every side, after one that warms caches. */
    runs: { type: "string", default: "5" },
    /** Which of a, b, c, d, e. */
    only: { type: "string", default: "abcde" },
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
  const without = ["--no-policy-pack"];
  const pack = ["--policy-pack", join(root, "policies")];
  const prod = (cloud: Cloud, policies: readonly string[]) => () =>
    rehearsal("preview", "prod", "--cloud", cloud, ...policies);
  const found = await interleaved(
    {
      aws: prod("aws", without),
      azure: prod("azure", without),
      gcp: prod("gcp", without),
      empty: () => rehearsal("preview", "dev", "--cwd", nothing, ...without),
      awsWithPack: prod("aws", pack),
      emptyWithPack: () => rehearsal("preview", "dev", "--cwd", nothing, ...pack),
    },
    runs,
  );
  console.log("(a) preview of prod against an empty TypeScript program, both on the built-in engine; at most 2.00x");
  for (const cloud of clouds) compare(`prod on ${cloud}`, found[cloud], "empty program", found.empty);
  console.log("    the same on aws, both with the policy pack");
  compare("prod with policies", found.awsWithPack, "empty with policies", found.emptyWithPack);
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

/** The engine and the clouds alone, in one process, fed with registrations; and beside the program under mocks. */
async function scale(): Promise<void> {
  const env = { ...process.env, NO_COLOR: "1" };
  const side = (...args: string[]) =>
    measure(["--import=tsx", join(root, "test", "bench", "sides.ts"), ...args], root, env);
  const found = await interleaved(
    { none: () => side("engine", "1"), few: () => side("engine", "1000"), many: () => side("engine", "10000") },
    Math.min(runs, 3),
  );
  console.log(
    "(e) up of 1,000 and of 10,000 registrations through the built-in engine and the simulated clouds, one process",
  );
  for (const [name, one] of [
    ["1", found.none],
    ["1,000", found.few],
    ["10,000", found.many],
  ] as const)
    console.log(`  ${name.padStart(6)} resources ${figure(one)}`);
  const [few, many] = [found.few.seconds - found.none.seconds, found.many.seconds - found.none.seconds];
  console.log(
    `  x10: ${ratio(many, few)} time without the start; ${found.many.megabytes.toFixed(0)} of at most 1,000 MB\n`,
  );
  const prod = await interleaved(
    {
      up: () => rehearsal("up", "prod", "--cloud", "aws", "--no-policy-pack"),
      mocks: () => side("mocks", "prod"),
    },
    runs,
  );
  console.log(
    "    up of prod on AWS against the same program under mocks that answer from the same rows; at most 1.50x",
  );
  compare("up of prod", prod.up, "under mocks", prod.mocks);
}

async function policies(): Promise<void> {
  const pack = join(root, "policies");
  const published = publishedPack(join(folder, "published"), root);
  const naive = naivePack(join(folder, "naive"), root);
  const single = singlePack(join(folder, "single"), root);
  const [few, many] = [stackOf(1000), stackOf(5000)];
  console.log(
    "(d) the policy pack over the analyzer protocol against its rules registered with @pulumi/policy, untyped,",
  );
  console.log("    one resource policy and one stack policy a rule; 1000 resources of all clouds");
  const [ours, theirs, one, bundled] = await judged(
    [
      () => judge(pack, few),
      () => judge(naive, few),
      () => judge(single, few.slice(0, 1)),
      () => judge(published, few.slice(0, 1)),
    ],
    Math.min(runs, 3),
  );
  const each = (seconds: number, count: number) => `${((seconds * 1000) / count).toFixed(3).padStart(9)} ms`;
  for (const [name, side] of [
    ["this pack", ours!],
    ["naive pack", theirs!],
  ] as const)
    console.log(
      `  ${name.padEnd(12)} a resource ${each(side.resources, few.length)}   in the stack ${each(side.stack, few.length)}`,
    );
  console.log(
    `  ratio        ${ratio(ours!.resources, theirs!.resources).padStart(22)} ${ratio(ours!.stack, theirs!.stack).padStart(27)}\n`,
  );
  console.log(
    "    start, from the process to its first answer: this pack as npm has it, bundled like the naive ones, and as it lies",
  );
  for (const [name, side] of [
    ["published", bundled!],
    ["TypeScript", ours!],
    ["naive pack", theirs!],
    ["one rule", one!],
  ] as const)
    console.log(
      `  ${name.padEnd(12)} ${side.start.toFixed(2)} s   ${ratio(side.start, one!.start)} of a pack with one rule`,
    );
  const [large] = await judged([() => judge(pack, many)], 1);
  console.log(
    `\n  ${many.length} resources, this pack: ${(large!.resources + large!.stack).toFixed(1)} s; a resource ${each(large!.resources, many.length).trim()} and ${each(large!.stack, many.length).trim()}\n`,
  );
}

async function main(): Promise<void> {
  console.log(`Median of ${runs} interleaved runs a side; wall clock, and peak resident memory of the process tree.\n`);
  if (options.only.includes("a")) await previewAgainstEmpty();
  if (options.only.includes("b")) await previewAgainstTemplate();
  if (options.only.includes("c")) await growth();
  if (options.only.includes("d")) await policies();
  if (options.only.includes("e")) await scale();
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }));
