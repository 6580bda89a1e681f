import assert from "node:assert/strict";
import { build, inside, itKeepsTheContract } from "../../test/contract";
import { clouds } from "../cloud";
import { bucketPurposes, Storage } from ".";

const token = "trifold:storage:Storage";

describe("storage", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => new Storage("storage", ground),
      "everything set": (ground) =>
        new Storage("storage", {
          ...ground,
          buckets: ["uploads", "assets", "backups"],
          archiveAfterDays: 30,
          softDeleteDays: 14,
          immutableDays: 60,
          logRetentionDays: 400,
          dataClass: { assets: "internal" },
        }),
      "backups alone": (ground) => new Storage("storage", { ...ground, buckets: ["backups"] }),
    },
  });

  for (const cloud of clouds)
    it(`makes one store a purpose on ${cloud}, and logs with them (STO-01, STO-02, STO-03, STO-13)`, async () => {
      let made: string[] = [];
      await build(cloud, (ground) => (made = Object.keys(new Storage("storage", ground).buckets)), true);
      assert.deepEqual(made.sort(), [...bucketPurposes].sort());
    });

  for (const cloud of clouds)
    it(`protects what holds data on ${cloud} in prod and lets go of it in dev`, async () => {
      const stores = /s3\/bucket:Bucket$|storage:StorageAccount$|storage\/bucket:Bucket$/;
      for (const [environment, wanted] of [
        ["prod", true],
        ["dev", false],
      ] as const) {
        const recording = await build(cloud, (ground) => new Storage("storage", ground), false, environment);
        const found = inside(recording, token).filter((one) => stores.test(one.type));
        assert.equal(found.length, 4);
        for (const store of found) assert.equal(store.protect, wanted, store.name);
      }
    });
});
