// No secret in clear in state, output, log or account file: canaries are planted, and everything is searched.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cloud, clouds } from "../components/cloud";
import { defaultRegion } from "../components/regions";
import { newPassphrase } from "../rehearsal/engine/secrets";
import { Stage } from "./stage";

const canary = "Canary-7Pq9-sings-in-the-mine";

/** Every file below a folder, as text. */
function* files(folder: string): Generator<readonly [string, string]> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield [path, readFileSync(path, "latin1")];
  }
}

/** A dev stack whose database password is the canary, encrypted as `pulumi config set --secret` does it. */
async function stackWithSecret(stage: Stage, cloud: Cloud): Promise<string> {
  const { salt, crypter } = await newPassphrase(stage.passphrase);
  const path = join(stage.folder, "config", "Pulumi.dev.yaml");
  mkdirSync(join(stage.folder, "config"), { recursive: true });
  writeFileSync(
    path,
    JSON.stringify({
      encryptionsalt: salt,
      config: {
        "trifold:app": "goodies",
        "trifold:environment": "dev",
        "trifold:cloud": cloud,
        "trifold:region": defaultRegion[cloud],
        "trifold:tags": { owner: "team@example.com", costCentre: "1" },
        "trifold:database": { passwordSource: "config" },
        "trifold:databasePassword": { secure: crypter.encrypt(canary) },
      },
    }),
  );
  return path;
}

describe("secrets", () => {
  for (const cloud of clouds)
    it(`stay hidden through a whole life on ${cloud}: state, events, outputs, account, journal (SEC-07, ARC-07)`, async () => {
      const stage = new Stage();
      try {
        const configFile = await stackWithSecret(stage, cloud);
        const words = [canary, Buffer.from(canary).toString("base64")];
        for (const operation of ["preview", "up", "refresh", "up"] as const) {
          const told = await stage.run(operation, "dev", { configFile });
          assert.equal(told.status, "succeeded", told.errors.join("\n"));
          const said = JSON.stringify([told.events, told.outputs]);
          for (const word of words) assert.ok(!said.includes(word), `${operation} says ${word}`);
          const found = [...files(stage.folder)].filter(([, text]) => words.some((word) => text.includes(word)));
          assert.deepEqual(
            found.map(([path]) => path),
            [],
          );
        }
        const bearers = stage
          .resources("dev")
          .filter(({ inputs }) => JSON.stringify(inputs ?? {}).includes("4dabf18193072939515e22adb298388d"));
        assert.ok(bearers.length >= 2, "the password is in no resource");
      } finally {
        await stage.close();
      }
    });

  it("made by the stage itself stay hidden too: generated passwords are ciphertext in the state", async () => {
    const stage = new Stage();
    try {
      await stage.run("up", "dev");
      const [password] = stage
        .resources("dev")
        .filter(({ type }) => type === "random:index/randomPassword:RandomPassword");
      const result = password?.outputs?.["result"] as Record<string, string> | undefined;
      assert.ok(result?.["ciphertext"]?.startsWith("v1:"), JSON.stringify(result));
      assert.equal(result?.["plaintext"], undefined);
    } finally {
      await stage.close();
    }
  });
});
