import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type { NamingRule } from "./rule";

/** See rule.ts; aws.ts, azure.ts and gcp.ts hold one row a named type. */
export type { NamingRule };

/** Characters of the hash: 36^6 is two thousand million names. */
const hashLength = 6;
const hashLetters = [..."abcdefghijklmnopqrstuvwxyz0123456789"];

/**
 * The physical name of something: the parts joined, in the rule's alphabet and case, the same for the same parts always.
 * A hash of the parts (and of `unique`) ends it where the name would be too long, too short or not one to one, and
 * always where the scope is `global`.
 * @param unique what makes a global name ours: account id, subscription id, project id
 * @throws pulumi.RunError with the parts and the rule, where no valid name can be made of them
 */
export function physicalName(rule: NamingRule, parts: readonly string[], unique?: string): string {
  const separator = separatorOf(rule);
  const source = parts.join("-");
  if (rule.scope === "global" && !unique)
    throw refusal(rule, source, "is unique in the world, so it needs the account's key as well");
  const { name, lossy } = adapt(rule, parts.filter(Boolean).join(separator));
  const hashed = rule.scope === "global" || lossy || name.length > rule.max || name.length < (rule.min ?? 1);
  const whole = hashed ? withHash(rule, name, digest(rule, [unique ?? "", ...parts])) : name;
  const wrong = breach(rule, whole);
  if (wrong) throw refusal(rule, source, wrong);
  return whole;
}

/**
 * A name that a user chose is taken as it is or refused; it is never changed.
 * @param what the argument or setting that holds it
 */
export function checkName(rule: NamingRule, name: string, what: string): string {
  const wrong = nameMistake(rule, name);
  if (wrong) throw new pulumi.RunError(`${what} is "${name}": ${wrong}.`);
  return name;
}

/** What is wrong with a chosen name, as the end of a sentence; undefined when nothing is. */
export function nameMistake(rule: NamingRule, name: string): string | undefined {
  const wrong = breach(rule, name);
  return wrong && `it ${wrong} (${rule.source})`;
}

const separatorOf = (rule: NamingRule) => {
  const separator = rule.separator ?? "-";
  return matches(rule.alphabet, separator) ? separator : "";
};

const matches = (alphabet: string, character: string) => new RegExp(`^[${alphabet}]$`, "u").test(character);

const firstOf = (rule: NamingRule) => rule.first ?? withoutMarks(rule.alphabet);
const lastOf = (rule: NamingRule) => rule.last ?? withoutMarks(rule.alphabet);
/** Letters and digits of an alphabet, which is the inside of a regular expression's class. */
const withoutMarks = (alphabet: string) =>
  ["a-z", "A-Z", "0-9"].filter((range) => matches(alphabet, range.slice(0, 1))).join("");

/** The text in the rule's case and alphabet. Lossy: another text could have given the same. */
function adapt(rule: NamingRule, text: string): { name: string; lossy: boolean } {
  const separator = separatorOf(rule);
  const cased = matches(rule.alphabet, "A") ? text : text.toLowerCase();
  const upper = matches(rule.alphabet, "a") ? cased : cased.toUpperCase();
  let lossy = cased.length !== text.length;
  const mapped = [...upper].map((character) => {
    if (matches(rule.alphabet, character)) return character;
    // A mark gives way to the rule's own mark; anything else that goes makes the name ambiguous.
    if (!/[-_./\s]/.test(character)) lossy = true;
    return separator;
  });
  const trimmed = mapped.join("").replace(/([-_./])\1+/g, "$1");
  return { name: trimEnd(rule, trimStart(rule, trimmed)), lossy };
}

/** Marks that may not begin or end a name go; letters and digits stay, since they carry meaning. */
function trimStart(rule: NamingRule, name: string): string {
  const [head, ...rest] = name;
  return head !== undefined && /[-_./]/.test(head) && !matches(firstOf(rule), head)
    ? trimStart(rule, rest.join(""))
    : name;
}

function trimEnd(rule: NamingRule, name: string): string {
  const tail = name.at(-1);
  return tail !== undefined && /[-_./]/.test(tail) && !matches(lastOf(rule), tail)
    ? trimEnd(rule, name.slice(0, -1))
    : name;
}

function withHash(rule: NamingRule, name: string, hash: string): string {
  const separator = separatorOf(rule);
  const head = name.slice(0, Math.max(0, rule.max - hash.length - separator.length)).replace(/[-_./]+$/, "");
  return head ? `${head}${separator}${hash}` : hash;
}

/** Letters that the rule allows everywhere and at the end, drawn from a SHA-256 of the parts. */
function digest(rule: NamingRule, parts: readonly string[]): string {
  const usable = (letters: readonly string[]) =>
    letters.filter((letter) => matches(rule.alphabet, letter) && matches(lastOf(rule), letter));
  const lower = usable(hashLetters);
  const letters = lower.length > 1 ? lower : usable(hashLetters.map((letter) => letter.toUpperCase()));
  let rest = BigInt(`0x${createHash("sha256").update(JSON.stringify(parts)).digest("hex")}`);
  let hash = "";
  while (hash.length < hashLength) {
    hash += letters[Number(rest % BigInt(letters.length))];
    rest /= BigInt(letters.length);
  }
  return hash;
}

function breach(rule: NamingRule, name: string): string | undefined {
  const min = rule.min ?? 1;
  if (name.length < min || name.length > rule.max)
    return `has ${name.length} characters, allowed are ${min} to ${rule.max}`;
  const odd = [...name].find((character) => !matches(rule.alphabet, character));
  if (odd) return `has "${odd}", allowed are [${rule.alphabet}]`;
  if (!matches(firstOf(rule), name.slice(0, 1))) return `begins with "${name[0]}", allowed are [${firstOf(rule)}]`;
  if (!matches(lastOf(rule), name.slice(-1))) return `ends with "${name.at(-1)}", allowed are [${lastOf(rule)}]`;
  return undefined;
}

const refusal = (rule: NamingRule, source: string, wrong: string) =>
  new pulumi.RunError(
    `No name can be made of "${source}": it ${wrong} (${rule.source}). Choose another app name or part.`,
  );
