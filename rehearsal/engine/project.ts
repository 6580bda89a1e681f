// Pulumi.yaml: what to run, and how.

import { existsSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { readYaml } from "./yaml";

export interface RuntimeOptions {
  readonly typescript: boolean;
  readonly tsconfig: string;
  /** Split as a shell would. */
  readonly nodeargs: readonly string[];
}

export interface ConfigType {
  readonly type?: string;
  readonly items?: ConfigType;
  readonly default?: unknown;
  readonly value?: unknown;
  readonly secret?: boolean;
}

export interface Project {
  readonly name: string;
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  /** Folder that the program runs in, and what to run in it. */
  readonly pwd: string;
  readonly entry: string;
  readonly runtime: RuntimeOptions;
  /** The `config:` block: declared keys by name. */
  readonly config: Readonly<Record<string, ConfigType>>;
  /** Whether a preview, an up and a destroy refresh the state first. */
  readonly refresh?: boolean;
}

interface ProjectFile {
  readonly name?: string;
  readonly main?: string;
  readonly runtime?: string | { readonly name?: string; readonly options?: Readonly<Record<string, unknown>> };
  readonly config?: Readonly<Record<string, unknown>>;
  readonly options?: { readonly refresh?: unknown };
}

export function readProject(cwd: string): Project {
  const root = resolve(cwd);
  const path = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(root, name)).find(existsSync);
  if (path === undefined) throw new Error(`${root}: no Pulumi.yaml here; name the folder of a Pulumi program`);
  const file = readYaml<ProjectFile>(path);
  if (typeof file.name !== "string" || file.name === "") throw new Error(`${path}: name is missing`);
  const config = Object.entries(file.config ?? {}).map(([key, given]): [string, ConfigType] => [
    key,
    typeof given === "object" && given !== null && !Array.isArray(given) ? (given as ConfigType) : { value: given },
  ]);
  return {
    name: file.name,
    root,
    ...entryOf(path, root, file.main),
    runtime: runtimeOf(path, file.runtime),
    config: Object.fromEntries(config),
    ...(file.options?.refresh === "always" ? { refresh: true } : {}),
  };
}

function entryOf(path: string, root: string, main: string | undefined): { pwd: string; entry: string } {
  if (!main) return { pwd: root, entry: "." };
  if (isAbsolute(main)) throw new Error(`${path}: project 'main' must be a relative path`);
  const full = resolve(root, main);
  if (!full.startsWith(root)) throw new Error(`${path}: project 'main' must be a subfolder`);
  if (!existsSync(full)) throw new Error(`${path}: project 'main' could not be read: ${full} does not exist`);
  return statSync(full).isDirectory() ? { pwd: full, entry: "." } : { pwd: dirname(full), entry: basename(full) };
}

export function runtimeOf(path: string, runtime: ProjectFile["runtime"]): RuntimeOptions {
  const name = typeof runtime === "string" ? runtime : runtime?.name;
  if (name !== "nodejs") {
    throw new Error(
      `${path}: runtime "${name ?? ""}" is not supported by the built-in engine, which runs nodejs; use the pulumi CLI`,
    );
  }
  const options = typeof runtime === "string" ? {} : (runtime?.options ?? {});
  const text = (key: string): string => {
    const value = options[key] ?? "";
    if (typeof value !== "string") throw new Error(`${path}: runtime option ${key} must be a string`);
    return value;
  };
  const typescript = options["typescript"] ?? true;
  if (typeof typescript !== "boolean") throw new Error(`${path}: runtime option typescript must be a boolean`);
  return { typescript, tsconfig: text("tsconfig"), nodeargs: splitWords(text("nodeargs")) };
}

/** Words of a command line: blanks separate, quotes and backslashes hold together. */
export function splitWords(text: string): string[] {
  const words = text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
      (_, double, single, escaped) => escaped ?? single ?? String(double).replace(/\\(.)/g, "$1"),
    ),
  );
}
