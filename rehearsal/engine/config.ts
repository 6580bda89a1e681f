// Pulumi.<stack>.yaml: a stack's configuration, decrypted and completed by the project's defaults.

import { existsSync } from "node:fs";
import type { Json } from "./checkpoint";
import type { ConfigType, Project } from "./project";
import type { Crypter } from "./secrets";
import { readYaml } from "./yaml";

export interface ConfigValue {
  /** Objects and lists as JSON. */
  readonly text: string;
  readonly secret: boolean;
  readonly object: boolean;
  /** As events show it: what is encrypted in the file reads `[secret]`. */
  readonly shown: string;
  /** What is encrypted in the file, each text by itself. */
  readonly secrets: readonly string[];
}

/** By full key (`project:name`), sorted. */
export type Config = ReadonlyMap<string, ConfigValue>;

interface StackFile {
  readonly encryptionsalt?: string;
  readonly secretsprovider?: string;
  readonly environment?: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface StackConfig {
  readonly salt: string | undefined;
  readonly encrypted: boolean;
  /** As the stack's history keeps it: what is encrypted stays so. */
  readonly recorded: Readonly<Record<string, Json>>;
  /** @throws on a value that can't be decrypted or isn't of its declared type */
  open(crypter: Crypter | undefined): Config;
}

export function readStackConfig(
  project: Project,
  stack: string,
  path: string,
  extra: Readonly<Record<string, string>>,
): StackConfig {
  const file = existsSync(path) ? readYaml<StackFile>(path) : {};
  if (file.secretsprovider && !["default", "passphrase"].includes(file.secretsprovider)) {
    throw new Error(
      `${path}: secretsprovider "${file.secretsprovider}" is not supported by the built-in engine, which knows passphrase`,
    );
  }
  if (typeof file !== "object" || Array.isArray(file))
    throw new Error(`${path}: it is no mapping; write config: and below it keys and their values`);
  if (!nothing(file.environment)) {
    throw new Error(`${path}: environment (ESC) is not supported by the built-in engine; use the pulumi CLI`);
  }
  const given: unknown = file.config ?? {};
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new Error(`${path}: config is no mapping; write keys and their values below it`);
  const raw = Object.entries(given as object).map(
    ([key, value]) => [fullKey(project, key, path), exact(value)] as const,
  );
  return {
    salt: file.encryptionsalt,
    encrypted: raw.some(([, value]) => hasSecure(value)),
    recorded: Object.fromEntries(
      [...raw, ...Object.entries(extra).map(([key, text]) => [fullKey(project, key), text] as const)].map(
        ([key, value]) => [key, typeof value === "object" && value !== null ? (value as Json) : scalar(value)],
      ),
    ),
    open(crypter) {
      const values = new Map(raw.map(([key, value]) => [key, toValue(value, path, key, crypter)]));
      for (const [key, text] of Object.entries(extra)) {
        values.set(fullKey(project, key), plain(text));
      }
      complete(project, stack, values);
      return new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

/** A whole number by itself keeps all its digits; inside of a map it is JSON's. */
const exact = (value: unknown): unknown =>
  typeof value === "object" && value !== null
    ? (JSON.parse(
        JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part)),
      ) as unknown)
    : value;

const nothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** `name`, `project:name`, and `project:config:name` as old stack files have it. */
function fullKey(project: Project, key: string, where = "command line"): string {
  const parts = key.split(":");
  if (parts.length === 1) return `${project.name}:${key}`;
  if (parts.length === 3 && parts[1] === "config") return `${parts[0]}:${parts[2]}`;
  if (parts.length === 2) return key;
  throw new Error(`${where}: "${key}" is no key of a setting: write <namespace>:<name>, as in ${project.name}:region`);
}

const isSecure = (value: unknown): value is { secure: string } =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length === 1 &&
  typeof (value as { secure?: unknown }).secure === "string";

const hasSecure = (value: unknown): boolean =>
  isSecure(value) || (typeof value === "object" && value !== null && Object.values(value).some(hasSecure));

function toValue(value: unknown, path: string, key: string, crypter: Crypter | undefined): ConfigValue {
  const open = (secure: string): string => {
    if (crypter === undefined) throw new Error(`${path}: ${key} is encrypted: set PULUMI_CONFIG_PASSPHRASE`);
    return crypter.decrypt(secure);
  };
  if (isSecure(value)) {
    const text = open(value.secure);
    return { text, secret: true, object: false, shown: "[secret]", secrets: [text] };
  }
  if (typeof value !== "object" || value === null) return plain(scalar(value));
  const secrets: string[] = [];
  const text = objectText(value, (secure) => {
    const opened = open(secure);
    secrets.push(opened);
    return opened;
  });
  const shown = objectText(value, () => "[secret]");
  return { text, secret: hasSecure(value), object: true, shown, secrets };
}

const scalar = (value: unknown): string => (value === null ? "" : String(value as string | number | boolean));

const plain = (text: string): ConfigValue => ({ text, secret: false, object: false, shown: text, secrets: [] });

/** As JSON, keys sorted, with what `open` makes of what is encrypted. */
function objectText(value: object, open: (secure: string) => string): string {
  const opened = (part: unknown): unknown => {
    if (isSecure(part)) return open(part.secure);
    if (Array.isArray(part)) return part.map(opened);
    if (typeof part !== "object" || part === null) return part;
    const entries = Object.entries(part).map(([k, v]): [string, unknown] => [k, opened(v)]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return asGo(JSON.stringify(opened(value)));
}

/** Go's JSON writes these as \\u escapes. */
const asGo = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);

function complete(project: Project, stack: string, values: Map<string, ConfigValue>): void {
  const missing: string[] = [];
  for (const [name, declared] of Object.entries(project.config).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const key = fullKey(project, name);
    const found = values.get(key);
    const fallback = declared.default ?? declared.value;
    if (found === undefined) {
      if (fallback !== undefined) values.set(key, toValue(fallback, "Pulumi.yaml", key, undefined));
      else if (key.startsWith(`${project.name}:`)) missing.push(name);
      continue;
    }
    if (declared.secret && !found.secret) {
      throw new Error(`Stack '${stack}' with configuration key '${name}' must be encrypted as it's secret`);
    }
    if (declared.type !== undefined && !fits(declared, found.object ? JSON.parse(found.text) : found.text)) {
      throw new Error(`Stack '${stack}' with configuration key '${name}' must be of type '${typeName(declared)}'`);
    }
  }
  if (missing.length > 0) {
    const names = missing.map((name) => `'${name}'`);
    const last = names.pop() ?? "";
    const list = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
    throw new Error(`Stack '${stack}' is missing configuration ${names.length === 0 ? "value" : "values"} ${list}`);
  }
}

function fits(declared: ConfigType, value: unknown): boolean {
  switch (declared.type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return typeof value === "number" ? Number.isInteger(value) : /^[-+]?\d+$/.test(String(value));
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "array":
      return (
        Array.isArray(value) && (declared.items === undefined || value.every((v) => fits(declared.items ?? {}, v)))
      );
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      throw new Error(
        `Pulumi.yaml: config type "${declared.type ?? ""}" is none of string, integer, boolean, array, object`,
      );
  }
}

const typeName = (declared: ConfigType): string =>
  declared.type === "array" && declared.items ? `array<${typeName(declared.items)}>` : (declared.type ?? "");

/** As the SDKs read it from their environment. */
export const configVariables = (config: Config): { PULUMI_CONFIG: string; PULUMI_CONFIG_SECRET_KEYS: string } => ({
  PULUMI_CONFIG: JSON.stringify(
    Object.fromEntries([...config].map(([key, { text }]) => [key.replace(":", ":config:"), text])),
  ),
  PULUMI_CONFIG_SECRET_KEYS: JSON.stringify([...config].filter(([, { secret }]) => secret).map(([key]) => key)),
});

/** A package's own settings (`aws:region`), as its default provider is given them. */
export const packageConfig = (config: Config, pkg: string): [string, ConfigValue][] =>
  [...config].filter(([key]) => key.startsWith(`${pkg}:`)).map(([key, value]) => [key.slice(pkg.length + 1), value]);
