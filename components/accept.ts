import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { kindOf, type Mistake, refuse, show } from "./mistake";
import { nearest } from "./nearest";

// What TypeScript says of a component's arguments, said again at run time: a program in JavaScript, a cast or a value
// that comes out of JSON gets here too, and is answered before anything is registered.

/** What every argument of a component must be: the compiler lists the missing ones. */
export type Kinds<Args> = { readonly [K in keyof Required<Args>]: z.ZodType };

/** Arguments that live on the site's own cloud, where a component takes them. */
const neighbours = ["network", "keys", "storage", "cluster", "database", "cache", "registry", "zone", "waf"] as const;

/**
 * The arguments without those that are undefined, which so take their defaults.
 * @throws pulumi.RunError with every argument that is missing, unknown, of another kind, or lives on another cloud than `site`
 */
export function accept<Args extends object>(component: string, name: string, args: Args, kinds: Kinds<Args>): Args {
  if (typeof name !== "string" || name === "")
    refuse(component, show(name), [{ field: "name", value: name, remedy: "the first argument names it: use text" }]);
  if (typeof args !== "object" || args === null || Array.isArray(args) || pulumi.Output.isInstance(args))
    refuse(component, name, [{ field: "args", value: args, remedy: "the second argument is a map of arguments" }]);
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as Args;
  const parsed = z.object(kinds).safeParse(given);
  const misshapen = (parsed.error?.issues ?? []).flatMap((issue) => mistakesOf(issue, given));
  refuse(component, name, [...misshapen, ...unknown(given, Object.keys(kinds)), ...strangers(given)]);
  return given;
}

/** Spreading a whole site or platform brings along components that are no arguments; a plain value is a misspelt one. */
function unknown(given: object, known: readonly string[]): Mistake[] {
  return Object.entries(given)
    .filter(([key, value]) => !known.includes(key) && !pulumi.Resource.isInstance(value) && isPlain(value))
    .map(([key, value]) => ({ field: key, value, remedy: noSuch(key, known) }));
}

const isPlain = (value: unknown): boolean => {
  if (typeof value !== "object" || value === null) return typeof value !== "function";
  return !pulumi.Output.isInstance(value) && !Object.values(value).some((inner) => pulumi.Resource.isInstance(inner));
};

function noSuch(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return meant
    ? `there is no such argument: did you mean ${meant}`
    : `there is no such argument: use ${known.join(", ")}`;
}

type Lodged = { readonly native?: { readonly cloud?: unknown } } | undefined;

function strangers(given: object): Mistake[] {
  const { site, ...rest } = given as { readonly site?: { readonly cloud?: unknown } } & Record<string, unknown>;
  const cloud = site?.cloud;
  if (typeof cloud !== "string") return [];
  return neighbours.flatMap((field) => {
    const other = (rest[field] as Lodged)?.native?.cloud;
    if (typeof other !== "string" || other === cloud) return [];
    const remedy = `it lives on ${other}: use a ${kindOf(rest[field])} on ${cloud}, the site's cloud`;
    return [{ field, value: rest[field], remedy }];
  });
}

/** What zod calls a kind, in words. */
const words: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

function mistakesOf(issue: z.core.$ZodIssue, root: unknown): Mistake[] {
  const field = pathOf(issue.path);
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], root);
  if (issue.code === "unrecognized_keys")
    return unknown(value as object, issue.message.split(", ")).map((one) => ({
      ...one,
      field: `${field}.${one.field}`,
    }));
  if (issue.code === "invalid_value") return [{ field, value, remedy: oneOf(value, issue.values.map(String)) }];
  if (issue.code === "custom") {
    const hidden = issue.params?.["hidden"] === true && value !== undefined;
    return [{ field, value: hidden ? notShown : value, remedy: issue.message }];
  }
  return [{ field, value, remedy: `use ${words["expected" in issue ? String(issue.expected) : ""] ?? issue.message}` }];
}

function oneOf(value: unknown, allowed: readonly string[]): string {
  const meant = typeof value === "string" ? nearest(value, allowed) : undefined;
  return `use one of ${allowed.join(", ")}${meant === undefined ? "" : `: did you mean "${meant}"`}`;
}

const notShown = Symbol("not shown");

const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index ? "." : ""}${String(key)}`)).join("");

/** A component of ours, by the end of its type token: `network:Network`. */
export const the = (token: string) => {
  const type = `trifold:${token}`;
  const isOne = (value: unknown) =>
    pulumi.Resource.isInstance(value) && (value as { readonly __pulumiType?: unknown }).__pulumiType === type;
  return z.custom(isOne, { error: `use a ${type.replace(/^.*:/, "")}` });
};

export const text = z.string();
export const flag = z.boolean();
/** Its bounds are the component's own to judge: `outside` (mistake.ts) says them. */
export const number = z.number();
export const choice = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values);
export const list = <T extends z.ZodType>(of: T) => z.array(of);
/** A map from names of the user's own. */
export const map = <T extends z.ZodType>(of: T) => z.record(z.string(), of);

/** A map of known keys; others are refused, with these to choose from. */
export const parts = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join(", ") : undefined),
  });

/** A value that may be known later; looked at where it is there already. */
export const input = <T extends z.ZodType>(of: T, wanted: string) =>
  z.custom((value) => pulumi.Output.isInstance(value) || value instanceof Promise || of.safeParse(value).success, {
    error: `use ${wanted}, or an Output of it`,
  });

/** An Output that holds a secret: what stands there instead is never shown. */
export const secret = z.custom((value) => pulumi.Output.isInstance(value), {
  error: "use an Output, made by pulumi.secret or config.requireSecret, so that it is encrypted in the state",
  params: { hidden: true },
});

/** Something that another component made, such as a store or a key: it says which cloud it lives on. */
export const made = (what: string) =>
  z.custom((value) => typeof (value as Lodged)?.native?.cloud === "string", { error: `use ${what}` });

/** A map that people put a secret in place of: text that stands there is never shown. */
export const hidden = <T extends z.ZodType>(of: T) =>
  z.custom((value) => typeof value !== "string", { error: "use a map", params: { hidden: true } }).pipe(of);
