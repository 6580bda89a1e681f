import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startCloud } from "./testing/cloud";
import { Thing } from "./testing/resources";
import { workspace } from "./testing/workspace";

const program = `
  const a = new Thing("a", {});
  const b = new Thing("b", { from: a.made });
  const c = new Thing("c", { from: b.made });
  for (const n of [1, 2, 3]) new Thing("d" + n, { from: c.made });`;

/** The same, for the runs that come after the kill. */
const again = () => {
  const a = new Thing("a");
  const b = new Thing("b", { from: a.made });
  const c = new Thing("c", { from: b.made });
  for (const n of [1, 2, 3]) new Thing(`d${n}`, { from: c.made });
};

/** Kills an up at the given moment of a creation; resolves when it is dead. */
async function killedUp(at: { readonly name: string; readonly when: "before" | "after" }) {
  const cloud = await startCloud();
  const place = workspace(cloud);
  place.program(program);
  const child = spawn(
    process.execPath,
    ["--import=tsx", join(__dirname, "testing/up.ts"), place.folder, place.backend, String(cloud.port)],
    { stdio: "ignore", cwd: join(__dirname, "../..") },
  );
  cloud.onCreate = (name, when) => {
    if (name === at.name && when === at.when) child.kill("SIGKILL");
  };
  const signal = await new Promise<string | null>((resolve) => child.once("exit", (_, by) => resolve(by)));
  assert.equal(signal, "SIGKILL");
  cloud.onCreate = () => undefined;
  place.program(again);
  return { cloud, place };
}

const moments = (["a", "c", "d2"] as const).flatMap((name) => [
  { name, when: "before" as const },
  { name, when: "after" as const },
]);

describe("an up that is killed", () => {
  for (const moment of moments) {
    it(`${moment.when} ${moment.name} is made converges in the next: nothing lost, nothing twice`, async () => {
      const { cloud, place } = await killedUp(moment);
      try {
        const result = await place.run("up");
        assert.equal(result.status, "succeeded");
        const made = [...cloud.things.values()].map((thing) => thing.urn.split("::").pop()).sort();
        assert.deepEqual(made, ["a", "b", "c", "d1", "d2", "d3"]);
        const state = place.state();
        assert.equal(state.pending_operations, undefined);
        assert.deepEqual(
          state.resources
            ?.map((r) => r["id"])
            .filter((id) => cloud.things.has(String(id)))
            .sort(),
          [...cloud.things.keys()].sort(),
        );
        assert.deepEqual((await place.run("up")).changes, { same: 7 });
      } finally {
        cloud.stop();
        place.remove();
      }
    });
  }

  it("and then destroyed leaves nothing in the cloud", async () => {
    const { cloud, place } = await killedUp({ name: "c", when: "after" });
    try {
      const result = await place.run("destroy");
      assert.equal(result.status, "succeeded");
      assert.equal(cloud.things.size, 0);
      assert.deepEqual(place.state().resources ?? [], []);
      assert.deepEqual(place.state().pending_operations ?? [], []);
    } finally {
      cloud.stop();
      place.remove();
    }
  });

  it("may have been made good by the CLI, which keeps its notes of creations: they are let go", async () => {
    const cloud = await startCloud();
    const place = workspace(cloud);
    try {
      place.program(again);
      await place.run("up");
      const file = JSON.parse(readFileSync(place.stateFile, "utf8")) as {
        checkpoint: { latest: { resources: { urn: string }[]; pending_operations?: object[] } };
      };
      const { latest } = file.checkpoint;
      const made = latest.resources.find(({ urn }) => urn.endsWith("::a"));
      latest.pending_operations = [{ type: "creating", resource: { ...made, id: "", outputs: {} } }];
      writeFileSync(place.stateFile, JSON.stringify(file));
      cloud.refuses.add("create a");
      const { status, changes, warnings } = await place.run("up");
      assert.deepEqual([status, changes, warnings.length], ["succeeded", { same: 7 }, 1]);
      assert.equal(place.state().pending_operations, undefined);
    } finally {
      cloud.stop();
      place.remove();
    }
  });
});
