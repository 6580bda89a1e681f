// (d) the policy pack against the same rules registered as a pack usually is: one untyped policy a rule for resources and
// one for the stack, served by @pulumi/policy.
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { analyzeRequest, call, PackProcess, settingsRequest, stackRequest } from "../../policies/adapters/engine";
import type { Resource } from "../../policies/evaluate";
import { fixtures } from "../../policies/fixtures";
import { resources } from "../../policies/fixtures/fixture";
import { renamed } from "../../policies/fixtures/renamed";
import { median } from "./measure";

/** A folder that Pulumi's runner starts as a pack: the rules in one bundle, each registered by its own. */
export function naivePack(folder: string, root: string): string {
  const policies = join(root, "policies");
  const names = ["evaluate", "graph", "rules/index", "settings", "tokens"];
  buildSync({
    stdin: {
      contents: names.map((name) => `export * from ${JSON.stringify(join(policies, name))};`).join("\n"),
      resolveDir: policies,
      loader: "ts",
    },
    outfile: join(folder, "rules.js"),
    ...{ bundle: true, platform: "node", format: "cjs", target: "node20", packages: "external" },
  });
  return usualPack(folder, root, naive);
}

/** A pack of one rule, as the usual template has it. */
export const singlePack = (folder: string, root: string): string => usualPack(folder, root, single);

function usualPack(folder: string, root: string, program: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "description: Usual\nmain: index.js\nruntime: nodejs\n");
  writeFileSync(join(folder, "package.json"), '{ "name": "usual", "version": "1.0.0", "main": "index.js" }\n');
  writeFileSync(join(folder, "index.js"), program);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

const single = `
const { PolicyPack } = require("@pulumi/policy");
const validateResource = ({ type, props }, report) => {
  if (type === "aws:kms/key:Key" && props.enableKeyRotation !== true) report("enableKeyRotation: true");
};
const policy = { name: "kms-rotation", description: "Keys rotate.", enforcementLevel: "advisory", validateResource };
new PolicyPack("single", { policies: [policy] });
`;

/** This pack as npm has it: plain JavaScript, as bundle.cjs in its folder makes it. */
export function publishedPack(folder: string, root: string): string {
  const policies = join(root, "policies");
  for (const path of ["start.cjs", "PulumiPolicy.yaml", "package.json", "baselines"])
    cpSync(join(policies, path), join(folder, path), { recursive: true });
  buildSync({
    entryPoints: [join(policies, "index.ts")],
    outfile: join(folder, "dist", "index.js"),
    ...{ bundle: true, platform: "node", format: "cjs", target: "node20", packages: "external" },
  });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

const naive = `
const { PolicyPack } = require("@pulumi/policy");
const { evaluate, rules } = require("./rules");
const plain = ({ type, name, urn, props }) => ({ type, name, urn, inputs: props, outputs: props });
const tell = (findings, report) => {
  for (const { status, path, expected, urn } of findings)
    if (status === "fail") report(path + ": " + expected, urn);
};
const byId = new Map();
for (const rule of rules) byId.set(rule.id, [...(byId.get(rule.id) ?? []), rule]);
const policies = [...byId].flatMap(([id, own]) => [
  {
    name: id,
    description: id,
    enforcementLevel: "advisory",
    validateResource: (args, report) => tell(evaluate([plain(args)], { rules: own, phase: "inputs" }), report),
  },
  ...(own.some(({ parts }) => parts.some(({ needs }) => needs === "graph"))
    ? [{
        name: id + "-stack",
        description: id,
        enforcementLevel: "advisory",
        validateStack: (args, report) => tell(evaluate(args.resources.map(plain), { rules: own, phase: "graph" }), report),
      }]
    : []),
]);
new PolicyPack("naive", { policies });
`;

/** A stack of as many resources: every fixture over and over, each time under identifiers of its own. */
export function stackOf(count: number): readonly Resource[] {
  const lists = fixtures.map(({ cloud, made }) => resources(cloud, made));
  const all: Resource[] = [];
  for (let round = 0; all.length < count; round++)
    for (const [index, list] of lists.entries()) all.push(...renamed(list, `${round}-${index}`));
  return all.slice(0, count);
}

export interface Judged {
  /** From the process's start to its first answer. */
  readonly start: number;
  /** Seconds for all resources, one by one, and for the stack as a whole. */
  readonly resources: number;
  readonly stack: number;
}

/** Seconds of one pack process: to start, to judge each resource, to judge the stack. */
export async function judge(folder: string, all: readonly Resource[]): Promise<Judged> {
  const since = (started: bigint) => Number(process.hrtime.bigint() - started) / 1e9;
  const started = process.hrtime.bigint();
  const pack = new PackProcess(folder);
  const client = await pack.connect();
  try {
    await call(client, client.configure, settingsRequest({}));
    const start = since(started);
    const requests = all.map(analyzeRequest);
    const whole = stackRequest(all);
    const first = process.hrtime.bigint();
    for (const request of requests) await call(client, client.analyze, request);
    const each = since(first);
    const second = process.hrtime.bigint();
    await call(client, client.analyzeStack, whole);
    return { start, resources: each, stack: since(second) };
  } finally {
    client.close();
    await pack.stop();
  }
}

/** The middle of several runs of each side, in turns; the first round only warms caches. */
export async function judged(sides: readonly (() => Promise<Judged>)[], runs: number): Promise<readonly Judged[]> {
  const found: Judged[][] = sides.map(() => []);
  for (let round = 0; round <= runs; round++)
    for (const [index, side] of sides.entries()) {
      const one = await side();
      if (round > 0) found[index]?.push(one);
    }
  return found.map((all) => ({
    start: median(all.map(({ start }) => start)),
    resources: median(all.map(({ resources: each }) => each)),
    stack: median(all.map(({ stack }) => stack)),
  }));
}
