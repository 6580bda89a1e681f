// Property paths as users write them in ignoreChanges and replaceOnChanges: a.b[0], tags["x.y"], rules[*].port, *.

import { isArray, isObject, type PropertyMap, Secret, type Value } from "./values";

export type PropertyPath = readonly (string | number)[];

export function parsePath(text: string): PropertyPath {
  const path: (string | number)[] = [];
  let rest = text;
  const wrong = () => new Error(`"${text}" is not a property path`);
  while (rest !== "") {
    if (rest.startsWith(".")) {
      rest = rest.slice(1);
      if (rest === "" || rest.startsWith(".")) throw wrong();
    } else if (rest.startsWith("[")) {
      const quoted = /^\["((?:[^"\\]|\\.)*)"\]/.exec(rest);
      const index = /^\[(\d+|\*)\]/.exec(rest);
      if (quoted) {
        path.push((quoted[1] ?? "").replace(/\\(["\\])/g, "$1"));
        rest = rest.slice(quoted[0].length);
      } else if (index) {
        path.push(index[1] === "*" ? "*" : Number(index[1]));
        rest = rest.slice(index[0].length);
      } else throw wrong();
    } else {
      const name = /^[^.[]+/.exec(rest)?.[0] ?? "";
      path.push(name);
      rest = rest.slice(name.length);
    }
  }
  return path;
}

/** A path as the CLI writes it. */
export const formatPath = (path: PropertyPath): string =>
  path
    .map((key, i) => {
      if (typeof key === "number") return `[${key}]`;
      return /^\w+$/.test(key) ? `${i === 0 ? "" : "."}${key}` : `["${key.replaceAll('"', '\\"')}"]`;
    })
    .join("");

/** Whether a change at `other` lies at or under `path`. */
export function contains(path: PropertyPath, other: PropertyPath): boolean {
  return path.length <= other.length && path.every((part, i) => part === "*" || part === other[i]);
}

/** A deep copy whose objects and arrays may be written to. */
function copy(value: Value): Value {
  if (isArray(value)) return value.map(copy);
  if (value instanceof Secret) return new Secret(copy(value.element));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, copy(v)]));
  return value;
}

/**
 * `inputs` with what lies at each path put back to what it was in `old`.
 * Paths that lead through an added or removed element can't be put back and are returned.
 */
export function resetPaths(
  inputs: PropertyMap,
  old: PropertyMap,
  paths: readonly string[],
): { readonly inputs: PropertyMap; readonly invalid: readonly string[] } {
  if (paths.length === 0) return { inputs, invalid: [] };
  const result = copy(inputs) as PropertyMap;
  const invalid = paths.filter((text) => {
    let path: PropertyPath;
    try {
      path = parsePath(text);
    } catch {
      return false; // as the CLI: what isn't a path is passed over
    }
    return !reset(path, old, result, false, false);
  });
  return { inputs: result, invalid };
}

type Writable = Record<string, Value>;

function reset(path: PropertyPath, oldValue: Value, newValue: Value, oldSecret: boolean, newSecret: boolean): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return false;
  const old = oldValue instanceof Secret ? oldValue.element : oldValue;
  const now = newValue instanceof Secret ? newValue.element : newValue;
  const wasSecret = oldSecret || oldValue instanceof Secret;
  const isSecret = newSecret || newValue instanceof Secret;
  const back = (value: Value): Value =>
    wasSecret && !isSecret && !(value instanceof Secret) ? new Secret(value) : value;
  if (key === "*") return resetAll(rest, old, now, wasSecret, isSecret, back);
  if (typeof key === "number") {
    if (!isArray(old) || !isArray(now)) return !isArray(old) && !isArray(now);
    if (rest.length === 0) {
      if (key >= old.length && key >= now.length) return true;
      if (key >= old.length || key >= now.length) return false;
      (now as Value[])[key] = back(old[key] ?? null);
      return true;
    }
    if (key >= old.length || key >= now.length) return false;
    return reset(rest, old[key] ?? null, now[key] ?? null, wasSecret, isSecret);
  }
  if (rest.length === 0) {
    const value = isObject(old) ? old[key] : undefined;
    if (value !== undefined) {
      if (!isObject(now)) return false;
      (now as Writable)[key] = back(value);
    } else if (isObject(now)) delete (now as Writable)[key];
    return true;
  }
  if (!isObject(old) || !isObject(now)) return !isObject(old) && !isObject(now);
  const [oldInner, newInner] = [old[key], now[key]];
  if (newInner === undefined) return oldInner === undefined;
  return reset(rest, oldInner ?? null, newInner, wasSecret, isSecret);
}

function resetAll(
  rest: PropertyPath,
  old: Value,
  now: Value,
  wasSecret: boolean,
  isSecret: boolean,
  back: (value: Value) => Value,
): boolean {
  if (isObject(now)) {
    if (!isObject(old)) return rest.length === 0;
    if (rest.length === 0) {
      for (const key of Object.keys(now)) if (!(key in old)) delete (now as Writable)[key];
      for (const [key, value] of Object.entries(old)) (now as Writable)[key] = back(value);
      return true;
    }
    return Object.entries(old).every(([key, value]) => {
      const inner = now[key];
      return inner !== undefined && reset(rest, value, inner, wasSecret, isSecret);
    });
  }
  if (isArray(now)) {
    if (!isArray(old)) return rest.length === 0;
    const both = Math.min(old.length, now.length);
    for (let i = 0; i < both; i++) {
      const value = old[i] ?? null;
      if (rest.length === 0) (now as Value[])[i] = back(value);
      else if (!reset(rest, value, now[i] ?? null, wasSecret, isSecret)) return false;
    }
    return old.length === now.length;
  }
  return false;
}
