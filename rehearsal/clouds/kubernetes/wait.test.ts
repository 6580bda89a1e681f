import assert from "node:assert/strict";
import { Faults } from "../faults";
import { Unready } from "../faults-effect";
import { Gate, type Operation } from "../operations";
import { refusals } from "./testing/objects";
import { isAwaited, patienceOf } from "./wait";

const annotated = (annotations: { readonly [key: string]: string }) => ({ metadata: { name: "a", annotations } });

describe("what the Kubernetes provider waits for", () => {
  it("is pods, unless an annotation says not to", () => {
    assert.equal(isAwaited("Deployment", annotated({})), true);
    assert.equal(isAwaited("CronJob", annotated({})), false);
    assert.equal(isAwaited("Deployment", annotated({ "pulumi.com/skipAwait": "true" })), false);
  });

  it("is waited for as long as an annotation says, if it says a number", () => {
    assert.equal(patienceOf(annotated({ "pulumi.com/timeoutSeconds": "45" })), 45);
    assert.equal(patienceOf(annotated({ "pulumi.com/timeoutSeconds": "soon" })), undefined);
  });

  it("costs that much virtual time, or what the engine allows", async () => {
    const seconds = async (timeout: number | undefined, patience: number | undefined): Promise<number | undefined> => {
      const gate = new Gate(
        () => 30,
        new Faults([]),
        () => undefined,
      );
      const operation: Operation = {
        ...{ kind: "create", cloud: "kubernetes", urn: "urn", type: "t", name: "a" },
        ...(timeout !== undefined && { timeout }),
      };
      const late = new Unready({ id: "a", outputs: {} }, ["late"], patience);
      await assert.rejects(
        gate.perform(operation, () => Promise.reject(late)),
        /late/,
      );
      return gate.timeline[0]?.seconds;
    };
    assert.equal(await seconds(undefined, 45), 45);
    assert.equal(await seconds(20, 45), 20);
    assert.equal(await seconds(undefined, undefined), 600);
  });

  it("is a condition or a path, or a list of them", () => {
    const waiting = (waitFor: string) => refusals("core/v1:ConfigMap", annotated({ "pulumi.com/waitFor": waitFor }));
    assert.deepEqual(waiting("condition=Ready"), []);
    assert.deepEqual(waiting('["jsonpath={.data.a}", "condition=Ready=False"]'), []);
    assert.deepEqual(waiting("[]"), ["at least one condition must be specified"]);
    assert.deepEqual(waiting("Ready"), ['expected a "jsonpath=" or "condition=" prefix, got "Ready"']);
  });
});
