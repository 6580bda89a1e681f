// One good example and what AWS would refuse of it, type by type: arguments alone, as a preview sees them.
import assert from "node:assert/strict";
import { dotted } from "../paths";
import { type Props, UNKNOWN } from "../row";
import { pkg } from ".";
import { commonExamples } from "./examples-common";
import { computeExamples } from "./examples-compute";
import { crossExamples } from "./examples-cross";
import { dataExamples } from "./examples-data";
import { databaseExamples } from "./examples-database";
import { edgeExamples } from "./examples-edge";
import { keepingExamples } from "./examples-keeping";
import { nameExamples } from "./examples-names";
import { networkExamples } from "./examples-network";
import { smallExamples } from "./examples-small";
import { rowOf, Sample } from "./sample";

const all = [
  ...networkExamples,
  ...dataExamples,
  ...databaseExamples,
  ...commonExamples,
  ...edgeExamples,
  ...nameExamples,
  ...computeExamples,
  ...keepingExamples,
  ...crossExamples,
  ...smallExamples,
];

/** Refused without the right neighbours, whatever the arguments: ACLs, locks and signed zones. neighbours.test.ts tries them. */
const byNeighbours = [
  "aws:s3/bucketAcl:BucketAcl",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketLogging:BucketLogging",
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
];

describe("what simulated AWS refuses by looking at the arguments", () => {
  it("has an example of every type", () => {
    const tried = new Set([...all.map(({ type }) => type), ...byNeighbours]);
    assert.deepEqual(
      pkg.rows.map(({ type }) => type).filter((type) => !tried.has(type)),
      [],
    );
  });

  for (const { type, good, bad } of all) {
    it(`${type} takes a good example, and one of which nothing is known`, () => {
      assert.deepEqual(new Sample().judge(type, good), []);
      const unknown = Object.fromEntries(Object.keys(good).map((property) => [property, UNKNOWN]));
      assert.deepEqual(rowOf(type).check?.(new Sample().moment(type, unknown, "thing")) ?? [], []);
    });

    for (const [change, property, reason = /./] of bad)
      it(`${type} refuses ${JSON.stringify(change, (_, value: unknown) => (value === undefined ? "nothing" : typeof value === "symbol" ? "?" : value)).slice(0, 90)}`, () => {
        const inputs = Object.fromEntries(
          Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined),
        ) as Props;
        const refused = new Sample().judge(type, inputs);
        assert.ok(
          refused.some((one) => dotted(one.property) === dotted(property) && reason.test(one.reason)),
          `${property} ${reason.source} not in ${JSON.stringify(refused)}`,
        );
      });
  }
});
