// Names and random text that come out the same whenever the same program runs.
import { createHmac } from "node:crypto";
import type { Row, Value } from "./row";
import { HEX } from "./shapes";

export type AutoName = NonNullable<Row["autoName"]>;
export type Random = (label: string, length: number, alphabet?: string) => string;

/** Terraform-based providers: `-` and 7 hex digits. */
const RANDOM = 7;
const SEPARATOR = "-";

/** Random text from (URN, generation, label): a replacement differs, a repetition doesn't. `salt`: the account's own. */
export const randomOf =
  (urn: string, generation: number, salt: string): Random =>
  (label, length, alphabet = HEX) => {
    // Bytes past the last whole multiple of the alphabet are dropped, or its first letters would come up more often.
    const limit = 256 - (256 % alphabet.length);
    const key = label.startsWith("secret:") ? `${salt}\0${urn}` : urn;
    let made = "";
    for (let block = 0; made.length < length; block++) {
      const bytes = createHmac("sha256", key).update(`${generation}\0${label}\0${block}`).digest();
      for (const byte of bytes) if (byte < limit && made.length < length) made += alphabet[byte % alphabet.length];
    }
    return made;
  };

/** What the program may say of automatic names (`pulumi:autonaming`), as the engine passes it on. */
export interface Autonaming {
  readonly proposed: string;
  readonly mode: "propose" | "enforce" | "disable";
}

/** The physical name of what the program leaves unnamed; undefined where the program forbids such names. */
export function autoName(rule: AutoName, logical: string, random: Random, asked?: Autonaming): string | undefined {
  if (asked?.mode === "disable") return undefined;
  if (asked?.mode === "enforce") return asked.proposed;
  const count = rule.random ?? RANDOM;
  const tail = asked === undefined && count > 0 ? (rule.separator ?? SEPARATOR) + random("autoName", count) : "";
  let stem = asked?.proposed ?? logical;
  if (rule.lower) stem = stem.toLowerCase();
  if (rule.alphabet !== undefined) stem = keep(stem, rule.alphabet);
  return stem.slice(0, rule.max - tail.length) + tail;
}

/** The alphabet is either a list of characters or the inside of a character class: `a-z0-9`. */
function keep(text: string, alphabet: string): string {
  const inside = alphabet.replace(/^\[|\]$/g, "").replace(/[\\\]]/g, "\\$&");
  return text.replace(new RegExp(`[^${inside}]`, "g"), "");
}

/** Whether a name is one that `autoName` made. */
export function autoNamed(rule: AutoName, name: Value | undefined): boolean {
  const count = rule.random ?? RANDOM;
  if (typeof name !== "string" || count === 0) return false;
  const tail = name.slice(-count);
  return /^[0-9a-f]+$/.test(tail) && name.slice(0, -count).endsWith(rule.separator ?? SEPARATOR);
}
