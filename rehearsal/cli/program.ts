import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readYaml } from "../engine/yaml";
import { type Arguments, regions } from "./arguments";
import { suggest } from "./nearest";
import { Mistake } from "./usage";

/** The Pulumi program that is rehearsed, and the stack file that it gets. */
export interface Program {
  readonly cwd: string;
  readonly project: string;
  readonly stack: string;
  /** Undefined when the program has no stack file at all. */
  readonly configFile?: string;
  /** What goes on top of the stack file. */
  readonly config: Readonly<Record<string, string>>;
  /** The stack file holds `secure:` values, which only their own passphrase opens. */
  readonly encrypted: boolean;
}

/**
 * Finds project and stack file; `known` are stacks that the stage holds already, which need no file. `given` is the
 * stack file of --config-file.
 */
export function findProgram(
  cwd: string,
  args: Arguments,
  known: (project: string) => readonly string[],
  given?: string,
): Program {
  const file = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].map((name) => join(cwd, name)).find(existsSync);
  if (!file) throw new Mistake(`There is no Pulumi.yaml in ${cwd}. --cwd names the folder of a Pulumi program.`);
  const project = read(file)["name"];
  if (typeof project !== "string" || project === "")
    throw new Mistake(`${file} has no \`name\`. Give the project one.`);

  const stack = args.stack ?? "dev";
  const files = readdirSync(cwd).flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? []);
  if (given !== undefined && !existsSync(given)) throw new Mistake(`--config-file ${given}: there is no such file.`);
  const configFile =
    given ?? [`Pulumi.${stack}.yaml`, `Pulumi.${stack}.yml`].map((name) => join(cwd, name)).find(existsSync);
  if (!configFile && files.length > 0 && !known(project).includes(stack))
    throw new Mistake(`There is no Pulumi.${stack}.yaml in ${cwd}. ${suggest(stack, files.sort())}`);

  const config = configFile ? read(configFile)["config"] : undefined;
  const settings = typeof config === "object" && config !== null ? (config as Record<string, unknown>) : {};
  return {
    cwd,
    project,
    stack,
    ...(configFile ? { configFile } : {}),
    config: { ...onTop(project, args.settings ?? []), ...place(project, settings, args) },
    encrypted: holdsSecret(settings),
  };
}

/** `key=value` of --config; a key without a namespace is the project's. */
const onTop = (project: string, settings: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    settings.map((text) => {
      const [key, value] = [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)];
      return [key.includes(":") ? key : `${project}:${key}`, value];
    }),
  );

/** `--cloud` and `--region` as settings; another cloud than the stack file's comes with its own usual region. */
function place(project: string, settings: Record<string, unknown>, args: Arguments): Record<string, string> {
  const [cloudKey, regionKey] = [`${project}:cloud`, `${project}:region`];
  const moved = args.cloud !== undefined && settings[cloudKey] !== args.cloud;
  const region = args.region ?? (moved && args.cloud ? regions[args.cloud] : undefined);
  return {
    ...(args.cloud === undefined ? {} : { [cloudKey]: args.cloud }),
    ...(region === undefined ? {} : { [regionKey]: region }),
  };
}

const holdsSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(holdsSecret));

function read(file: string): Record<string, unknown> {
  const content = readable(file);
  if (typeof content === "object" && content !== null && !Array.isArray(content))
    return content as Record<string, unknown>;
  throw new Mistake(`${file} holds no settings: a mapping of keys to values is expected.`);
}

/** As the engine reads it. */
function readable(file: string): unknown {
  try {
    return readYaml(file);
  } catch (error) {
    const { message } = error as Error;
    throw new Mistake(`${file} is not valid YAML: ${message.replace(`${file}: `, "").trim()}`);
  }
}
