import assert from "node:assert/strict";
import { behindNeeds } from "./order";
import { newState } from "./resource";

const urn = (name: string) => `urn:pulumi:dev::shop::a:b:C::${name}`;
const state = (name: string, needed: readonly string[] = [], more: object = {}) =>
  newState({ type: "a:b:C", urn: urn(name), dependencies: needed.map(urn), ...more });
const names = (states: readonly { urn: string }[]) => states.map((one) => one.urn.split("::").at(-1)).join(" ");

describe("the order of a state", () => {
  it("stays where each comes behind what it needs", () => {
    assert.equal(names(behindNeeds([state("b"), state("a", ["b"]), state("c"), state("d", ["a"])])), "b a c d");
  });

  it("has what is needed come forward, with what that needs in turn", () => {
    const child = state("d", [], { parent: urn("c") });
    assert.equal(
      names(behindNeeds([state("a", ["c"]), state("b"), state("c", ["e"]), child, state("e")])),
      "e c a b d",
    );
  });

  it("takes what is there for what is needed, not what waits for its deletion", () => {
    const dying = state("a", [], { delete: true });
    assert.equal(names(behindNeeds([state("b", ["a"]), dying, state("a")])), "a b a");
  });
});
