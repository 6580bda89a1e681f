import assert from "node:assert/strict";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("replaceWith and replacementTrigger", () => {
  const place = toys();

  it("replace a resource along with another", async () => {
    const program = (fixed: number) => () => {
      const lead = new Thing("lead", { fixed });
      new Thing("along", {}, { replaceWith: [lead] });
      new Thing("apart");
    };
    await place.settles(program(1));
    assert.deepEqual((await place.settles(program(2))).changes, { same: 2, replace: 2 });
    assert.deepEqual(place.cloud.log.slice(3, 5), ["create lead", "create along"]);
    assert.deepEqual(place.cloud.log.slice(5).toSorted(), ["delete along", "delete lead"]);
    await place.ends();
  });

  it("replace a resource when a value changes that it is told to watch", async () => {
    const program = (replacementTrigger: unknown) => () => void new Thing("thing", { size: 1 }, { replacementTrigger });
    await place.settles(program("one"));
    assert.deepEqual((await place.settles(program("two"))).changes, { same: 1, replace: 1 });
    assert.deepEqual((await place.settles(program({ list: [1] }))).changes, { same: 1, replace: 1 });
    assert.deepEqual((await place.settles(program({ list: [1] }))).changes, { same: 2 });
    await place.ends();
  });
});
