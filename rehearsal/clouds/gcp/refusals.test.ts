// One good example a type, and what Google Cloud would refuse of it: arguments alone, as a preview sees them.
import assert from "node:assert/strict";
import { type Props, UNKNOWN, type Value } from "../row";
import type { Change } from "../testing/sample";
import { pkg } from ".";
import { clusterExamples } from "./examples-cluster";
import { combinedExamples } from "./examples-combined";
import { combinedEdgeExamples } from "./examples-combined-edge";
import { dataExamples } from "./examples-data";
import { edgeExamples } from "./examples-edge";
import { networkExamples } from "./examples-network";
import { platformExamples } from "./examples-platform";
import { projectExamples } from "./examples-project";
import { Sample } from "./sample";

const all = [
  ...combinedExamples,
  ...combinedEdgeExamples,
  ...projectExamples,
  ...networkExamples,
  ...dataExamples,
  ...clusterExamples,
  ...platformExamples,
  ...edgeExamples,
];

const changed = (good: Props, change: Change): Props =>
  Object.fromEntries(
    Object.entries({ ...good, ...change }).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );

describe("what Google Cloud refuses", () => {
  for (const { type, good, bad } of all) {
    const said = (inputs: Props) =>
      new Sample()
        .judge(type, inputs)
        .filter((one) => !/private services connection|on the project to/.test(one.reason));

    it(`takes a good ${type}`, () => assert.deepEqual(said(good), []));

    for (const [change, property, reason] of bad)
      it(`refuses ${type} with ${JSON.stringify(change, (_, value) => (value === undefined ? "nothing" : value))}`, () => {
        const found = said(changed(good, change));
        assert.ok(
          found.some((one) => one.property === property && (reason?.test(one.reason) ?? true)),
          `${property} isn't named: ${JSON.stringify(found)}`,
        );
      });

    it(`passes what isn't known yet of a ${type}`, () => {
      const unknown = Object.fromEntries(Object.keys(good).map((name) => [name, UNKNOWN]));
      assert.deepEqual(said(unknown), []);
    });
  }

  it("has an example of every type that is no grant", () => {
    const tried = new Set(all.map((one) => one.type));
    const missing = pkg.rows
      .map((row) => row.type)
      .filter((type) => !tried.has(type) && !/IAM(Member|Binding)$|Iam(Member|Binding)$|ServiceIdentity$/.test(type));
    assert.deepEqual(missing, []);
  });
});
