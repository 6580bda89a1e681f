// Every rule is tried: broken it is refused where it says, kept it is not.
import assert from "node:assert/strict";
import { type Props, UNKNOWN, type Value } from "../row";
import { at, shapesOf } from "../schema";
import { isObject } from "../values";
import { conflictingTypes, conflictRefusals, conflictsOf } from "./api-conflicts";

/** Inputs with something at each of these names, below a path. */
function holding(below: string | undefined, names: readonly string[], value: Value): Props {
  const inner: Props = Object.fromEntries(names.map((name) => [name, value]));
  const put = (steps: readonly string[]): Value => {
    const [step, ...rest] = steps;
    if (step === undefined) return inner;
    return step === "*" ? [put(rest)] : { [step]: put(rest) };
  };
  const made = put(below === undefined ? [] : below.split("."));
  return isObject(made) ? made : {};
}

describe("arguments that exclude or need one another", () => {
  for (const type of conflictingTypes)
    for (const { below, kind, first, others } of conflictsOf(type)) {
      const place = (name: string) => (below === undefined ? name : `${below.replaceAll("*", "0")}.${name}`);
      const refused = (names: readonly string[], value: Value = "given", reason = /./) =>
        conflictRefusals(type, holding(below, names, value))
          .filter((one) => reason.test(one.reason))
          .map(({ property }) => property);

      it(`${type}: ${place(first)} ${kind} ${others.join(", ")}`, () => {
        const shapes = shapesOf(type);
        assert.ok(shapes);
        for (const name of [first, ...others])
          assert.ok(at(shapes, type, below === undefined ? name : `${below}.${name}`).length > 0, name);
        const [other = ""] = others;
        if (kind === "needs") assert.ok(refused([first]).includes(place(other)));
        else assert.ok(refused([first, other]).includes(place(other)));
        if (kind === "one") assert.ok(refused([]).includes(place(first)));
        if (kind === "needs")
          assert.deepEqual(
            refused([first, ...others], "given", /is required when/).filter((one) => one === place(other)),
            [],
          );
        else assert.deepEqual(refused([first], "given", /conflicts/), []);
        if (kind === "excludes") {
          // Unknown values may turn out to be nothing, as false is.
          assert.deepEqual(refused([first, other], UNKNOWN, /conflicts/), []);
          assert.deepEqual(refused([first, other], false, /conflicts/), []);
        }
      });
    }
});
