import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CHANGED } from "./seal";
import { resource, withStage } from "./testing/client";
import { type Raw, SECRET, SIGNATURE, secret } from "./wire";

const database = resource("toy:db:Database", "db");
const CANARY = "canary-7f3a-swordfish";
const marked = (value: Raw | undefined): boolean => (value as Record<string, Raw> | undefined)?.[SIGNATURE] === SECRET;
const stageText = (folder: string): string =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");

describe("a secret", () => {
  it("goes out secret wherever it is mirrored, however deep", () =>
    withStage(async ({ engine }) => {
      const users = [{ name: "a", password: secret(CANARY) }];
      const { outputs } = await engine.make(database, { password: secret("hunter22"), users });
      assert.deepEqual(outputs["password"], secret("hunter22"));
      assert.deepEqual(outputs["users"], users);
    }));

  it("makes secret what the cloud builds of it", () =>
    withStage(async ({ engine }) => {
      const { outputs } = await engine.make(database, { password: secret(CANARY) });
      assert.deepEqual(outputs["connection"], secret(`toy://admin:${CANARY}@db-db`));
      assert.equal(outputs["address"], "db-db.toy.example");
    }));

  it("is one where the row says so, in a preview too", () =>
    withStage(async ({ engine }) => {
      assert.ok(marked((await engine.create(database, {}, true)).outputs["key"]));
      assert.ok(marked((await engine.make(database, {})).outputs["key"]));
    }));

  it("that is write-only is nowhere in the outputs", () =>
    withStage(async ({ engine }) => {
      const { outputs } = await engine.make(database, { token: secret(CANARY) });
      assert.ok(!JSON.stringify(outputs).includes(CANARY));
    }));

  it("is never in the account's files, nor in what they keep in memory", () =>
    withStage(async ({ engine, clouds, folder }) => {
      const inputs = { password: secret(CANARY), token: secret(`${CANARY}-2`), users: [{ password: secret(CANARY) }] };
      const made = await engine.make(database, inputs);
      await engine.update(database, made.id, made, { ...made.inputs, note: "n" });
      const key = (made.outputs["key"] as Record<string, string>)["value"]!;
      for (const text of [stageText(folder), JSON.stringify(clouds.account.entries())])
        for (const forbidden of [CANARY, key]) assert.ok(!text.includes(forbidden));
      assert.ok(stageText(folder).includes("db-db"));
    }));

  it("comes back from a read as the engine's own value while it is still the account's", () =>
    withStage(async ({ engine }) => {
      const made = await engine.make(database, { password: secret(CANARY), token: secret("token-123") });
      assert.deepEqual(await engine.read(database, made.id, made), made);
    }));

  it("is told to have changed when it was changed outside, without being told itself", () =>
    withStage(async ({ engine, clouds }) => {
      const made = await engine.make(database, { password: secret(CANARY) });
      const [entry] = clouds.account.entries();
      const outputs = { ...entry!.outputs, password: clouds.account.seal.close(secret("another one")) };
      clouds.account.put({ ...entry!, outputs });
      const read = await engine.read(database, made.id, made);
      assert.deepEqual(read.outputs["password"], secret(CHANGED));
      assert.deepEqual(read.outputs["key"], made.outputs["key"]);
    }));

  it("is left out of an import, because no cloud would tell it", () =>
    withStage(async ({ engine }) => {
      const made = await engine.make(database, { password: secret(CANARY), size: 3 });
      const read = await engine.read(resource("toy:db:Database", "imported"), made.id);
      assert.deepEqual(read.inputs, { size: 3 });
      assert.equal(read.outputs["password"], undefined);
    }));

  it("compares like any value", () =>
    withStage(async ({ engine }) => {
      const diff = (before: Raw, after: Raw) =>
        engine.diff(database, "db-db", { password: before }, { password: after });
      assert.equal((await diff(secret("a"), secret("a"))).changes, false);
      assert.equal((await diff("a", secret("a"))).changes, false);
      assert.deepEqual((await diff(secret("a"), secret("b"))).detail, { password: "update" });
    }));
});
