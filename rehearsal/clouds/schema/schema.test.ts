// The derived schemas, and every row of the three clouds held against them: a name that the SDK doesn't have can't hide.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../packages";
import type { Package, Row } from "../row";
import { derive, derived, type Schema } from "./derive";
import { at, Shapes } from "./index";
import { Typings } from "./typings";

const three = packages.filter(({ name }) => derived.some((one) => one === name));

/** Whether the schema itself asks for what stands at a path. */
function required(shapes: Shapes, token: string, path: string): boolean {
  const cut = path.lastIndexOf(".");
  if (cut < 0) return shapes.inputs(token)?.get(path)?.required ?? false;
  const holders = at(shapes, token, path.slice(0, cut));
  return (
    holders.length > 0 &&
    holders.every((type) => type.kind === "object" && shapes.object(type.name).get(path.slice(cut + 1))?.required)
  );
}

for (const pkg of three) {
  const typings = new Typings(pkg.npm);
  const written = JSON.parse(readFileSync(join(__dirname, `${pkg.name}.json`), "utf8")) as Schema;
  const inputs = new Shapes(written);
  let outputs: Shapes | undefined;
  const outputsOf = () => (outputs ??= new Shapes(derive(pkg, typings, "output")));

  describe(`the schema of ${pkg.name}`, () => {
    it("is what the installed SDK's typings say: node --import=tsx rehearsal/clouds/schema/write.ts writes it anew", () => {
      assert.deepEqual(written, JSON.parse(JSON.stringify(derive(pkg, typings))));
    });

    it("has every input that a row names", () => {
      const named = (row: Row) => [
        ...(row.required ?? []),
        ...(row.immutable ?? []),
        ...(row.unordered ?? []),
        ...(row.writeOnly ?? []),
        ...(row.references ?? []).map(({ path }) => path),
        ...(row.autoName ? [row.autoName.property] : []),
      ];
      assert.deepEqual(
        strange(pkg, (row) => named(row).filter((path) => at(inputs, row.type, path).length === 0)),
        [],
      );
    });

    it("has every output that a row names", () => {
      const named = (row: Row) => [...(row.secrets ?? []), ...(row.volatile ?? [])];
      const either = (type: string, path: string) =>
        path === "id" || at(outputsOf(), type, path).length > 0 || at(inputs, type, path).length > 0;
      assert.deepEqual(
        strange(pkg, (row) => named(row).filter((path) => !either(row.type, path))),
        [],
      );
      const targets = (row: Row) =>
        (row.references ?? []).flatMap(({ path, to, by = "id" }) =>
          to
            .filter((type) => pkg.rows.some((other) => other.type === type))
            .flatMap((type) =>
              [by]
                .flat()
                .filter((one) => !either(type, one))
                .map((one) => `${path} -> ${type} by ${one}`),
            ),
        );
      assert.deepEqual(strange(pkg, targets), []);
    });

    it("leaves the rows to require only what the typings leave open", () => {
      const twice = (row: Row) => (row.required ?? []).filter((path) => required(inputs, row.type, path));
      assert.deepEqual(strange(pkg, twice), []);
    });
  });
}

/** `type: what` of each thing that is wrong with a row. */
const strange = (pkg: Package, wrong: (row: Row) => readonly string[]): readonly string[] =>
  pkg.rows.flatMap((row) => wrong(row).map((one) => `${row.type}: ${one}`));
