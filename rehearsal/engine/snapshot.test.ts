import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newPassphrase, type Passphrase } from "./secrets";
import { SnapshotWriter } from "./snapshot";
import { StackStore } from "./store";

describe("the writer of a state", () => {
  it("writes nothing before there is a key, and lets nobody begin meanwhile", async () => {
    const folder = mkdtempSync(join(tmpdir(), "snapshot-"));
    try {
      const store = new StackStore(folder, { project: "shop", stack: "dev" });
      let derived: (passphrase: Passphrase) => void = () => undefined;
      const passphrase = new Promise<Passphrase>((resolve) => {
        derived = resolve;
      });
      const writer = new SnapshotWriter(store, { salt: undefined, resources: [], operations: [] }, passphrase);
      let begun = false;
      const committed = writer.commit().then(() => {
        begun = true;
      });
      const own = await newPassphrase("a phrase");
      await new Promise((turn) => setImmediate(turn));
      assert.deepEqual([begun, store.exists()], [false, false]);
      derived(own);
      await committed;
      assert.equal(store.read()?.secrets_providers?.state.salt, own.salt);
      await writer.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
