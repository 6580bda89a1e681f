// A stack judged under baselines: the findings of the rules that are asked for, and how hard each is.
import { createHash } from "node:crypto";
import { readStack, type Stack } from "../adapters/offline";
import type { BaselineName } from "../baselines";
import { combine } from "../baselines/combine";
import { evaluate, type Finding } from "../evaluate";
import { defaultLevel, environmentOf, type Level } from "../levels";
import { rules } from "../rules";
import { settingsOf } from "../settings";

export interface Request {
  /** Shown in the report: a name, no path of a machine. */
  readonly file: string;
  readonly content: string;
  readonly baselines: readonly string[];
  /** A `--policy-pack-config` file's content: levels, and `settings`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly environment: string | undefined;
  readonly at: string;
  readonly unknownPolicy: "advisory" | "mandatory";
}

export interface Judged extends Pick<Request, "file" | "at" | "unknownPolicy"> {
  readonly sha256: string;
  readonly stack: Stack;
  readonly baselines: readonly BaselineName[];
  readonly environment: string | undefined;
  readonly findings: readonly Finding[];
  readonly level: (rule: string) => Level;
}

/** @throws where the content is no stack, or a baseline none */
export function judge(request: Request): Judged {
  const { config } = request;
  const own = (typeof config["settings"] === "object" ? config["settings"] : {}) as Readonly<Record<string, unknown>>;
  const named = Array.isArray(own["baselines"]) ? (own["baselines"] as readonly string[]) : [];
  const { names, levels, settings } = combine([...named, ...request.baselines], own);
  const stack = readStack(parse(request.content));
  const environment = request.environment ?? environmentOf({ stack: stack.stack, config: stack.config, tags: {} });
  const level = (rule: string): Level => {
    const set = levelOf(config[rule]) ?? levelOf(config["all"]);
    return set ?? (names.length > 0 ? (levels.get(rule) ?? "disabled") : defaultLevel(rule, environment));
  };
  const asked = rules.filter(({ id }) => level(id) !== "disabled");
  const findings = evaluate(stack.resources, {
    rules: asked,
    settings: settingsOf({ ...settings, ...own }),
    ...(environment ? { environment } : {}),
  });
  return {
    file: request.file,
    at: request.at,
    unknownPolicy: request.unknownPolicy,
    sha256: createHash("sha256").update(request.content).digest("hex"),
    stack,
    baselines: names,
    environment,
    findings,
    level: (rule) => (level(rule) === "remediate" ? "mandatory" : level(rule)),
  };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    // the parser quotes what it stumbled over, which may be anything in a state; its position is enough
    const where = /position \d+/.exec(error instanceof Error ? error.message : "")?.[0] ?? "its end";
    throw new Error(`This is no JSON (at ${where}). Write it with \`pulumi stack export --file state.json\`.`);
  }
}

const levelOf = (given: unknown): Level | undefined => {
  const text =
    typeof given === "object" && given !== null ? (given as Record<string, unknown>)["enforcementLevel"] : given;
  return (["advisory", "mandatory", "remediate", "disabled"] as const).find((one) => one === text);
};
