// The command line as a value.
import { parseArgs } from "node:util";
import { baselineNames } from "../baselines";
import { environments } from "../standards";
import { Mistake } from "./usage";

export interface AuditArguments {
  readonly file: string;
  readonly baselines: readonly string[];
  readonly config: string | undefined;
  readonly waivers: string | undefined;
  readonly environment: string | undefined;
  readonly at: string;
  readonly unknownPolicy: "advisory" | "mandatory";
  readonly program: string;
  readonly out: string | undefined;
}

export type Command =
  | { readonly name: "help" }
  | ({ readonly name: "audit" } & AuditArguments)
  | { readonly name: "explain"; readonly rule: string }
  | { readonly name: "coverage"; readonly of: string | undefined }
  | { readonly name: "waivers"; readonly file: string | undefined; readonly at: string }
  | { readonly name: "config"; readonly baselines: readonly string[] };

const options = {
  baseline: { type: "string", multiple: true },
  config: { type: "string" },
  waivers: { type: "string" },
  environment: { type: "string" },
  at: { type: "string" },
  "unknown-policy": { type: "string" },
  program: { type: "string" },
  out: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const see = "See --help.";

/** @param today default of --at @throws Mistake naming the argument */
export function parseArguments(args: readonly string[], today: string): Command {
  const { values, positionals } = parsed(args);
  if (values.help) return { name: "help" };
  const [first, ...rest] = positionals;
  if (first === undefined) throw new Mistake(`A file or a command is missing. ${see}`);
  const at = date(values.at ?? today);
  const most = (count: number) => {
    const extra = rest[count];
    if (extra !== undefined) throw new Mistake(`"${extra}" is one argument too many for ${first}. ${see}`);
  };
  if (first === "explain") {
    most(1);
    if (rest[0] === undefined)
      throw new Mistake("explain needs the name of a rule: npm run audit -- explain kms-rotation");
    return { name: "explain", rule: rest[0] };
  }
  if (first === "coverage") {
    most(1);
    return { name: "coverage", of: rest[0] };
  }
  if (first === "waivers") {
    most(1);
    return { name: "waivers", file: rest[0] ?? values.waivers, at };
  }
  if (first === "config") {
    if (rest.length === 0) throw new Mistake(`config needs a baseline: ${baselineNames.join(", ")}`);
    return { name: "config", baselines: rest };
  }
  most(0);
  return {
    name: "audit",
    file: first,
    // `--baseline hipaa,soc2` as well as twice
    baselines: (values.baseline ?? []).flatMap((one) => one.split(",")).map((one) => one.trim()),
    config: values.config,
    waivers: values.waivers,
    environment: oneOf("--environment", values.environment, environments),
    at,
    unknownPolicy:
      oneOf("--unknown-policy", values["unknown-policy"], ["advisory", "mandatory"] as const) ?? "advisory",
    program: values.program ?? "Pulumi.yaml",
    out: values.out,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node's own sentence names the argument; what follows it is advice on escaping
    throw new Mistake(`${(error as Error).message.split(". ")[0]}. ${see}`);
  }
}

function oneOf<T extends string>(option: string, given: string | undefined, allowed: readonly T[]): T | undefined {
  if (given === undefined) return undefined;
  const found = allowed.find((one) => one === given);
  if (!found) throw new Mistake(`${option}: "${given}" is none of ${allowed.join(", ")}.`);
  return found;
}

function date(text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(time) || !new Date(time).toISOString().startsWith(text))
    throw new Mistake(`--at: "${text}" is no date. Write it as 2026-11-21.`);
  return text;
}
