// The scoreboard's rows: one security or reliability property each, with the resource and property that give it on every
// cloud. docs/defaults.md is made from them, and scoreboard.test.ts holds each cell against what prod registers.
import type { Cloud, PerCloud } from "../../components/cloud";
import type { Recording, Registration } from "../../test/recorder";

/** What one cloud sets, or why it can't. */
export interface Cell {
  /** As the page shows it: `rds.Instance storageEncrypted = true`. */
  readonly shown: string;
  /** What is wrong with the recording; nothing where the property holds. */
  readonly check: (recording: Recording) => readonly string[];
  /** The cloud has no such thing. */
  readonly cannot?: boolean;
}

export interface Row {
  /** Section of research/features.md that asks for it. */
  readonly section: string;
  readonly property: string;
  readonly cells: PerCloud<Cell>;
}

export const row = (section: string, property: string, cells: PerCloud<Cell>): Row => ({ section, property, cells });

type Test = (value: unknown) => boolean;
export interface Among {
  /** Only resources whose logical name matches. */
  readonly name?: RegExp;
  /** One of them is enough, as for a rule among rules. @default false: each */
  readonly some?: boolean;
}

/** `rds.Instance` -> every token that ends so: `aws:rds/instance:Instance`. */
function ofType(recording: Recording, cloud: Cloud, kind: string, { name }: Among): Registration[] {
  const [module = "", type = ""] = kind.split(".");
  const prefix = cloud === "azure" ? "azure-native:" : `${cloud}:`;
  return recording.registrations.filter((one) => {
    const [, where = "", last = ""] = one.type.split(":");
    const fits = one.type.startsWith(prefix) && where.split("/")[0] === module && last === type;
    return fits && (name === undefined || name.test(one.name));
  });
}

/** The value at a path; `*` stands for each element, of which any may do. */
export function valuesAt(value: unknown, path: string): unknown[] {
  const [head, ...rest] = path.split(".");
  if (head === undefined || head === "") return [value];
  const inner = rest.join(".");
  if (head === "*") return Array.isArray(value) ? value.flatMap((one) => valuesAt(one, inner)) : [];
  const next = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[head] : undefined;
  return rest.length === 0 ? [next] : valuesAt(next, inner);
}

function cell(cloud: Cloud, kind: string, path: string, words: string, test: Test, among: Among = {}): Cell {
  const shown = `\`${kind}\` ${path ? `\`${path}\` ` : ""}${words}`.trim();
  const check = (recording: Recording): string[] => {
    const found = ofType(recording, cloud, kind, among);
    if (found.length === 0) return [`prod on ${cloud} has no ${kind}${among.name ? ` like ${among.name.source}` : ""}`];
    const wrong = found.filter((one) => !valuesAt(one.inputs, path).some(test));
    if (among.some ? wrong.length < found.length : wrong.length === 0) return [];
    return wrong.map(
      (one) => `${kind} ${one.name}: ${path} is ${JSON.stringify(valuesAt(one.inputs, path))}, not ${words}`,
    );
  };
  return { shown, check };
}

const text = (value: unknown) => JSON.stringify(value);

/** Cells of one cloud. */
function cellsOf(cloud: Cloud) {
  return {
    /** Each resource of the type has this value there. */
    is: (kind: string, path: string, value: unknown, among?: Among) =>
      cell(cloud, kind, path, `= ${text(value)}`, (found) => text(found) === text(value), among),
    /** ... something there. */
    has: (kind: string, path: string, among?: Among) =>
      cell(cloud, kind, path, "is set", (found) => found !== undefined && found !== null && found !== "", among),
    /** ... nothing there. */
    hasNot: (kind: string, path: string, among?: Among) =>
      cell(cloud, kind, path, "is left out", (found) => found === undefined || found === null, among),
    /** ... at least so much. */
    atLeast: (kind: string, path: string, value: number, among?: Among) =>
      cell(cloud, kind, path, `>= ${value}`, (found) => Number(found) >= value, among),
    /** ... text like this; the words are the page's. */
    like: (kind: string, path: string, form: RegExp, words: string, among?: Among) =>
      cell(
        cloud,
        kind,
        path,
        words,
        (found) => form.test(typeof found === "string" ? found : (text(found) ?? "")),
        among,
      ),
    /** There is one. */
    there: (kind: string, among?: Among) => cell(cloud, kind, "", "", () => true, among),
    /** There is none. */
    none: (kind: string, why: string): Cell => ({
      shown: `no \`${kind}\`: ${why}`,
      check: (recording) => ofType(recording, cloud, kind, {}).map((one) => `prod on ${cloud} has ${kind} ${one.name}`),
    }),
    /** Pulumi's own protection of each. */
    protect: (kind: string, among: Among = {}): Cell => ({
      shown: `\`${kind}\` protect`,
      check: (recording) => {
        const found = ofType(recording, cloud, kind, among);
        const open = found.filter((one) => !one.protect).map((one) => `${kind} ${one.name} is not protected`);
        return found.length === 0 ? [`prod on ${cloud} has no ${kind}`] : open;
      },
    }),
  };
}

export const aws = cellsOf("aws");
export const azure = cellsOf("azure");
export const gcp = cellsOf("gcp");

/** Several cells that must all hold. */
export const all = (...cells: readonly Cell[]): Cell => ({
  shown: cells.map(({ shown }) => shown).join("<br>"),
  check: (recording) => cells.flatMap(({ check }) => check(recording)),
});

/** The cloud does it by itself, or can't: the reason, with a link. Nothing to check. */
export const cannot = (why: string): Cell => ({ shown: why, check: () => [], cannot: true });
