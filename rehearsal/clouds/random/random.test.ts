import assert from "node:assert/strict";
import bcrypt from "bcryptjs";
import fc from "fast-check";
import { resource, withStage } from "../testing/client";
import { isSecret, open, type Raw, type RawProps } from "../wire";
import { pkg } from ".";

const of = (name: string) => resource(`random:index/random${name}:Random${name}`, "r");
const stage = <T>(act: Parameters<typeof withStage<T>>[0]) => withStage(act, { packages: [pkg] });
const make = (name: string, inputs: RawProps) => stage(({ engine }) => engine.make(of(name), inputs));
const clear = (raw: Raw | undefined): string => open(raw ?? null) as string;

describe("the package random", () => {
  it("makes passwords that are secret, as long and as mixed as asked, with a hash that fits", async () => {
    const asked = { length: 20, minLower: 3, minUpper: 3, minNumeric: 3, minSpecial: 3, overrideSpecial: "_%" };
    const { id, outputs } = await make("Password", asked);
    assert.equal(id, "none");
    assert.ok(isSecret(outputs["result"]) && isSecret(outputs["bcryptHash"]));
    const result = clear(outputs["result"]);
    for (const kind of [/[a-z]/g, /[A-Z]/g, /[0-9]/g, /[_%]/g]) assert.ok((result.match(kind) ?? []).length >= 3);
    assert.match(result, /^[a-zA-Z0-9_%]{20}$/);
    assert.ok(bcrypt.compareSync(result, clear(outputs["bcryptHash"])));
    assert.match(clear(outputs["bcryptHash"]), /^\$2a\$10\$.{53}$/);
  });

  it("gives another account another password, and the same one to a repeated create", async () => {
    const once = () =>
      stage(async ({ engine }) => [
        await engine.make(of("Password"), { length: 30 }),
        await engine.make(of("Password"), { length: 30 }),
      ]);
    const [[a, b], [c]] = [await once(), await once()];
    assert.deepEqual(a, b);
    assert.notDeepEqual(a!.outputs["result"], c!.outputs["result"]);
  });

  it("refuses lengths that can't be", () =>
    stage(async ({ engine }) => {
      const failures = async (inputs: RawProps) => (await engine.check(of("String"), inputs)).failures;
      assert.match((await failures({ length: 0 })).join(), /length: expected a number from 1/);
      assert.match((await failures({ length: 2, minLower: 3 })).join(), /at least sum of min_upper .* got 2 and 3/);
      const none = { length: 4, lower: false, upper: false, numeric: false, special: false };
      assert.match((await failures(none)).join(), /at least one of lower, upper, numeric and special/);
      assert.match((await failures({})).join(), /Missing required property 'length'/);
    }));

  it("makes a string out of the classes that are on, and has it as its id", async () => {
    const { id, outputs } = await make("String", { length: 40, special: false, upper: false });
    assert.match(id, /^[a-z0-9]{40}$/);
    assert.equal(outputs["result"], id);
    assert.deepEqual(
      [outputs["lower"], outputs["upper"], outputs["number"], outputs["minSpecial"]],
      [true, false, true, 0],
    );
  });

  it("shows one id in every notation", async () => {
    const { id, outputs } = await make("Id", { byteLength: 8, prefix: "p-" });
    const hex = (outputs["hex"] as string).slice(2);
    assert.match(hex, /^[0-9a-f]{16}$/);
    assert.equal(id, Buffer.from(hex, "hex").toString("base64url"));
    assert.equal(outputs["dec"], `p-${BigInt(`0x${hex}`)}`);
    assert.equal(outputs["b64Url"], `p-${id}`);
  });

  it("makes UUIDs of the version asked for", async () => {
    const version = async (name: string) => (await make(name, {})).id.charAt(14);
    assert.deepEqual([await version("Uuid"), await version("Uuid4"), await version("Uuid7")], ["4", "4", "7"]);
  });

  it("draws integers within both ends, and the same for the same seed", async () => {
    await stage(async ({ engine }) => {
      await fc.assert(
        fc.asyncProperty(fc.integer(), fc.nat(1000), fc.string(), async (min, span, seed) => {
          const { outputs } = await engine.make(of("Integer"), { min, max: min + span, seed });
          assert.ok((outputs["result"] as number) >= min && (outputs["result"] as number) <= min + span);
        }),
        { numRuns: 25 },
      );
      assert.match((await engine.check(of("Integer"), { min: 2, max: 1 })).failures.join(), /min.*got 2 and 1/);
    });
  });

  it("shuffles without losing any, and goes round when more is asked for", async () => {
    const { outputs } = await make("Shuffle", { inputs: ["a", "b", "c"], resultCount: 6 });
    assert.deepEqual([...(outputs["results"] as string[])].sort(), ["a", "a", "b", "b", "c", "c"]);
  });

  it("names pets with as many words as asked", async () => {
    assert.match((await make("Pet", {})).id, /^[a-z]+-[a-z]+$/);
    assert.match((await make("Pet", { length: 4, prefix: "p", separator: "_" })).id, /^p(_[a-z]+){4}$/);
  });

  it("replaces on every change, keepers above all", () =>
    stage(async ({ engine }) => {
      const changed = await engine.diff(of("Pet"), "x", { keepers: { a: "1" } }, { keepers: { a: "2" } });
      assert.deepEqual([changed.replaces, changed.detail], [["keepers"], { "keepers.a": "update-replace" }]);
    }));

  it("imports what an id alone tells, and finds gone what the account lost", () =>
    stage(async ({ engine }) => {
      const { outputs } = await engine.read(of("Integer"), "3,1,10");
      assert.deepEqual(outputs, { min: 1, max: 10, result: 3 });
      const lost = { inputs: { length: 2 }, outputs: { length: 2, result: "ab" } };
      assert.equal((await engine.read(of("String"), "ab", lost)).id, "");
    }));
});
