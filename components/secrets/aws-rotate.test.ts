import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

type Rotate = (
  event: { Step: string; SecretId: string; ClientRequestToken: string },
  store: Store,
  kind: Kind,
) => Promise<void>;
interface Kind {
  next(current: string, draw: (length: number) => Promise<string>): Promise<string>;
  set(pending: string, current: string): Promise<unknown>;
  test(pending: string, current: string): Promise<unknown>;
}

/** Secrets Manager, as far as a rotation sees it. */
class Store {
  readonly versions = new Map<string, { value?: string; stages: string[] }>([
    ["v1", { value: "old-value-of-sixteen", stages: ["AWSCURRENT"] }],
    ["v2", { stages: ["AWSPENDING"] }],
  ]);
  enabled = true;
  draws = 0;

  async describe() {
    const stages = [...this.versions].map(([id, { stages }]) => [id, stages] as const);
    return { RotationEnabled: this.enabled, VersionIdsToStages: Object.fromEntries(stages) };
  }
  async read(_: string, stage: string, version?: string) {
    const found = [...this.versions].find(([id, one]) => one.stages.includes(stage) && (version ?? id) === id);
    return found?.[1].value;
  }
  async draw(length: number) {
    this.draws++;
    return "n".repeat(length);
  }
  async put(_: string, version: string, value: string) {
    this.versions.set(version, { value, stages: ["AWSPENDING"] });
  }
  async promote(_: string, to: string, from?: string) {
    for (const [id, one] of this.versions)
      one.stages = id === to ? ["AWSCURRENT"] : id === from ? ["AWSPREVIOUS"] : one.stages;
  }
}

const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];

describe("rotation of a secret on AWS", () => {
  let rotate: Rotate;
  let random: Kind;
  before(async () => {
    const load = (file: string) => import(pathToFileURL(join(__dirname, "aws-rotate", file)).href) as Promise<never>;
    ({ rotate } = (await load("rotate.mjs")) as { rotate: Rotate });
    random = await load("random.mjs");
  });
  const run = (store: Store, step: string, kind = random) =>
    rotate({ Step: step, SecretId: "secret", ClientRequestToken: "v2" }, store, kind);

  it("puts a new value of the same length in, and the old one stays until the last step (SEC-09)", async () => {
    const store = new Store();
    for (const step of steps) {
      assert.equal(await store.read("secret", "AWSCURRENT"), "old-value-of-sixteen");
      await run(store, step);
    }
    assert.equal(await store.read("secret", "AWSCURRENT"), "n".repeat("old-value-of-sixteen".length));
    assert.deepEqual(store.versions.get("v1")?.stages, ["AWSPREVIOUS"]);
  });

  it("may be called twice at every step, as after a crash, and draws once", async () => {
    const store = new Store();
    for (const step of steps) {
      await run(store, step);
      await run(store, step);
    }
    assert.equal(store.draws, 1);
    assert.deepEqual(store.versions.get("v2")?.stages, ["AWSCURRENT"]);
  });

  it("tells where the value is used before it counts, and stops where that fails", async () => {
    const store = new Store();
    const told: string[] = [];
    const kind: Kind = {
      ...random,
      set: async (pending, current) => told.push(`${pending.length} after ${current}`),
      test: () => Promise.reject(new Error("no login")),
    };
    await run(store, "createSecret", kind);
    await run(store, "setSecret", kind);
    assert.deepEqual(told, ["20 after old-value-of-sixteen"]);
    await assert.rejects(run(store, "testSecret", kind), /no login/);
    assert.deepEqual(store.versions.get("v1")?.stages, ["AWSCURRENT"]);
  });

  it("refuses what isn't a rotation: one switched off, a strange version, an empty secret, an unknown step", async () => {
    const off = new Store();
    off.enabled = false;
    await assert.rejects(run(off, "createSecret"), /Rotation of secret is off/);
    const strange = new Store();
    strange.versions.delete("v2");
    await assert.rejects(run(strange, "createSecret"), /no version v2/);
    const empty = new Store();
    empty.versions.set("v1", { stages: ["AWSCURRENT"] });
    await assert.rejects(run(empty, "createSecret"), /no value yet/);
    const early = new Store();
    await assert.rejects(run(early, "finishSecret"), /v2 of secret has no value yet/);
    const full = new Store();
    await run(full, "createSecret");
    await assert.rejects(run(full, "deleteSecret"), /no step deleteSecret/);
  });
});
