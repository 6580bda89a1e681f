import { z } from "zod";
import { nearest } from "../components/nearest";
import { bare, fieldAt, type Shape } from "./fields";
import { type Problem, removeCommand, settingName } from "./problem";
import { remedyOf } from "./remedy";
import { type Layer, stackSchema } from "./vocabulary";

/** What a stack file says key by key: what can be read of it, and what is wrong with the rest. */
export interface Shaped {
  readonly settings: Layer;
  readonly problems: readonly Problem[];
}

/**
 * Holds a stack file against the schema. What is wrong is left out of the result, so that the rest can be judged too.
 * @param masked top-level keys whose values are secret and never shown
 */
export function shape(namespace: string, raw: Readonly<Record<string, unknown>>, masked: ReadonlySet<string>): Shaped {
  // A stack file without tags lacks what is needed in them.
  const whole = { ...raw, tags: raw["tags"] ?? {} };
  const strange = prototypeKeys(whole);
  const parsed = stackSchema.safeParse(whole);
  if (parsed.success && strange.length === 0) return { settings: parsed.data, problems: [] };
  const settings = structuredClone(whole);
  const found = new Map<string, Problem>();
  for (const path of strange) {
    const problem = unknownKey(namespace, path);
    found.set(problem.setting, problem);
    drop(settings, path);
  }
  for (const issue of parsed.error?.issues ?? []) {
    const places =
      issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [fieldPath(issue.path)];
    for (const path of places) {
      const value = masked.has(String(path[0])) ? undefined : valueAt(whole, path);
      const missing = valueAt(whole, path) === undefined;
      const problem =
        issue.code === "unrecognized_keys" ? unknownKey(namespace, path) : wrongValue(namespace, path, value, missing);
      found.set(problem.setting, problem);
      drop(settings, path);
    }
  }
  return { settings: settings as Layer, problems: [...found.values()] };
}

/** zod passes over this key in maps of any names; here it would hide what it holds from everything that follows. */
const prototypeKeys = (value: unknown): PropertyKey[][] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === "__proto__" ? [[key]] : prototypeKeys(inner).map((rest) => [key, ...rest]),
      );

const fieldPath = (path: readonly PropertyKey[]) => fieldAt(stackSchema, path).path;

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    root,
  );

/** Below the top level a map that lacks something needed says nothing: it goes as a whole. */
function drop(root: Record<string, unknown>, path: readonly PropertyKey[]): void {
  const above = path.slice(0, -1);
  const holder = valueAt(root, above);
  const last = path.at(-1);
  if (typeof holder !== "object" || holder === null || last === undefined) return;
  delete (holder as Record<PropertyKey, unknown>)[last];
  const { schema } = fieldAt(stackSchema, above);
  const key = schema instanceof z.ZodObject ? (schema.shape as Shape)[String(last)] : undefined;
  if (above.length > 1 && key && !(key instanceof z.ZodOptional)) drop(root, above);
}

function wrongValue(namespace: string, path: readonly PropertyKey[], value: unknown, missing: boolean): Problem {
  const { field } = fieldAt(stackSchema, path);
  const setting = settingName(path);
  const allowed = field?.allowed ?? "another kind of value";
  const meant = typeof value === "string" ? meantValue(setting, value, field?.words ?? []) : undefined;
  const wrong = missing ? `missing; set it to ${allowed}` : `use ${allowed}${meant ? `. ${meant.text}` : ""}`;
  const remedy = remedyOf(namespace, setting, meant?.value);
  return { setting, ...(value === undefined ? {} : { value }), wrong, remedy };
}

/** Other names of the clouds, and platforms that aren't one of them (ARC-09). */
const cloudAliases: ReadonlyMap<string, string> = new Map([
  ["amazon", "aws"],
  ["amazon-web-services", "aws"],
  ["google", "gcp"],
  ["gcloud", "gcp"],
  ["google-cloud", "gcp"],
  ["microsoft", "azure"],
  ["azure-native", "azure"],
]);
const otherPlatforms =
  /^(heroku|render|fly|fly\.io|railway|vercel|netlify|digitalocean|app-?engine|beanstalk|cloud-?foundry)$/i;

function meantValue(setting: string, value: string, words: readonly string[]) {
  if (setting === "cloud" && otherPlatforms.test(value))
    return {
      text: `Trifold doesn't deploy to ${value}: README.md, "Clouds", says what stands in its place`,
      value: "aws",
    };
  const alias = setting === "cloud" ? cloudAliases.get(value.toLowerCase()) : undefined;
  const meant = alias ?? nearest(value, words);
  return meant === undefined ? undefined : { text: `Did you mean "${meant}"?`, value: meant };
}

function unknownKey(namespace: string, path: readonly PropertyKey[]): Problem {
  const setting = settingName(path);
  const key = String(path.at(-1));
  const { schema } = fieldAt(stackSchema, path.slice(0, -1));
  const here = keysOf(schema);
  const prefix = settingName(path.slice(0, -1));
  const sibling = nearest(key, here);
  const meant = elsewhere(key) ?? (sibling && settingName([...path.slice(0, -1), sibling]));
  const known = `known ${prefix ? `in ${prefix}` : "here"} are ${here.join(", ")}`;
  const wrong = meant ? `no such setting; did you mean "${meant}"?` : `no such setting; ${known}`;
  return { setting, wrong, remedy: removeCommand(namespace, setting) };
}

const keysOf = (schema: z.core.$ZodType): string[] => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);

/** The setting of that name in another block: `database.retentionDays` -> `backup.retentionDays`. */
function elsewhere(key: string): string | undefined {
  const blocks = Object.entries(stackSchema.shape as Shape).map(
    ([name, schema]) => [name, keysOf(bare(schema))] as const,
  );
  const home = blocks.find(([, keys]) => keys.includes(key))?.[0];
  return home && `${home}.${key}`;
}
