import assert from "node:assert/strict";
import { UNKNOWN } from "./row";
import { resource, withStage } from "./testing/client";
import { encode } from "./wire";

const network = resource("toy:net:Network", "main");
const subnet = resource("toy:net:Subnet", "a");
const database = resource("toy:db:Database", "db");
const unknown = encode(UNKNOWN);
const block = { cidr: "10.0.0.0/16" };

describe("what a create gives", () => {
  it("is inputs, defaults and computed values, and the same for the same program", async () => {
    const once = () => withStage(async ({ engine }) => engine.make(network, block));
    const [first, second] = [await once(), await once()];
    assert.deepEqual(first, second);
    const { name } = first.inputs;
    assert.match(first.id, /^net-[0-9a-f]{8}$/);
    assert.deepEqual(first.outputs, {
      cidr: "10.0.0.0/16",
      name,
      mtu: 1500,
      arn: `arn:aws:toy:r1:1:network/${first.id}`,
      state: "available",
    });
  });

  it("is unknown in a preview where the cloud makes it, known where the program does", () =>
    withStage(async ({ engine, clouds }) => {
      const { id, outputs } = await engine.create(network, { ...block, name: unknown }, true);
      assert.equal(id, "");
      assert.deepEqual(outputs, { cidr: "10.0.0.0/16", name: unknown, arn: unknown, state: unknown });
      const db = await engine.create(database, { settings: { tier: "large" } }, true);
      assert.deepEqual(db.outputs["settings"], { tier: "large", version: unknown });
      assert.deepEqual(clouds.account.entries(), []);
    }));
});

describe("an update", () => {
  it("keeps what the row keeps, and tells in its preview what only the act will tell", () =>
    withStage(async ({ engine }) => {
      const { id: networkId } = await engine.make(network, block);
      const made = await engine.make(subnet, { networkId, cidr: "10.0.1.0/24", tags: { a: "1" } });
      const news = { ...made.inputs, tags: { a: "2" } };
      const preview = await engine.update(subnet, made.id, made, news, true);
      assert.deepEqual(preview, { ...news, tagsAll: { by: "toy", a: "2" }, changed: unknown, was: made.id });
      const real = await engine.update(subnet, made.id, made, news);
      assert.deepEqual({ ...real, changed: unknown }, preview);
    }));

  it("of what is gone from the account is refused", () =>
    withStage(async ({ engine }) => {
      const made = await engine.make(network, block);
      await engine.delete(network, made.id);
      await assert.rejects(
        engine.update(network, made.id, made, block),
        /does not exist in the account .* refresh the stack/,
      );
    }));

  it("replaces where the row says that this change can't be made in place", () =>
    withStage(async ({ engine }) => {
      const diff = (from: number, to: number) => engine.diff(subnet, "s", { size: from }, { size: to });
      assert.deepEqual(await diff(1, 2), { changes: true, replaces: [], first: false, detail: { size: "update" } });
      assert.deepEqual(await diff(2, 1), {
        changes: true,
        replaces: ["size"],
        first: false,
        detail: { size: "update-replace" },
      });
    }));
});

describe("references", () => {
  it("to what does not exist are refused with place and value", () =>
    withStage(async ({ engine }) => {
      await assert.rejects(
        engine.make(subnet, { networkId: "net-none", cidr: "10.0.1.0/24" }),
        /creating toy:net:Subnet "a": networkId: "net-none" does not exist: no toy:net:Network in the account \(1, r1\)/,
      );
      const { id: networkId } = await engine.make(network, block);
      const bad = { networkId, cidr: "10.0.1.0/24", peers: ["any", "nobody"], policy: "only:arn:none" };
      await assert.rejects(
        engine.make(subnet, bad),
        /peers\[1\]: "nobody" does not exist.*; policy: "only:arn:none" does not exist/,
      );
    }));

  it("hold by any output that the row names, and inside a longer text", () =>
    withStage(async ({ engine }) => {
      const made = await engine.make(network, block);
      const { arn, name } = made.outputs as { arn: string; name: string };
      await engine.make(subnet, { networkId: made.id, peers: [arn, name, "any"], policy: `only:${arn}` });
      await engine.make(resource("toy:net:Subnet", "b"), {
        networkId: made.id,
        cidr: "10.0.9.0/24",
        policy: "everyone",
      });
    }));

  it("hold a deletion back until they are gone", () =>
    withStage(async ({ engine }) => {
      const made = await engine.make(network, block);
      const user = await engine.make(subnet, { networkId: made.id, cidr: "10.0.1.0/24" });
      await assert.rejects(
        engine.delete(network, made.id),
        new RegExp(`"${made.id}" is still in use by toy:net:Subnet "${user.id}" \\(networkId, ${subnet.urn}\\)`),
      );
      await engine.delete(subnet, user.id);
      await engine.delete(network, made.id);
    }));

  it("move with an update, and don't hold when they are weak", () =>
    withStage(async ({ engine }) => {
      const [one, two] = [
        await engine.make(network, block),
        await engine.make(resource("toy:net:Network", "two"), { cidr: "10.1.0.0/16" }),
      ];
      const user = await engine.make(subnet, { networkId: one.id, cidr: "10.0.1.0/24", peers: [one.outputs["arn"]!] });
      await engine.update(subnet, user.id, user, { ...user.inputs, networkId: two.id });
      await engine.delete(network, one.id);
      await assert.rejects(engine.delete(resource("toy:net:Network", "two"), two.id), /still in use/);
    }));
});

describe("what lies in something", () => {
  it("doesn't hold its deletion back, and goes with it, however deep", () =>
    withStage(async ({ engine, clouds }) => {
      const { id: networkId } = await engine.make(network, block);
      const { id: noteId } = await engine.make(resource("toy:net:Note", "outer"), { networkId });
      await engine.make(resource("toy:net:Note", "inner"), { noteId });
      await engine.delete(network, networkId);
      assert.deepEqual(clouds.account.entries(), []);
    }));
});

describe("the account", () => {
  it("refuses a name that is taken, until it is free again", () =>
    withStage(async ({ engine }) => {
      const named = { ...block, name: "one" };
      const made = await engine.make(network, named);
      const second = resource("toy:net:Network", "second");
      await assert.rejects(engine.make(second, named), /name: AlreadyExists: ".*" has this name already/);
      await engine.delete(network, made.id);
      await engine.make(second, named);
    }));

  it("refuses what its neighbours don't admit", () =>
    withStage(async ({ engine }) => {
      const { id: networkId } = await engine.make(network, block);
      await engine.make(subnet, { networkId, cidr: "10.0.0.0/24" });
      const other = resource("toy:net:Subnet", "b");
      await assert.rejects(
        engine.make(other, { networkId, cidr: "10.0.0.128/25" }),
        /cidr: 10.0.0.128\/25 overlaps subnet sub-/,
      );
    }));

  it("doesn't let go of what is protected, and takes a second deletion as done", () =>
    withStage(async ({ engine }) => {
      const made = await engine.make(database, { protected: true });
      await assert.rejects(engine.delete(database, made.id), /deletion protection is on/);
      await engine.update(database, made.id, made, { protected: false });
      await engine.delete(database, made.id);
      await engine.delete(database, made.id);
    }));

  it("reads what is there for a refresh or an import, and nothing where nothing is", () =>
    withStage(async ({ engine, connect }) => {
      const made = await engine.make(network, block);
      assert.deepEqual(await engine.read(network, made.id, made), made);
      assert.deepEqual(await engine.read(resource("toy:net:Network", "imported"), made.id), made);
      assert.equal((await engine.read(network, "net-none")).id, "");
      const stranger = await connect().configure({ region: "r1", account: "2" });
      assert.equal((await stranger.read(network, made.id)).id, "");
    }));

  it("makes nothing twice: a create that was never answered is taken over", () =>
    withStage(async ({ engine, clouds }) => {
      const lost = await engine.make(network, block);
      // The engine was killed before it saved the answer; it starts again from nothing.
      const found = await engine.make(network, block);
      assert.deepEqual(found, lost);
      assert.equal(clouds.account.entries().length, 1);
    }));

  it("doesn't let what is taken over stand in its own way: a subnet whose range is its own", () =>
    withStage(async ({ engine, clouds }) => {
      const made = await engine.make(network, block);
      const inside = { networkId: made.id, cidr: "10.0.1.0/24" };
      const lost = await engine.make(subnet, inside);
      assert.deepEqual(await engine.make(subnet, inside), lost);
      assert.equal(clouds.account.entries().length, 2);
    }));

  it("takes a create for a replacement once the engine has shown that it knows the old one", () =>
    withStage(async ({ engine, clouds }) => {
      const made = await engine.make(network, block);
      await engine.check(network, block, made.inputs);
      const replaced = await engine.make(network, { cidr: "10.1.0.0/16" });
      assert.notEqual(replaced.id, made.id);
      // That one's answer is lost: the next run finds the old one in its state and the new one in the account.
      await engine.diff(network, made.id, made.inputs, { ...made.inputs, cidr: "10.1.0.0/16" });
      const again = await engine.make(network, { cidr: "10.1.0.0/16" });
      assert.equal(again.id, replaced.id);
      assert.equal(clouds.account.entries().length, 2);
    }));

  it("follows a resource that got another URN", () =>
    withStage(async ({ engine, clouds }) => {
      const made = await engine.make(network, block);
      const renamed = resource("toy:net:Network", "renamed");
      const { inputs } = await engine.check(renamed, block, made.inputs);
      assert.deepEqual((await engine.diff(renamed, made.id, made.inputs, inputs)).changes, false);
      const outputs = await engine.update(renamed, made.id, made, { ...inputs, note: "n" });
      assert.equal(outputs["arn"], made.outputs["arn"]);
      await engine.delete(renamed, made.id);
      assert.deepEqual(clouds.account.entries(), []);
    }));
});
