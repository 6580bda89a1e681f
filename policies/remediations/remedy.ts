// What a rule may put right by itself. Additive only: what nobody has set is set, in place; what somebody has set, a
// secret or an unknown value stays as it is, and the violation with it.
import { isUnknown } from "../read";
import type { Platform, Props } from "../rule";

/**
 * A property path and the value that it gets where it has none; `[]` stands for every element of a list. A list of named
 * elements adds those whose name isn't there.
 */
export type Addition = readonly [path: string | readonly string[], value: unknown];
export type Additions = readonly Addition[] | ((props: Props) => readonly Addition[]);
/** By rule, platform and types in their short form: `"rds.Instance, rds.Cluster"`. */
export type Remediations = Readonly<
  Record<string, Readonly<Partial<Record<Platform, Readonly<Record<string, Additions>>>>>>
>;

/** How a tree marks its secrets and unknown values. */
export interface Marks {
  /** The marker object around a secret's `value`; undefined where there is none. */
  readonly inside: (value: unknown) => Readonly<Record<string, unknown>> | undefined;
  readonly isOpen: (value: unknown) => boolean;
}

export const plain: Marks = { inside: () => undefined, isOpen: isUnknown };

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);
const isUnset = (value: unknown) => value === undefined || value === null;

/** Adds what is missing to `root`, the very object. @returns whether anything was added */
export function add(root: Tree, [path, value]: Addition, marks: Marks = plain): boolean {
  return at(root, typeof path === "string" ? path.split(".") : path, value, marks);
}

function at(tree: Tree, [step = "", ...rest]: readonly string[], value: unknown, marks: Marks): boolean {
  const key = step.replace(/\[\]$/, "");
  if (marks.isOpen(tree[key])) return false;
  // additions go inside a secret's marker, which stays round it
  const held = isDefault(tree, key) ? undefined : (marks.inside(tree[key])?.["value"] ?? tree[key]);
  if (marks.isOpen(held)) return false;
  if (key !== step)
    return Array.isArray(held) && held.map((one) => isTree(one) && at(one, rest, value, marks)).includes(true);
  if (rest.length === 0) {
    if (!isUnset(held)) return append(held, value, marks);
    set(tree, key, structuredClone(value));
    return true;
  }
  if (isTree(held)) return at(held, rest, value, marks);
  if (!isUnset(held)) return false;
  const made: Tree = {};
  if (!at(made, rest, value, marks)) return false;
  set(tree, key, made);
  return true;
}

/** Bridged providers (AWS, Google Cloud) fill in their defaults before a policy sees the inputs, and list them here. */
const defaults = "__defaults";
const listed = (tree: Tree): readonly unknown[] => (Array.isArray(tree[defaults]) ? tree[defaults] : []);
const isDefault = (tree: Tree, key: string) => listed(tree).includes(key);

function set(tree: Tree, key: string, value: unknown): void {
  if (isDefault(tree, key)) tree[defaults] = listed(tree).filter((one) => one !== key);
  tree[key] = value;
}

/** Named elements that a list doesn't have; one that may have any name, because it isn't known, keeps them out. */
function append(held: unknown, value: unknown, marks: Marks): boolean {
  if (!Array.isArray(held) || !Array.isArray(value)) return false;
  if (held.some((one) => !isTree(one) || marks.isOpen(one["name"]))) return false;
  const names = new Set(held.map((one: Tree) => one["name"]));
  const missing = value.filter((one) => isTree(one) && one["name"] !== undefined && !names.has(one["name"]));
  held.push(...structuredClone(missing));
  return missing.length > 0;
}
