import assert from "node:assert/strict";
import fc from "fast-check";
import { type Act, type TimedStep, timing } from "./timing";

const step = (urn: string, seconds: number, act: Act = "create", first = false): TimedStep => ({
  urn,
  act,
  seconds,
  first,
});
const names = (steps: readonly TimedStep[]) => steps.map((one) => `${one.act} ${one.urn}`);

describe("Virtual time", () => {
  it("runs what is independent at once and what depends after it", () => {
    const graph = new Map([["c", ["a", "b"]]]);
    const found = timing([step("a", 5), step("b", 7), step("c", 10)], graph);
    assert.equal(found.seconds, 17);
    assert.equal(found.sequential, 22);
    assert.equal(found.widest, 2);
    assert.deepEqual(names(found.criticalPath), ["create b", "create c"]);
    assert.deepEqual(found.ends, [5, 7, 17]);
  });

  it("looks through components and unchanged resources", () => {
    const graph = new Map([
      ["db", ["component"]],
      ["component", ["vpc"]],
    ]);
    assert.equal(timing([step("vpc", 3), step("db", 600)], graph).seconds, 603);
  });

  it("deletes in reverse order, after all creates and updates", () => {
    const graph = new Map([["db", ["vpc"]]]);
    const steps = [step("new", 20), step("vpc", 2, "delete"), step("db", 300, "delete")];
    const found = timing(steps, graph);
    assert.equal(found.seconds, 322);
    assert.deepEqual(names(found.criticalPath), ["create new", "delete db", "delete vpc"]);
  });

  it("lets a replacement that needs its name back delete first", () => {
    const steps = [step("a", 4, "delete", true), step("a", 6), step("b", 1)];
    const found = timing(steps, new Map([["b", ["a"]]]));
    assert.equal(found.seconds, 11);
    assert.deepEqual(names(found.criticalPath), ["delete a", "create a", "create b"]);
  });

  it("takes longer with fewer steps at once", () => {
    const steps = ["a", "b", "c", "d"].map((urn) => step(urn, 10));
    assert.equal(timing(steps, new Map(), 1).bounded, 40);
    assert.equal(timing(steps, new Map(), 2).bounded, 20);
    assert.equal(timing(steps, new Map(), 4).bounded, 10);
    assert.equal(timing(steps, new Map(), 3).seconds, 10);
  });

  it("tells how much was done at once, at the peak and on average", () => {
    const steps = ["a", "b", "c", "d"].map((urn) => step(urn, 10));
    const narrow = timing([...steps, step("e", 20)], new Map([["e", ["a"]]]), 2);
    assert.deepEqual([narrow.bounded, narrow.peak, narrow.widest], [40, 2, 4]);
    assert.equal(narrow.average, 1.5);
    assert.deepEqual([timing([], new Map(), 2).peak, timing([], new Map(), 2).average], [0, 0]);
  });

  it("is nothing for nothing", () => {
    const none = timing([], new Map(), 4);
    assert.deepEqual([none.seconds, none.bounded, none.sequential, none.widest, none.criticalPath], [0, 0, 0, 0, []]);
  });

  it("always lies between its critical path and one after the other", () => {
    const plans = fc.array(
      fc.record({ seconds: fc.nat(100), deps: fc.array(fc.nat(30), { maxLength: 3 }), gone: fc.boolean() }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 5 }), (plan, parallel) => {
        const steps = plan.map(({ seconds, gone }, i) => step(String(i), seconds, gone ? "delete" : "create"));
        const graph = new Map(plan.map(({ deps }, i) => [String(i), deps.filter((d) => d < i).map(String)]));
        const found = timing(steps, graph, parallel);
        const path = found.criticalPath.reduce((sum, one) => sum + one.seconds, 0);
        assert.equal(path, found.seconds);
        assert.ok(found.seconds <= found.bounded && found.bounded <= found.sequential);
        assert.ok(found.bounded * parallel >= found.sequential);
      }),
    );
  });
});
