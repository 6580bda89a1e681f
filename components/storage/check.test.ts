import assert from "node:assert/strict";
import type { Cloud } from "../cloud";
import { type StorageChoice, storageMistakes } from "./check";

const good: StorageChoice = {
  buckets: ["uploads", "assets", "backups"],
  archiveAfterDays: 90,
  softDeleteDays: 30,
  immutableDays: 30,
  logRetentionDays: 90,
};
const found = (choice: Partial<StorageChoice>, cloud: Cloud = "aws", disposable = false) =>
  storageMistakes(cloud, disposable, { ...good, ...choice }).map(({ field, remedy }) => `${field}: ${remedy}`);

describe("checkStorage", () => {
  it("takes what every cloud offers", () => {
    for (const cloud of ["aws", "azure", "gcp"] as const) assert.deepEqual(found({}, cloud), []);
  });

  it("leaves backups unlocked only where all may be thrown away (STO-15)", () => {
    assert.match(found({ immutableDays: 0 }).join(), /^immutableDays: .*only a disposable site/);
    assert.deepEqual(found({ immutableDays: 0 }, "aws", true), []);
    assert.deepEqual(found({ immutableDays: 0, buckets: ["assets"] }), []);
  });

  it("knows Cloud Storage's soft delete", () => {
    assert.match(found({ softDeleteDays: 91 }, "gcp").join(), /90 days at most/);
    assert.deepEqual(found({ softDeleteDays: 91 }, "azure"), []);
  });

  it("refuses no store, a store twice and numbers out of range", () => {
    assert.match(found({ buckets: [] }).join(), /^buckets: name one or more/);
    assert.match(found({ buckets: ["assets", "assets"] }).join(), /^buckets/);
    assert.match(found({ archiveAfterDays: 0 }).join(), /^archiveAfterDays: use a whole number from 1 to 3650/);
    assert.match(found({ softDeleteDays: 7.5 }).join(), /^softDeleteDays: use a whole number from 7 to 365/);
  });
});
