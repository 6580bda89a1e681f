// A policy pack's configuration: enforcement levels and properties a policy, from its schema, itself and a file.

import { readFileSync } from "node:fs";

export type Level = "advisory" | "mandatory" | "disabled" | "remediate";
/** In the order of the protocol's own numbers. */
export const levels: readonly Level[] = ["advisory", "mandatory", "disabled", "remediate"];

export interface PolicyConfig {
  readonly level: Level | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface PolicySchema {
  readonly name: string;
  readonly level: Level;
  readonly properties: Readonly<
    Record<string, { readonly default?: unknown; readonly type?: unknown; readonly enum?: unknown }>
  >;
  readonly required: readonly string[];
}

export function readPackConfig(path: string): Readonly<Record<string, PolicyConfig>> {
  const text = readFileSync(path, "utf8");
  if (text.trim() === "") return {};
  const given = JSON.parse(text) as Readonly<Record<string, unknown>>;
  if (given["environments"] !== undefined)
    throw new Error(`${path}: environments (ESC) are not supported by the built-in engine`);
  const level = (policy: string, value: unknown): Level => {
    const found = levels.find((l) => l === value);
    if (found === undefined) {
      throw new Error(
        `${path}: ${policy}: ${JSON.stringify(value)} is not a valid enforcement level; use ${levels.join(", ")}`,
      );
    }
    return found;
  };
  return Object.fromEntries(
    Object.entries(given).map(([policy, value]): [string, PolicyConfig] => {
      if (typeof value === "string") return [policy, { level: level(policy, value), properties: {} }];
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new Error(
          `${path}: ${policy}: ${JSON.stringify(value)} is not a valid value; must be a string or object`,
        );
      }
      const { enforcementLevel, ...properties } = value as Record<string, unknown>;
      return [
        policy,
        { level: enforcementLevel === undefined ? undefined : level(policy, enforcementLevel), properties },
      ];
    }),
  );
}

/** Defaults of the schema, then each layer over it; "all" is every policy's level. @throws on what the schema refuses */
export function reconcile(
  schemas: readonly PolicySchema[],
  layers: readonly Readonly<Record<string, PolicyConfig>>[],
  where: string,
): Readonly<Record<string, PolicyConfig>> {
  const result: Record<string, PolicyConfig> = {};
  for (const { name, level, properties } of schemas) {
    const defaults = Object.entries(properties).filter(([, schema]) => schema.default !== undefined);
    result[name] = { level, properties: Object.fromEntries(defaults.map(([key, schema]) => [key, schema.default])) };
  }
  for (const layer of layers) {
    const all = layer["all"]?.level;
    if (all !== undefined)
      for (const name of Object.keys(result)) result[name] = { properties: {}, ...result[name], level: all };
    for (const [policy, given] of Object.entries(layer)) {
      const was = result[policy];
      if (policy === "all" && was === undefined) continue;
      result[policy] = {
        level: given.level ?? was?.level,
        properties: { ...was?.properties, ...given.properties },
      };
    }
  }
  const refused = schemas.flatMap(({ name, properties, required }) => {
    const given = result[name]?.properties ?? {};
    const missing = required.filter((key) => given[key] === undefined).map((key) => `${name}: ${key} is required`);
    const wrong = Object.entries(properties)
      .filter(([key, schema]) => given[key] !== undefined && !fits(schema, given[key]))
      .map(
        ([key, schema]) =>
          `${name}: ${key}: Invalid type. Expected: ${String(schema.type ?? schema.enum)}, given: ${typeof given[key]}`,
      );
    return [...missing, ...wrong];
  });
  if (refused.length > 0) throw new Error(`validating policy config for ${where}: ${refused.sort().join("; ")}`);
  return result;
}

function fits(schema: { readonly type?: unknown; readonly enum?: unknown }, value: unknown): boolean {
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false;
  switch (schema.type) {
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "string":
    case "number":
    case "boolean":
      return typeof value === schema.type;
    default:
      return true;
  }
}
