// Every line of the limits is tried: what lies just beyond it is refused where it stands, what lies within is not.
import assert from "node:assert/strict";
import { type Props, UNKNOWN, type Value } from "../row";
import { at, shapesOf } from "../schema";
import { isObject } from "../values";
import { pkg } from ".";
import { apiRefusals, type Limit, limitedTypes, limitsOf } from "./api-limits";

/** A place where the limit holds, with a value. */
function placed(path: string, value: Value): Props {
  const put = (steps: readonly string[]): Value => {
    const [step, ...rest] = steps;
    if (step === undefined) return value;
    return step === "*" ? [put(rest)] : { [step]: put(rest) };
  };
  const below = put(path.replace(/^\*\*\./, "anywhere.*.").split("."));
  return isObject(below) ? below : {};
}

const place = (path: string): string => path.replace(/^\*\*\./, "anywhere.*.").replaceAll("*", "0");

/** What lies beyond it, in as many ways as it limits. */
function beyond({ least, most, pattern, among }: Limit, kind: string): readonly Value[] {
  if (among !== undefined) return ["NoSuchValue"];
  if (kind === "list") return [Array.from({ length: (most ?? 0) + 1 }, () => "one")];
  if (kind === "number")
    return [
      ...(least === undefined ? [] : [least > 1 || least < 0 ? least - 1 : -1]),
      ...(most === undefined ? [] : [most + 1]),
    ];
  return [
    ...(least !== undefined && least > 1 ? ["a".repeat(least - 1)] : []),
    ...(most === undefined ? [] : ["a".repeat(most + 1)]),
    ...(pattern === undefined ? [] : ["\u0001 é\u4e00 !"]),
  ];
}

describe("what the services' models limit", () => {
  for (const type of limitedTypes) {
    it(`${type}: every line names an input that there is`, () => {
      const shapes = shapesOf(type);
      assert.ok(shapes && pkg.rows.some((row) => row.type === type));
      const gone = limitsOf(type).filter(({ path }) => !path.startsWith("**.") && at(shapes, type, path).length === 0);
      assert.deepEqual(gone, []);
    });

    for (const limit of limitsOf(type)) {
      const shapes = shapesOf(type);
      const told = limit.path.startsWith("**.") || !shapes ? undefined : at(shapes, type, limit.path)[0]?.kind;
      const kind =
        told ?? (limit.pattern || !/(Time|Code|priority|limit|size)$/.test(limit.path) ? "string" : "number");

      it(`${type} ${limit.path} is refused beyond its limit, and only then`, () => {
        for (const value of beyond(limit, kind)) {
          const refused = apiRefusals(type, placed(limit.path, value)).map(({ property }) => property);
          assert.ok(refused.includes(place(limit.path)), JSON.stringify(value).slice(0, 80));
        }
        assert.deepEqual(apiRefusals(type, placed(limit.path, UNKNOWN)), []);
        assert.deepEqual(apiRefusals(type, placed(limit.path, "")), []);
        if (limit.among) assert.deepEqual(apiRefusals(type, placed(limit.path, limit.among[0] ?? "")), []);
      });
    }
  }
});
