// Pulumi's marks for secrets and unknown values, as they travel: sdk/nodejs/runtime/rpc.ts.
import { UNKNOWN, type Value } from "../rehearsal/clouds/row";

const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";
const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a component's outputs show in place of a secret, so that a test can tell one. */
export const SECRET = "[secret]";

/** A message's plain values: secrets unwrapped (or marked), unknowns as UNKNOWN, and which top-level properties were secret. */
export function reveal(message: object, secret: "unwrap" | "mark" = "unwrap"): { value: Value; secrets: string[] } {
  const secrets = new Set<string>();
  const walk = (value: unknown, top: string): Value => {
    if (value === unknownMark) return UNKNOWN;
    if (Array.isArray(value)) return value.map((element) => walk(element, top));
    if (typeof value !== "object" || value === null) return value as Value;
    const object = value as Record<string, unknown>;
    if (object[signature] === secretMark) {
      secrets.add(top);
      return secret === "mark" ? SECRET : walk(object["value"], top);
    }
    return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, walk(inner, top || key)]));
  };
  const value = Object.fromEntries(Object.entries(message).map(([key, inner]) => [key, walk(inner, key)]));
  return { value, secrets: [...secrets] };
}

/** The way back: named top-level properties become secrets, UNKNOWN its mark. */
export function hide(outputs: Readonly<Record<string, Value>>, secrets: readonly string[]): Record<string, unknown> {
  const walk = (value: Value): unknown => {
    if (value === UNKNOWN) return unknownMark;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner as Value)]));
  };
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        key,
        secrets.includes(key) ? { [signature]: secretMark, value: walk(value) } : walk(value),
      ]),
  );
}
