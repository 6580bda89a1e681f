// The conditions that rules are written in. Each looks at one property, says what would pass, and never throws on the unknown.
import { isUnknown, join, list, read } from "./read";
import type { Context, Judge, Status, Verdict, View } from "./rule";

export const pass = (path: string, expected = ""): Verdict => ({ status: "pass", path, expected });
export const fail = (path: string, expected: string): Verdict => ({ status: "fail", path, expected });
export const unknown = (path: string, expected: string): Verdict => ({ status: "unknown", path, expected });
export const notApplicable = (reason: string): Verdict => ({ status: "not-applicable", path: "", expected: reason });
const say = (ok: boolean, path: string, expected: string) => (ok ? pass(path, expected) : fail(path, expected));

/** What an unset property means: most clouds' defaults are the unsafe side, so it fails unless a rule says otherwise. */
export type Unset = "pass" | "fail";

/** A property tested by a function. */
export const holds =
  (path: string, expected: string, test: (value: unknown) => boolean, unset: Unset = "fail"): Judge =>
  ({ props }) => {
    const value = read(props, path);
    if (isUnknown(value)) return unknown(path, expected);
    return say(value === undefined ? unset === "pass" : test(value), path, expected);
  };

/** A list where one value belongs equals nothing; it may hold what isn't known, and that has no text. */
const single = (value: unknown) => (Array.isArray(value) ? "" : value);
const same = (left: unknown, right: unknown) =>
  String(single(left)).toLowerCase() === String(single(right)).toLowerCase();
export const isTrue = (path: string, unset?: Unset) => holds(path, "true", (value) => same(value, true), unset);
export const isFalse = (path: string, unset?: Unset) => holds(path, "false", (value) => same(value, false), unset);
export const equals = (path: string, wanted: string | number, unset?: Unset) =>
  holds(path, String(wanted), (value) => same(value, wanted), unset);
export const oneOf = (path: string, wanted: readonly string[], unset?: Unset) =>
  holds(path, `one of ${wanted.join(", ")}`, (value) => wanted.some((one) => same(value, one)), unset);
export const noneOf = (path: string, banned: readonly string[], unset: Unset = "pass") =>
  holds(path, `not ${banned.join(" or ")}`, (value) => !banned.some((one) => same(value, one)), unset);
export const atLeast = (path: string, floor: number, unset?: Unset) =>
  holds(path, `at least ${floor}`, (value) => Number(single(value)) >= floor, unset);
export const matches = (path: string, pattern: RegExp, expected: string, unset?: Unset) =>
  holds(path, expected, (value) => pattern.test(String(single(value))), unset);

const isFilled = (value: unknown) => value !== "" && !(Array.isArray(value) && value.length === 0);
/** Set to something. An unknown value passes: it is a reference to what the same stack makes (a key, a subnet). */
export const filled =
  (path: string, expected = "set"): Judge =>
  ({ props }) => {
    const value = read(props, path);
    return say(isUnknown(value) || (value !== undefined && isFilled(value)), path, expected);
  };
/** Not set, or empty. */
export const unset =
  (path: string, expected = "not set"): Judge =>
  ({ props }) => {
    const value = read(props, path);
    if (isUnknown(value)) return fail(path, expected);
    return say(value === undefined || !isFilled(value), path, expected);
  };

const flat = (result: Verdict | readonly Verdict[]): readonly Verdict[] =>
  (Array.isArray(result) ? result : [result]) as readonly Verdict[];
const rank: readonly Status[] = ["fail", "unknown", "pass", "not-applicable"];
/** The verdict that decides: one failure outweighs what isn't known, and that outweighs a pass. */
export const worst = (verdicts: readonly Verdict[]): Verdict =>
  [...verdicts].sort((a, b) => rank.indexOf(a.status) - rank.indexOf(b.status))[0] ?? notApplicable("nothing to judge");

/** Every condition holds; each failure is told by its own path. */
export const all =
  (...judges: readonly Judge[]): Judge =>
  (view, context) => {
    const verdicts = judges.flatMap((judge) => flat(judge(view, context)));
    const failures = verdicts.filter(({ status }) => status === "fail");
    return failures.length > 0 ? failures : worst(verdicts);
  };

/** One condition is enough. */
export const any =
  (...judges: readonly Judge[]): Judge =>
  (view, context) => {
    const verdicts = judges.map((judge) => worst(flat(judge(view, context))));
    const passed = verdicts.find(({ status }) => status === "pass");
    if (passed) return passed;
    const open = verdicts.find(({ status }) => status === "unknown");
    const expected = verdicts.map((one) => `${one.path} ${one.expected}`.trim()).join(", or ");
    const path = (open ?? verdicts[0])?.path ?? "";
    return open ? unknown(path, expected) : fail(path, expected);
  };

/** Judged only where a condition holds; where the condition itself isn't known, so is the verdict. */
export const when =
  (condition: (view: View, context: Context) => boolean | "unknown", reason: string, judge: Judge): Judge =>
  (view, context) => {
    const applies = condition(view, context);
    if (applies === true) return judge(view, context);
    if (applies === false) return notApplicable(reason);
    const open = worst(flat(judge(view, context)));
    return open.status === "pass" ? open : unknown(open.path, open.expected);
  };

/** Every element of a list; `make` gets the element's path. An unset list gives `empty`. */
export const each =
  (path: string, make: (path: string) => Judge, empty: Verdict = pass(path)): Judge =>
  (view, context) => {
    const elements = list(view.props, path);
    if (typeof elements === "symbol") return unknown(path, "every element to pass");
    if (elements.length === 0) return empty;
    const single = !Array.isArray(read(view.props, path));
    return all(...elements.map((_, index) => make(single ? path : join(path, index))))(view, context);
  };

/** True where a property equals one of the values; an unset one counts as `unset`. */
export const where =
  (path: string, values: readonly unknown[], unsetCounts = false) =>
  ({ props }: View): boolean | "unknown" => {
    const value = read(props, path);
    if (isUnknown(value)) return "unknown";
    return value === undefined ? unsetCounts : values.some((one) => same(one, value));
  };
export const isSet =
  (path: string) =>
  ({ props }: View): boolean =>
    read(props, path) !== undefined;
export const isUnset =
  (path: string) =>
  ({ props }: View): boolean =>
    read(props, path) === undefined;

/** The service does it always, on its own; the row stays in the evidence as a pass. */
export const always =
  (how: string): Judge =>
  () =>
    pass("", how);
