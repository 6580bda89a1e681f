import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "./checkpoint";
import { Journal, replay } from "./journal";

describe("a journal", () => {
  const base: Deployment = {
    manifest: { time: "T1", magic: "", version: "" },
    metadata: {},
    resources: [{ urn: "a" }, { urn: "b" }],
  };
  let folder: string;
  let journal: Journal;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "journal-"));
    journal = new Journal(join(folder, "deep", "dev.jsonl"));
    journal.start({ base: "T1", resources: [0, 1], operations: [], own: 0 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("replays additions, changes, ends and what is under way", () => {
    journal.append([
      ["pending", 2, "creating", { urn: "c" }],
      ["complete", 2],
      ["add", 2, { urn: "c" }],
      ["done", 0],
      ["change", 1, { urn: "b", delete: true }],
      ["pending", 3, "creating", { urn: "d" }],
    ]);
    const result = replay(journal.path, base);
    assert.deepEqual(result?.resources, [{ urn: "c" }, { urn: "b", delete: true }]);
    assert.deepEqual(result?.pending_operations, [{ resource: { urn: "d" }, type: "creating" }]);
  });

  it("puts what comes new behind what the run had made before, and ahead of what it hasn't come to", () => {
    journal.start({ base: "T1", resources: [0, 1], operations: [], own: 1 });
    journal.append([["add", 2, { urn: "c" }]]);
    assert.deepEqual(replay(journal.path, base)?.resources, [{ urn: "a" }, { urn: "c" }, { urn: "b" }]);
  });

  it("passes over the line that a kill cut short", () => {
    journal.append([["done", 0]]);
    appendFileSync(journal.path, '["add",2,{"ur');
    assert.deepEqual(replay(journal.path, base)?.resources, [{ urn: "b" }]);
  });

  it("says nothing of a state file that was written since", () => {
    journal.append([["done", 0]]);
    const later = { ...base, manifest: { ...base.manifest, time: "T2" } };
    assert.equal(replay(journal.path, later), later);
  });
});
