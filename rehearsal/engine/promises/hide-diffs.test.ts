import assert from "node:assert/strict";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("hideDiffs", () => {
  const place = toys();

  it("change nothing but what is shown, and are told with the step", async () => {
    const hidden = ["size", 'tags["a b"][0].c'];
    const program = (size: number) => () => void new Thing("thing", { size }, { hideDiffs: hidden });
    await place.settles(program(1));
    const { changes, events } = await place.settles(program(2));
    assert.deepEqual(changes, { same: 1, update: 1 });
    const update = events.find(({ resourcePreEvent: event }) => event?.metadata.op === "update")?.resourcePreEvent;
    const told = (update?.metadata.new as { hideDiffs?: unknown } | undefined)?.hideDiffs;
    assert.deepEqual([told, place.resource("thing")["hideDiff"]], [hidden, hidden]);
  });
});
