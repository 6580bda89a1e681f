// Lists as rules ask of them: what must be in one, what mustn't, and ranges of addresses that stay an allow-list.
import { coversWorld } from "./addresses";
import { fail, pass, unknown } from "./judge";
import { asText, isObject, isUnknown, list, read } from "./read";
import type { Judge } from "./rule";

const same = (one: unknown, other: string) => asText(one).toLowerCase() === other.toLowerCase();

/** A list that holds all of these. */
export const holdsAll =
  (path: string, wanted: readonly string[], expected = wanted.join(", ")): Judge =>
  ({ props }) => {
    const had = list(props, path);
    if (typeof had === "symbol") return unknown(path, expected);
    if (wanted.every((one) => had.some((value) => same(value, one)))) return pass(path, expected);
    return had.some(isUnknown) ? unknown(path, expected) : fail(path, expected);
  };

/** A list of so many different elements. Elements that aren't known yet count: each stands for one. */
export const holdsMany =
  (path: string, count: number, expected = `${count} or more`): Judge =>
  ({ props }) => {
    const had = list(props, path);
    if (typeof had === "symbol") return unknown(path, expected);
    const known = new Set(had.filter((one) => !isUnknown(one)).map((one) => (isObject(one) ? one : asText(one))));
    return known.size + had.filter(isUnknown).length >= count ? pass(path, expected) : fail(path, expected);
  };

/** A list without any of these. */
export const holdsNone =
  (path: string, banned: (value: unknown) => boolean, expected: string): Judge =>
  ({ props }) => {
    const had = list(props, path);
    if (typeof had === "symbol") return unknown(path, expected);
    if (had.some((one) => !isUnknown(one) && banned(one))) return fail(path, expected);
    return had.some(isUnknown) ? unknown(path, expected) : pass(path, expected);
  };

/**
 * Address ranges that don't add up to the internet. `element`: where the range is, if elements are objects.
 * An empty list fails: it means everybody to the clouds that take one (`empty: "pass"` where it means nobody).
 */
export const allowList =
  (path: string, element = "", empty: "pass" | "fail" = "fail"): Judge =>
  ({ props }) => {
    const expected = "ranges that don't add up to the internet";
    const ranges = list(props, path);
    if (typeof ranges === "symbol") return unknown(path, expected);
    if (ranges.length === 0) return empty === "pass" ? pass(path, expected) : fail(path, expected);
    const world = coversWorld(ranges.map((one) => read(one, element)));
    return world === true ? fail(path, expected) : world === "unknown" ? unknown(path, expected) : pass(path, expected);
  };
