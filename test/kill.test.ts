// `kill -9` of the engine in the middle of an up (issue: never lose, never twice). The moments are counted in finished
// steps, not in seconds, and drawn anew each run; a failure names them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./stack-file";
import { Stage } from "./stage";

/** An up that is killed when so many steps have ended; tells how many it saw, and whether it got to its end. */
async function upKilledAfter(stage: Stage, steps: number): Promise<{ readonly seen: number; readonly said: string }> {
  const child = spawn(
    process.execPath,
    ["--import=tsx", join(root, "rehearsal", "cli.ts"), "up", "dev", "--stage", stage.folder, "--json"],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PULUMI_CONFIG_PASSPHRASE: stage.passphrase },
    },
  );
  const closed = once(child, "close") as Promise<[number | null]>;
  let seen = 0;
  const said: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('"resOutputsEvent"') && ++seen === steps) child.kill("SIGKILL");
    else if (/"severity":"error"/.test(line)) said.push(line);
  const [code] = await closed;
  return { seen, said: code === 0 ? "" : said.join("") };
}

describe("an up that is killed", () => {
  it("is picked up by the next, wherever it died: nothing lost, nothing twice", async () => {
    const stage = new Stage();
    try {
      const moments = Array.from({ length: 5 }, () => randomInt(1, 45));
      for (const moment of moments) {
        const { seen, said } = await upKilledAfter(stage, moment);
        assert.ok(
          seen >= moment || said === "",
          `ended by itself after ${seen} of ${moment} (${moments.join()}): ${said}`,
        );
      }
      const told = await stage.run("up", "dev");
      assert.equal(told.status, "succeeded", `${moments.join()}: ${told.errors.join("\n")}`);
      const again = await stage.run("up", "dev");
      assert.deepEqual(again.steps, {}, moments.join());
      const saved = stage.resources("dev").filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
      const { account } = await stage.clouds();
      assert.deepEqual(
        account
          .entries()
          .map(({ type, id }) => `${type} ${id}`)
          .sort(),
        saved.map(({ type, id }) => `${type} ${id}`).sort(),
        moments.join(),
      );
      assert.equal(new Set(saved.map(({ urn }) => urn)).size, saved.length);
      assert.deepEqual(account.intents, []);
    } finally {
      await stage.close();
    }
  });
});
