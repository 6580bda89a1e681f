import { parseArgs } from "node:util";
import type { Operation, Selection } from "../engine/api";
import { commandElsewhere, flagElsewhere } from "./elsewhere";
import { nearest, suggest } from "./nearest";
import { selection } from "./selection";
import { Misspelling } from "./usage";

export const operations = ["preview", "up", "refresh", "destroy", "drift", "serve"] as const;
/** With each cloud's usual region, taken when only the cloud is named. */
export const regions = { aws: "us-east-1", azure: "eastus", gcp: "us-central1" } as const;
export const engines = ["built-in", "pulumi"] as const;

export interface Arguments {
  readonly help: boolean;
  readonly operation: Operation | "drift" | "serve";
  /** Undefined when left out. */
  readonly stack?: string;
  readonly cloud?: keyof typeof regions;
  readonly region?: string;
  readonly stage?: string;
  readonly cwd?: string;
  /** Settings on top of the stack file: key=value, for this run only. */
  readonly settings?: readonly string[];
  /** In place of Pulumi.<stack>.yaml. */
  readonly configFile?: string;
  /** Undefined: the default; empty: none. */
  readonly policyPacks?: readonly string[];
  readonly engine: (typeof engines)[number];
  readonly json: boolean;
  /** A failing resource stops the whole run, rather than what depends on it. */
  readonly stopOnError?: boolean;
  /** Steps at once. */
  readonly parallel?: number;
  /** Changes are an error. */
  readonly expectNoChanges?: boolean;
  /** What of the stack it is about; undefined: the whole. */
  readonly selection?: Selection;
  /** Before anything else. */
  readonly refresh?: boolean;
  /** As written; `fault.ts` reads them. */
  readonly faults?: readonly string[];
  readonly faultFile?: string;
  /** As written; `quota.ts` reads them. */
  readonly quotas?: readonly string[];
  readonly quotaFile?: string;
  /** What `drift` shall do, as written; `drift.ts` reads it. */
  readonly changes?: readonly string[];
  readonly deletes?: readonly string[];
  readonly makes?: readonly string[];
  readonly seed?: number;
  readonly force?: boolean;
}

const flags = {
  stack: { type: "string", short: "s" },
  cloud: { type: "string" },
  region: { type: "string" },
  stage: { type: "string" },
  cwd: { type: "string", short: "C" },
  config: { type: "string", multiple: true, short: "c" },
  "config-file": { type: "string" },
  "policy-pack": { type: "string", multiple: true },
  "no-policy-pack": { type: "boolean" },
  engine: { type: "string", default: "built-in" },
  json: { type: "boolean", short: "j", default: false },
  "stop-on-error": { type: "boolean" },
  parallel: { type: "string", short: "p" },
  "expect-no-changes": { type: "boolean" },
  target: { type: "string", multiple: true, short: "t" },
  "target-dependents": { type: "boolean" },
  exclude: { type: "string", multiple: true, short: "x" },
  "exclude-dependents": { type: "boolean" },
  replace: { type: "string", multiple: true },
  "target-replace": { type: "string", multiple: true },
  refresh: { type: "boolean", short: "r" },
  fault: { type: "string", multiple: true },
  faults: { type: "string" },
  quota: { type: "string", multiple: true },
  quotas: { type: "string" },
  change: { type: "string", multiple: true },
  delete: { type: "string", multiple: true },
  make: { type: "string", multiple: true },
  seed: { type: "string" },
  force: { type: "boolean" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const runs = ["preview", "up", "refresh", "destroy"] as const;
/** Flags that mean something to some operations only. */
const only: Readonly<Partial<Record<keyof typeof flags, readonly Arguments["operation"][]>>> = {
  parallel: runs,
  config: runs,
  "config-file": runs,
  "expect-no-changes": runs,
  target: runs,
  "target-dependents": runs,
  exclude: runs,
  // The CLI's destroy has none either.
  "exclude-dependents": ["preview", "up", "refresh"],
  replace: ["preview", "up"],
  "target-replace": ["preview", "up"],
  refresh: ["preview", "up", "destroy"],
  fault: [...runs, "serve"],
  faults: [...runs, "serve"],
  quota: [...runs, "serve"],
  quotas: [...runs, "serve"],
  change: ["drift"],
  delete: ["drift"],
  make: ["drift"],
  seed: ["drift"],
  force: ["drift"],
};

/** The command line, or a Misspelling with the nearest spelling of what is wrong in it. */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = read(args);
  const { operation, stack } = words(positionals, text("stack", values.stack).stack);
  for (const [flag, allowed] of Object.entries(only))
    if (values[flag as keyof typeof flags] !== undefined && !allowed.includes(operation))
      throw new Misspelling(`--${flag} goes with ${allowed.join(", ")}, not with ${operation}.`);
  if (values["no-policy-pack"] && values["policy-pack"])
    throw new Misspelling("--policy-pack and --no-policy-pack can't go together.");
  return {
    help: values.help,
    operation,
    ...(stack === undefined ? {} : { stack }),
    ...(values.cloud === undefined ? {} : { cloud: oneOf("--cloud", values.cloud, Object.keys(regions)) }),
    ...text("region", values.region),
    ...text("stage", values.stage),
    ...text("cwd", values.cwd),
    ...(values.config === undefined ? {} : { settings: values.config.map(setting) }),
    ...renamed("configFile", text("config-file", values["config-file"])["config-file"]),
    ...(values["no-policy-pack"] ? { policyPacks: [] } : {}),
    ...(values["policy-pack"] ? { policyPacks: values["policy-pack"] } : {}),
    engine: oneOf("--engine", values.engine, engines),
    json: values.json,
    ...(values["stop-on-error"] ? { stopOnError: true } : {}),
    ...count("parallel", values.parallel, 1),
    ...(values["expect-no-changes"] ? { expectNoChanges: true } : {}),
    ...selection(values),
    ...(values.refresh ? { refresh: true } : {}),
    ...(values.fault === undefined ? {} : { faults: values.fault }),
    ...renamed("faultFile", text("faults", values.faults).faults),
    ...(values.quota === undefined ? {} : { quotas: values.quota }),
    ...renamed("quotaFile", text("quotas", values.quotas).quotas),
    ...(values.change === undefined ? {} : { changes: values.change }),
    ...(values.delete === undefined ? {} : { deletes: values.delete }),
    ...(values.make === undefined ? {} : { makes: values.make }),
    ...count("seed", values.seed, 0),
    ...(values.force === undefined ? {} : { force: values.force }),
  };
}

const renamed = <K extends string>(name: K, value: string | undefined): { [P in K]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { [P in K]?: string });

function count<K extends string>(name: K, value: string | undefined, least: number): { [P in K]?: number } {
  if (value === undefined) return {};
  if (!/^\d{1,9}$/.test(value) || Number(value) < least)
    throw new Misspelling(`--${name} "${value}" is not a whole number from ${least} up.`);
  return { [name]: Number(value) } as { [P in K]?: number };
}

const named = new Set(
  Object.entries(flags).flatMap(([name, flag]) => [`--${name}`, ...("short" in flag ? [`-${flag.short}`] : [])]),
);

function read(args: readonly string[]) {
  const given = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length);
  for (const arg of given.filter((word) => word.startsWith("-") && word.length > 1)) {
    const long = arg.startsWith("--");
    // of a short flag, what follows the letter is its value, as the CLI reads it too
    const flag = long ? arg.replace(/=.*$/s, "") : arg.slice(0, 2);
    const whole = `-${arg.replace(/=.*$/s, "")}`;
    if (!long && named.has(whole)) throw new Misspelling(`Unknown flag ${whole.slice(1)}. Did you mean "${whole}"?`);
    if (named.has(flag)) continue;
    const remedy = flagElsewhere(flag);
    if (remedy !== undefined) throw new Misspelling(`${flag} is no flag of a rehearsal. ${remedy}`);
    throw new Misspelling(`Unknown flag ${flag}. ${suggest(flag.replace(/^-+/, ""), Object.keys(flags), "--")}`);
  }
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true, strict: true });
  } catch (error) {
    // Node says which flag lacks its value, or has one that it doesn't take.
    throw new Misspelling((error as Error).message.split("\n")[0]!);
  }
}

/** `[operation] [stack]`; a single word that is no command of the CLI's and isn't near any operation is a stack. */
function words(
  positionals: readonly string[],
  flag: string | undefined,
): { operation: Arguments["operation"]; stack?: string } {
  const [first, ...more] = positionals;
  const known = operations.find((name) => name === first);
  if (first !== undefined && known === undefined) {
    const remedy = commandElsewhere(first);
    if (remedy !== undefined)
      throw new Misspelling(
        `"${first}" is no operation of a rehearsal. ${remedy} (A stack of that name: up ${first}.)`,
      );
    if (more.length > 0 || nearest(first, operations))
      throw new Misspelling(`Unknown operation "${first}". ${suggest(first, operations)}`);
  }
  const stacks = [...(known === undefined ? positionals : more), ...(flag === undefined ? [] : [flag])];
  if (stacks.length > 1)
    throw new Misspelling(`Too many words: ${stacks.slice(1).join(" ")}. One operation and one stack are understood.`);
  return { operation: known ?? "up", ...(stacks[0] === undefined ? {} : { stack: stackName(stacks[0]) }) };
}

function setting(given: string): string {
  if (/^[^=\s]+=/.test(given)) return given;
  throw new Misspelling(
    `--config "${given}" is no setting. Write key=value, as in --config 'database={"size":"small"}'.`,
  );
}

/** Pulumi's own rule for stack names; it also keeps them inside their folder. */
function stackName(name: string): string {
  if (/^[A-Za-z0-9._-]{1,100}$/.test(name) && name !== "." && name !== "..") return name;
  throw new Misspelling(`Stack "${name}": a stack name has up to 100 letters, digits, "-", "_" and ".".`);
}

function oneOf<T extends string>(flag: string, value: string, known: readonly string[]): T {
  if (known.includes(value)) return value as T;
  throw new Misspelling(`${flag} "${value}" is not one of ${known.join(", ")}. ${suggest(value, known)}`);
}

function text<K extends string>(name: K, value: string | undefined): { [P in K]?: string } {
  if (value === undefined) return {};
  if (value.trim() === "") throw new Misspelling(`--${name} is empty. Give it a value or leave it out.`);
  return { [name]: value } as { [P in K]?: string };
}
