import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Group, Thing } from "../testing/resources";
import { toys } from "../testing/toys";

const urn = (name: string) => `urn:pulumi:dev::toy::toy:index:Thing::${name}`;

describe("a refresh that comes first", () => {
  const place = toys();
  const program = () => {
    const a = new Thing("a", { n: 1 });
    new Thing("b", { n: 1, from: a.made });
    new Thing("x", { n: 1 }, { parent: new Group("group") });
  };
  const drift = () => {
    for (const [id, thing] of place.cloud.things) {
      if (thing.urn.endsWith("::b")) place.cloud.things.delete(id);
      else place.cloud.things.set(id, { ...thing, props: { ...thing.props, n: 7 } });
    }
  };

  it("lets a preview foresee, and an up repair, what has drifted", async () => {
    await place.settles(program);
    drift();
    const before = readFileSync(place.stateFile, "utf8");
    const preview = await place.run("preview", { refresh: true });
    assert.equal(readFileSync(place.stateFile, "utf8"), before);
    const up = await place.run("up", { refresh: true });
    assert.deepEqual(preview.changes, up.changes);
    assert.deepEqual(up.changes, { create: 1, same: 2, update: 2 });
    assert.deepEqual(place.names(), ["a", "b", "x"]);
    place.sound();
    await place.settles(program);
  });

  it("looks at targets alone, and keeps what it found where the run then fails", async () => {
    await place.settles(program);
    drift();
    const given = { refresh: true, selection: { targets: [urn("a")] } };
    place.cloud.refuses.add("update a");
    assert.equal((await place.run("up", given)).status, "failed");
    assert.deepEqual((place.resource("a")["inputs"] as { n: number }).n, 7);
    place.cloud.refuses.clear();
    assert.deepEqual((await place.run("up", given)).changes, { same: 4, update: 1 });
    place.sound();
    assert.deepEqual((await place.run("up", { refresh: true })).changes, { create: 1, same: 3, update: 1 });
  });

  it("spares a destroy what is gone already", async () => {
    await place.settles(program);
    drift();
    place.cloud.refuses.add("delete b");
    assert.deepEqual((await place.run("destroy", { refresh: true })).changes, { delete: 4 });
    assert.deepEqual(place.names(), []);
  });

  it("ends the run where something can't be read, once all has been looked at", async () => {
    await place.settles(program);
    drift();
    place.cloud.refuses.add("read a");
    const { status, steps } = await place.run("up", { refresh: true });
    assert.deepEqual([status, steps.toSorted()], ["failed", ["refresh a", "refresh b", "refresh group", "refresh x"]]);
    place.cloud.refuses.clear();
    assert.equal((await place.run("up", { refresh: true })).status, "succeeded");
  });

  it("comes by itself where Pulumi.yaml wants it always", async () => {
    await place.settles(program);
    const file = join(place.folder, "Pulumi.yaml");
    writeFileSync(file, `${readFileSync(file, "utf8")}options:\n  refresh: always\n`);
    drift();
    assert.deepEqual((await place.run("up")).changes, { create: 1, same: 2, update: 2 });
  });
});
