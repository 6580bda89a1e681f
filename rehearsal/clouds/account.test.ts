import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Account } from "./account";
import type { Entry } from "./entry";
import { resource, withStage } from "./testing/client";

const withFolder = async (act: (folder: string) => Promise<void> | void): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "account-"));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const entry = (account: Account, name: string, rest: Partial<Entry> = {}): Entry => ({
  key: account.newKey(),
  type: "t",
  id: `id-${name}`,
  urn: `urn:${name}`,
  origin: `urn:${name}`,
  generation: 0,
  inputs: {},
  outputs: { name },
  place: { cloud: "toy", account: "1", region: "" },
  links: [],
  known: false,
  ...rest,
});

const ids = (account: Account): readonly string[] => account.entries().map(({ id }) => id);

describe("the account on the disk", () => {
  it("is the same after it was closed and opened again", () =>
    withFolder(async (folder) => {
      const first = new Account(folder);
      first.put(entry(first, "a"));
      const gone = entry(first, "b");
      first.put(gone);
      first.drop(gone);
      await first.close();
      const second = new Account(folder);
      assert.deepEqual(ids(second), ["id-a"]);
      assert.deepEqual([second.nextOf("urn:a").generation, second.nextOf("urn:b").generation], [0, 1]);
      assert.equal(second.seal.hash("x"), first.seal.hash("x"));
      assert.notEqual(second.newKey(), gone.key);
      await second.close();
    }));

  it("remembers the names that deleted things keep, until their time is over", () =>
    withFolder(async (folder) => {
      const first = new Account(folder);
      for (const until of [undefined, "2026-12-21T00:00:00Z"]) {
        const gone = entry(first, String(until));
        first.put(gone);
        first.drop(gone, { unique: `name of ${until}`, reason: "kept", ...(until !== undefined && { until }) });
      }
      await first.close();
      const second = new Account(folder);
      const kept = (now: string) =>
        ["undefined", "2026-12-21T00:00:00Z"].map((name) => second.grave(`name of ${name}`, now)?.reason);
      assert.deepEqual(kept("2026-12-20T23:59:59Z"), ["kept", "kept"]);
      assert.deepEqual(kept("2026-12-21T00:00:00Z"), ["kept", undefined]);
      await second.close();
    }));

  it("holds what was answered, wherever the process was killed in the middle of a write", () =>
    withFolder(async (folder) => {
      const account = new Account(folder);
      const answered: number[] = [];
      const journal = join(folder, "account.journal");
      for (let at = 0; at < 12; at++) {
        account.put(entry(account, String(at)));
        account.durable();
        answered.push(readFileSync(journal).length);
      }
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: answered.at(-1)! }), async (length) => {
          const copy = join(folder, "copy");
          rmSync(copy, { recursive: true, force: true });
          mkdirSync(copy);
          copyFileSync(join(folder, "account.json"), join(copy, "account.json"));
          writeFileSync(join(copy, "account.journal"), readFileSync(journal).subarray(0, length));
          const killed = new Account(copy);
          const expected = answered.filter((end) => end <= length).length;
          assert.equal(ids(killed).length, expected);
          killed.put(entry(killed, "after"));
          await killed.close();
          const next = new Account(copy);
          assert.equal(ids(next).length, expected + 1);
          await next.close();
        }),
        { numRuns: 30 },
      );
      await account.close();
    }));

  it("survives a kill between the writing of the whole and the emptying of the journal", () =>
    withFolder(async (folder) => {
      const account = new Account(folder);
      account.put(entry(account, "a"));
      account.drop(account.entries()[0]!);
      account.put(entry(account, "b"));
      account.durable();
      const old = readFileSync(join(folder, "account.journal"));
      await account.close();
      writeFileSync(join(folder, "account.journal"), old);
      const again = new Account(folder);
      assert.deepEqual(ids(again), ["id-b"]);
      await again.close();
    }));

  it("keeps its journal short however much happens", () =>
    withFolder(async (folder) => {
      const account = new Account(folder);
      const kept = entry(account, "a");
      for (let at = 0; at < 9000; at++) {
        account.put({ ...kept, outputs: { at } });
        if (at % 500 === 0) account.durable();
      }
      account.durable();
      assert.ok(readFileSync(join(folder, "account.journal"), "utf8").split("\n").length < 4000);
      await account.close();
    }));

  it("refuses a damaged journal instead of guessing", () =>
    withFolder(async (folder) => {
      const account = new Account(folder);
      for (const name of ["a", "b", "c"]) account.put(entry(account, name));
      account.durable();
      const journal = join(folder, "account.journal");
      const lines = readFileSync(journal, "utf8").split("\n");
      await account.close();
      writeFileSync(
        join(folder, "account.json"),
        JSON.stringify({
          sequence: 0,
          state: { ...JSON.parse(readFileSync(join(folder, "account.json"), "utf8")).state, entries: [] },
        }),
      );
      writeFileSync(journal, [lines[0], lines[2], ""].join("\n"));
      assert.throws(() => new Account(folder), /record 3 follows 1: the stage is damaged/);
      writeFileSync(journal, "nonsense\n");
      assert.throws(() => new Account(folder), /account.journal:1 is not a record/);
      assert.ok(!existsSync(join(folder, "account.lock")));
    }));

  it("is open once at a time, and says who has it", () =>
    withFolder(async (folder) => {
      const account = new Account(folder);
      assert.throws(() => new Account(folder), new RegExp(`in use by process ${process.pid} .* another --stage`));
      await account.close();
      await new Account(folder).close();
    }));

  it("takes over from a process that was killed", () =>
    withFolder(async (folder) => {
      const script = `const { Account } = require(${JSON.stringify(require.resolve("./account"))});
        new Account(${JSON.stringify(folder)}); console.log("open"); setInterval(() => {}, 1000);`;
      const child = spawn(process.execPath, ["--import=tsx", "-e", script], { cwd: __dirname });
      await once(child.stdout, "data");
      assert.throws(() => new Account(folder), new RegExp(`in use by process ${child.pid}`));
      child.kill("SIGKILL");
      await once(child, "exit");
      await new Account(folder).close();
    }));

  it("finds by type, by any output and by what refers, without walking over everything", () =>
    withFolder(async (folder) => {
      const account = new Account(folder, (type) => type === "Caseless");
      const target = entry(account, "a", { outputs: { deep: [{ arn: "x" }] } });
      account.put(target);
      account.put(entry(account, "b", { type: "Caseless", id: "ID-B" }));
      const user = entry(account, "c", { links: [{ path: "p", to: target.key }] });
      account.put(user);
      assert.equal(account.find(["t"], "deep.*.arn", "x")?.id, "id-a");
      account.put({ ...target, outputs: { deep: [{ arn: "y" }] } });
      assert.equal(account.find(["t"], "deep.*.arn", "x"), undefined);
      assert.equal(account.find(["t"], "deep.*.arn", "y")?.id, "id-a");
      assert.equal(account.find(["Caseless"], "id", "id-b")?.id, "ID-B");
      assert.deepEqual(
        account.referrers(target).map(({ from }) => from.id),
        ["id-c"],
      );
      account.drop(user);
      assert.deepEqual(account.referrers(target), []);
      await account.close();
    }));

  it("answers after a restart as if there had been none", () =>
    withFolder(async (folder) => {
      const network = resource("toy:net:Network", "main");
      const made = await withStage(({ engine }) => engine.make(network, { cidr: "10.0.0.0/16" }), { folder });
      await withStage(
        async ({ engine }) => {
          assert.deepEqual(await engine.read(network, made.id, made), made);
          await engine.make(resource("toy:net:Subnet", "s"), { networkId: made.id, cidr: "10.0.0.0/24" });
          await assert.rejects(engine.delete(network, made.id), /still in use/);
        },
        { folder },
      );
    }));
});
