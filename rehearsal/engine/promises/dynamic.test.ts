import assert from "node:assert/strict";
import { toys } from "../testing/toys";

describe("dynamic providers", () => {
  const place = toys();
  const program = (size: number, more = "") => `
    const provider = {
      async create(inputs) {
        if (inputs.size > 8) throw new Error("out of space");
        return { id: "own-1", outs: { size: inputs.size, told: "made " + inputs.size } };
      },
      async diff(id, olds, news) { return { changes: olds.size !== news.size }; },
      async update(id, olds, news) { return { outs: { size: news.size, told: "updated " + news.size } }; },
      async delete() { ${more} },
    };
    class Own extends pulumi.dynamic.Resource {
      constructor(name, props) { super(provider, name, { ...props, told: undefined }); }
    }
    const own = new Own("own", { size: ${size}, password: pulumi.secret("hush-hush") });
    exports.told = own.told;`;

  it("are run as the program has them: through create, update, refresh and destroy", async () => {
    place.program(program(1));
    assert.deepEqual((await place.run("preview")).changes, { create: 2 });
    assert.equal((await place.run("up")).outputs["told"], "made 1");
    place.program(program(2));
    const update = await place.run("up");
    assert.deepEqual([update.changes, update.outputs["told"]], [{ same: 1, update: 1 }, "updated 2"]);
    assert.deepEqual(Object.keys((await place.run("refresh")).changes), ["same"]);
    place.sound();
    assert.ok(!JSON.stringify([update.events, place.state()]).includes("hush-hush"));
    await place.ends();
  });

  it("tell what they fail with", async () => {
    place.program(program(9));
    const { status, errors } = await place.run("up");
    assert.equal(status, "failed");
    assert.match(errors.join(), /out of space/);
    assert.equal(
      (place.state().resources ?? []).filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic")).length,
      0,
    );
  });
});
