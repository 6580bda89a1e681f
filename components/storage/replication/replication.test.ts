import assert from "node:assert/strict";
import { build, type Ground, inside, itKeepsTheContract } from "../../../test/contract";
import { siteOn, standbyOn, storageOn } from "../../../test/sites";
import { clouds } from "../../cloud";
import { Storage } from "..";
import { Replication, type ReplicationArgs } from ".";

const token = "trifold:storage:Replication";

function replicationOn(ground: Ground, more: Partial<ReplicationArgs> = {}): Replication {
  const there = standbyOn(ground.site.cloud, ground.site.environment);
  return new Replication("replication", {
    source: { ...ground, storage: storageOn(ground) },
    target: { ...there, storage: storageOn(there, "standby-storage") },
    ...more,
  });
}

describe("storage replication", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => replicationOn(ground),
      "everything set": (ground) => replicationOn(ground, { purposes: ["uploads", "assets", "backups"] }),
    },
  });

  for (const cloud of clouds)
    it(`copies uploads and backups by default on ${cloud}, each to the store of its purpose (STO-07, BAK-06, BAK-11)`, async () => {
      const made: string[] = [];
      const recording = await build(
        cloud,
        (ground) => {
          const { targets } = replicationOn(ground);
          made.push(...Object.keys(targets));
          for (const [purpose, target] of Object.entries(targets))
            target.apply((name) => assert.match(name, new RegExp(purpose), `${purpose} goes to ${name}`));
        },
        false,
      );
      assert.deepEqual(made.sort(), ["backups", "uploads"]);
      assert.ok(inside(recording, token).length >= 2);
    });

  it("refuses another cloud, the same region and stores that a side lacks, and says what to do (F13)", async () => {
    const elsewhere = (ground: Ground, site = siteOn("gcp", "prod", "standby")) => ({
      ...ground,
      site,
      storage: storageOn(ground, "other"),
    });
    await assert.rejects(
      build("aws", (ground) => replicationOn(ground, { target: elsewhere(ground) }), true),
      /target\.site\.cloud is "gcp"; use a site on aws; copies between clouds are Copies' work \(F13\)/,
    );
    await assert.rejects(
      build("aws", (ground) => replicationOn(ground, { target: elsewhere(ground, ground.site) }), true),
      /target\.site\.region is "us-east-1"; use another region/,
    );
    await assert.rejects(
      build(
        "azure",
        (ground) => {
          const source = { ...ground, storage: new Storage("few", { ...ground, buckets: ["backups"] }) };
          return replicationOn(ground, { source });
        },
        true,
      ),
      /purposes is "uploads"; name stores that both sites have/,
    );
  });
});
