// What rows give back, held against what the SDKs' classes have: a computed value under a wrong name reaches no program.
import assert from "node:assert/strict";
import { randomOf } from "../names";
import { outputsOf } from "../outputs";
import { packages } from "../packages";
import type { Moment, Package, Props, Row, Value } from "../row";
import { isList, isObject } from "../values";
import { decodeProps, encodeProps } from "../wire";
import { derive, derived } from "./derive";
import { type Fields, Shapes, shapesOf, type Type } from "./index";
import { Typings } from "./typings";

/** Some value of a type, everything below it set; deeper than any row looks there is nothing. */
function some(shapes: Shapes, type: Type, depth = 0): Value {
  switch (type.kind) {
    case "string":
      return "10.0.0.0/16";
    case "number":
      return 1;
    case "boolean":
      return true;
    case "any":
      return "{}";
    case "enum":
      return type.values[0] ?? "";
    case "list":
      return depth > 4 ? [] : [some(shapes, type.of, depth + 1)];
    case "map":
      return { key: some(shapes, type.of, depth + 1) };
    case "either":
      return some(shapes, type.among[0] ?? { kind: "any" }, depth);
    case "object":
      return depth > 4 ? {} : whole(shapes, shapes.object(type.name), depth + 1);
  }
}

const whole = (shapes: Shapes, fields: Fields, depth = 0): Props =>
  Object.fromEntries([...fields.values()].map(({ name, type }) => [name, some(shapes, type, depth)]));

/** Places that the class doesn't have, and values of another type than it says. */
function unlike(shapes: Shapes, token: string, outputs: Props): readonly string[] {
  const found: string[] = [];
  const walk = (value: Value, types: readonly Type[], path: string): void => {
    const kinds = types.map(({ kind }) => kind);
    if (!isList(value) && !isObject(value)) {
      const kind = typeof value;
      const fits = kinds.some((one) => one === kind || one === "any" || (one === "enum" && kind === "string"));
      if (value !== null && kind !== "symbol" && !fits) found.push(`${path} is a ${kind}, not ${kinds.join()}`);
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      const types_ = types.flatMap((type) => inside(shapes, type, key, isList(value)));
      if (types_.length > 0) walk(child, types_, `${path}.${key}`);
      else found.push(`${path}.${key}`);
    }
  };
  for (const [key, value] of Object.entries(outputs)) {
    const type = shapes.inputs(token)?.get(key)?.type;
    // Every resource has an id, whatever its class says.
    if (type === undefined && key === "id") continue;
    if (type === undefined) found.push(key);
    else walk(value, [type], key);
  }
  return found;
}

function inside(shapes: Shapes, type: Type, key: string, listed: boolean): readonly Type[] {
  if (type.kind === "any") return [type];
  if (type.kind === "either") return type.among.flatMap((one) => inside(shapes, one, key, listed));
  if (type.kind === "list") return listed ? [type.of] : [];
  if (type.kind === "map") return [type.of];
  const below = type.kind === "object" ? shapes.object(type.name).get(key)?.type : undefined;
  return below === undefined ? [] : [below];
}

/** An account that holds nothing. */
const around = (pkg: Package) => ({
  place: { cloud: pkg.name, account: "123456789012", region: "us-east-1", config: {} },
  account: { all: () => [], find: () => undefined },
  now: "2026-11-21T00:00:00Z",
});

function given(pkg: Package, row: Row, inputs: Props): Props {
  const moment: Moment = {
    type: row.type,
    urn: `urn:pulumi:dev::shop::${row.type}::thing`,
    name: "thing",
    inputs,
    ...around(pkg),
    random: randomOf("thing", 1, "salt"),
  };
  return decodeProps(outputsOf(row, encodeProps(inputs), row.outputs({ ...moment, id: row.id(moment) })));
}

for (const pkg of packages.filter(({ name }) => derived.some((one) => one === name)))
  describe(`the rows of ${pkg.name}`, () => {
    const taken = shapesOf(pkg.rows[0]?.type ?? "");
    let had: Shapes;
    before(() => {
      had = new Shapes(derive(pkg, new Typings(pkg.npm), "output"));
    });

    for (const row of pkg.rows)
      it(`give back of ${row.type} what its class has, as the types that it says`, () => {
        const fields = taken?.inputs(row.type);
        assert.ok(taken && fields, "write.ts derives its schema");
        assert.deepEqual(unlike(had, row.type, given(pkg, row, {})), []);
        assert.deepEqual(unlike(had, row.type, given(pkg, row, whole(taken, fields))), []);
      });

    for (const { token, call } of pkg.functions)
      it(`answer ${token} with what its result has`, () => {
        const fields = taken?.inputs(token);
        assert.ok(taken && fields, "write.ts derives its schema");
        for (const args of [{}, whole(taken, fields)]) {
          const told = call(args, { ...around(pkg), random: randomOf("thing", 1, "salt") });
          if (!Array.isArray(told)) assert.deepEqual(unlike(had, token, told as Props), []);
        }
      });
  });
