// What goes back: inputs mirrored, what the row computes, and every secret still a secret.
import { matches, type Path } from "./paths";
import { type Props, type Row, UNKNOWN, type Value } from "./row";
import { isKnown, isObject, same } from "./values";
import {
  decode,
  decodeProps,
  encode,
  encodeProps,
  holdsSecret,
  isMap,
  isSecret,
  open,
  type Raw,
  type RawProps,
  secret,
  secretTexts,
} from "./wire";

/** Shorter secrets are told by where they stand alone: "true" or "10" is in many places by chance. */
export const TELLING = 6;

/** Outputs of what exists: the row's own on top of the mirrored inputs. What was secret before an update stays it. */
export function outputsOf(row: Row, inputs: RawProps, computed: Props, old: RawProps = {}): RawProps {
  const raw = mirrored(row, inputs);
  for (const [key, value] of Object.entries<Value | undefined>(computed))
    if (value === undefined) delete raw[key];
    else raw[key] = likeInput(encode(value), inputs[key] ?? old[key]);
  return guarded(row, raw, inputs);
}

const mirrored = (row: Row, inputs: RawProps): RawProps =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => !row.writeOnly?.includes(key)));

/** Marks as secret what stands where the input was secret. */
function likeInput(out: Raw, input: Raw | undefined): Raw {
  if (input === undefined || !holdsSecret(input)) return out;
  if (isSecret(input)) return secret(out);
  if (Array.isArray(out) && Array.isArray(input) && out.length === input.length)
    return out.map((element, index) => likeInput(element, input[index]));
  if (isMap(out) && isMap(input))
    return Object.fromEntries(Object.entries(out).map(([key, value]) => [key, likeInput(value, input[key])]));
  return secret(out);
}

/** Marks what holds a secret's text wherever it stands, and what the row says is secret. */
function guarded(row: Row, raw: RawProps, inputs: RawProps): RawProps {
  const texts = [...new Set(secretTexts(inputs))].filter((text) => text.length >= TELLING);
  const patterns = row.secrets ?? [];
  const walk = (value: Raw, path: Path): Raw => {
    if (isSecret(value) || value === null) return value;
    if (patterns.some((pattern) => matches(pattern, path))) return secret(value);
    if (typeof value === "string") return texts.some((text) => value.includes(text)) ? secret(value) : value;
    if (Array.isArray(value)) return value.map((element, index) => walk(element, [...path, index]));
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, walk(child, [...path, key])]));
  };
  return without(row.writeOnly ?? [], walk(raw, []) as RawProps);
}

const nested = (paths: readonly string[] = []): readonly string[] => paths.filter((path) => path.includes("."));

/** Leaves out nested write-only values. */
function without(patterns: readonly string[], raw: RawProps): RawProps {
  const deep = nested(patterns);
  if (deep.length === 0) return raw;
  const walk = (value: Raw, path: Path): Raw => {
    const inner = open(value);
    if (Array.isArray(inner))
      return rewrap(
        value,
        inner.map((element, index) => walk(element, [...path, index])),
      );
    if (!isMap(inner)) return value;
    const kept = Object.entries(inner).filter(([key]) => !deep.some((pattern) => matches(pattern, [...path, key])));
    return rewrap(value, Object.fromEntries(kept.map(([key, child]) => [key, walk(child, [...path, key])])));
  };
  return walk(raw, []) as RawProps;
}

const rewrap = (before: Raw, after: Raw): Raw => (isSecret(before) ? secret(after) : after);

/** Preview of a create: inputs are known, what the row makes isn't, save where it only fills up what was given. */
export function previewCreate(row: Row, inputs: RawProps, computed: Props | undefined): RawProps {
  const shown: Record<string, Value> = {};
  for (const [key, value] of Object.entries(computed ?? {})) shown[key] = foreseen(decode(inputs[key] ?? null), value);
  for (const path of row.secrets ?? []) if (!path.includes(".")) shown[path] ??= UNKNOWN;
  return outputsOf(row, inputs, shown);
}

function foreseen(input: Value, computed: Value | undefined): Value {
  if (input === null || input === undefined) return UNKNOWN;
  if (!isObject(input) || !isObject(computed)) return input;
  const keys = new Set([...Object.keys(computed), ...Object.keys(input)]);
  return Object.fromEntries([...keys].map((key) => [key, foreseen(input[key] ?? null, computed[key])]));
}

/**
 * Preview of an update: what was, inputs as they will be, and of the row's own what follows from the inputs alone.
 * `first` and `second` are the row's outputs at two different times: where they differ, only the act will tell.
 */
export function previewUpdate(
  row: Row,
  inputs: RawProps,
  old: RawProps,
  first: Props | undefined,
  second: Props | undefined,
): RawProps {
  if (row.stable !== undefined) {
    const kept = row.stable.filter((key) => old[key] !== undefined).map((key) => [key, old[key]!] as const);
    return { ...previewCreate(row, inputs, { ...decodeProps(old), ...first }), ...Object.fromEntries(kept) };
  }
  const shown: Record<string, Value> = {};
  for (const [key, value] of Object.entries<Value | undefined>(first ?? {})) {
    const before = old[key] === undefined ? undefined : decode(old[key]);
    if (value === undefined) continue;
    if (row.volatile?.includes(key) || !same(value, second?.[key]) || !isKnown(value)) shown[key] = UNKNOWN;
    else shown[key] = before !== undefined && same(before, value) ? before : value;
  }
  for (const key of row.volatile ?? []) shown[key] = UNKNOWN;
  const raw = outputsOf(row, inputs, shown, old);
  // Without the row's word (it couldn't work on unknowns) what it made stays as it was.
  if (first === undefined) for (const key of Object.keys(old)) if (raw[key] === undefined) raw[key] = old[key]!;
  return raw;
}

/** For a data source: the whole of a top-level result that the function says is secret. */
export function markSecrets(props: Props, secrets: readonly string[] = []): RawProps {
  const raw = encodeProps(props);
  for (const key of secrets) if (raw[key] !== undefined) raw[key] = secret(raw[key]);
  return raw;
}

/** Any other time: what a row says at both is not made of the time. */
export const ANOTHER_TIME = "2001-02-03T04:05:06Z";

/** A preview's outputs, where the row can say them without knowing everything. */
export function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
