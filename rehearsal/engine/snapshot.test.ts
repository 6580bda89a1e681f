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

  it("writes nothing once it is closed, whatever was asked for beside the last write", async () => {
    const folder = mkdtempSync(join(tmpdir(), "snapshot-"));
    try {
      const store = new StackStore(folder, { project: "shop", stack: "dev" });
      const empty = { salt: undefined, resources: [], operations: [] };
      const writer = new SnapshotWriter(store, empty, Promise.resolve(await newPassphrase("a phrase")));
      await writer.commit();
      const closed = writer.close();
      // between the turn in which the last write is asked for and the one in which it is made
      await Promise.resolve();
      const late = writer.commit();
      await closed;
      rmSync(store.file);
      await late;
      assert.equal(store.exists(), false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
