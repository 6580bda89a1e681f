// The waiver file: who lets which rule go unanswered on which resource, why, and until when. Everything that a reader needs
// to judge a waiver is required of it, and every mistake in the file is told at once.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { catalogue } from "../catalogue";
import { breadth, partsOf } from "./pattern";

/** Longest that a waiver may run from today: half a year, and a quarter for critical rules. */
export const longestDays = { critical: 90, other: 180 } as const;

export interface Waiver {
  readonly rule: string;
  /** URN; `*` stands for any text within one of its parts. */
  readonly urn: string;
  readonly reason: string;
  /** Who answers for it: an address or a team. */
  readonly owner: string;
  readonly ticket: string;
  /** Last day on which it holds, `YYYY-MM-DD`, in UTC. */
  readonly expires: string;
  readonly approver?: string | undefined;
  /** What keeps the risk small meanwhile. */
  readonly compensatingControl?: string | undefined;
}

const day = 24 * 60 * 60 * 1000;
const isDate = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / day;

const text = (what: string, least = 1) =>
  z
    .string({ error: `${what} is missing` })
    .trim()
    .min(least, least > 1 ? `${what} has fewer than ${least} characters` : `${what} is empty`);

/** YAML reads an unquoted date as text or as a date, depending on the reader. */
const date = z.preprocess(
  (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  text("expires, the last day on which the waiver holds,").refine(safeDate, "expires is no date: write YYYY-MM-DD"),
);

function safeDate(value: string): boolean {
  try {
    return isDate(value);
  } catch {
    return false;
  }
}

const one = z.strictObject({
  rule: text("rule"),
  urn: text("urn"),
  reason: text("reason", 20),
  owner: text("owner").regex(/@/, 'owner is an address or a team: "ops@example.com" or "@example/ops"'),
  ticket: text("ticket").regex(
    /^(https:\/\/\S+|[A-Za-z][\w-]*-\d+|#\d+)$/,
    'ticket is a link or a number: "OPS-12", "#12"',
  ),
  expires: date,
  approver: text("approver").optional(),
  compensatingControl: text("compensatingControl", 20).optional(),
});

const file = z.strictObject({ waivers: z.array(one) });

/** Longest of a rule. */
export const longest = (rule: string): number =>
  catalogue.get(rule)?.severity === "critical" ? longestDays.critical : longestDays.other;

/** What the schema can't see: whether the rule exists, the pattern is narrow and the date near. */
function objections(waiver: Waiver, today: string): readonly string[] {
  const ahead = safeDate(waiver.expires) ? daysBetween(today, waiver.expires) : 0;
  const most = longest(waiver.rule);
  const severity = catalogue.get(waiver.rule)?.severity;
  const broad = partsOf(waiver.urn)
    ? breadth(waiver.urn)
    : "it has not the form of a URN, urn:pulumi:<stack>::<project>::<type>::<name>";
  return [
    ...(severity ? [] : [`rule: there is no rule "${waiver.rule}"`]),
    ...(broad ? [`urn: "${waiver.urn}" is too broad: ${broad}`] : []),
    ...(severity && ahead > most
      ? [`expires: ${waiver.expires} is ${ahead} days ahead; a waiver of a ${severity} rule runs ${most} days at most`]
      : []),
  ];
}

/** Mistakes of a waiver file, all of them. */
export class WaiverError extends Error {
  constructor(
    readonly path: string,
    readonly mistakes: readonly string[],
  ) {
    super(
      `${path}: ${mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`}:\n  ${mistakes.join("\n  ")}`,
    );
  }
}

/**
 * The waivers in a text, YAML or JSON. Expired ones are among them: that is judged where they are used.
 * @param today `YYYY-MM-DD`, what dates are counted from
 * @throws WaiverError
 */
export function parseWaivers(content: string, path: string, today: string): readonly Waiver[] {
  let document: unknown;
  try {
    document = parse(content);
  } catch (error) {
    throw new WaiverError(path, [`neither YAML nor JSON: ${(error as Error).message.split("\n")[0]}`]);
  }
  if (document === null || document === undefined) return [];
  const read = file.safeParse(document);
  if (!read.success)
    throw new WaiverError(
      path,
      read.error.issues.map((issue) => `${place(issue.path)}${issue.message}`),
    );
  const waivers: readonly Waiver[] = read.data.waivers;
  const mistakes = waivers.flatMap((waiver, index) =>
    objections(waiver, today).map((objection) => `waivers[${index}].${objection}`),
  );
  const seen = new Map<string, number>();
  waivers.forEach(({ rule, urn }, index) => {
    const first = seen.get(`${rule} ${urn}`);
    if (first !== undefined) mistakes.push(`waivers[${index}]: says the same of the same as waivers[${first}]`);
    else seen.set(`${rule} ${urn}`, index);
  });
  if (mistakes.length > 0) throw new WaiverError(path, mistakes);
  return waivers;
}

const place = (path: readonly PropertyKey[]) => {
  const shown = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return shown === "" ? "" : `${shown.replace(/^\./, "")}: `;
};

/** @throws WaiverError, also where the file can't be read */
export function readWaivers(path: string, today: string): readonly Waiver[] {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    throw new WaiverError(path, [`it can't be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`]);
  }
  return parseWaivers(content, path, today);
}
