import assert from "node:assert/strict";
import { neededByFile } from "../statefeatures";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("what a provider wants to be looked at before an update", () => {
  const place = toys();
  const program = () => {
    new Thing("restless", { n: 1, restless: true });
    new Thing("quiet", { n: 1 });
  };
  const drift = () => {
    for (const [id, thing] of place.cloud.things)
      place.cloud.things.set(id, { ...thing, props: { ...thing.props, n: 7 } });
  };
  const start = async () => {
    place.program(program);
    assert.equal((await place.run("up")).status, "succeeded");
  };

  it("is looked at by a preview and by an up, and nothing else is", async () => {
    await start();
    drift();
    for (const operation of ["preview", "up"] as const) {
      const { changes, steps } = await place.run(operation);
      assert.deepEqual(changes, { same: 2, update: 1 }, operation);
      assert.deepEqual(
        steps.filter((step) => step.startsWith("refresh ")),
        ["refresh restless"],
      );
    }
    assert.equal((place.resource("quiet")["outputs"] as { n: number }).n, 1);
    assert.deepEqual([...place.cloud.things.values()].map(({ props }) => props["n"]).toSorted(), [1, 7]);
  });

  it("is spared to a destroy where it is gone, and stops a run where it can't be read", async () => {
    await start();
    place.cloud.refuses.add("read restless");
    const { status, steps } = await place.run("up");
    assert.deepEqual([status, steps], ["failed", ["refresh restless"]]);
    place.cloud.refuses.clear();
    for (const [id, { urn }] of place.cloud.things) if (urn.endsWith("::restless")) place.cloud.things.delete(id);
    place.cloud.refuses.add("delete restless");
    await place.ends();
  });

  it("needs a reader of the state who knows of it, once it is made: a creation that is under way isn't counted", async () => {
    await start();
    const state = place.state();
    assert.deepEqual(neededByFile(state as never), ["refreshBeforeUpdate"]);
    const { resources = [] } = state;
    const pending_operations = resources.map((resource) => ({ resource, type: "creating" }));
    assert.deepEqual(neededByFile({ resources: [], pending_operations } as never), []);
  });
});
