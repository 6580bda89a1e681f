import assert from "node:assert/strict";
import { build, type Ground, itKeepsTheContract, the } from "../../test/contract";
import { clusterOn, databaseOn } from "../../test/sites";
import { clouds } from "../cloud";
import { Rotation, type RotationArgs } from ".";

const made = (ground: Ground, more: Partial<RotationArgs> = {}) =>
  new Rotation("rotation", { ...ground, cluster: clusterOn(ground), database: databaseOn(ground), ...more });

describe("rotation", () => {
  itKeepsTheContract({
    token: "trifold:rotation:Rotation",
    builds: {
      defaults: (ground) => made(ground),
      "everything set": (ground) => made(ground, { rotationDays: 7, engineVersion: "17" }),
    },
  });

  for (const cloud of clouds)
    it(`looks every quarter of an hour on ${cloud}, and never twice at once (DB-17, SEC-09)`, async () => {
      const { inputs } = the(await build(cloud, made, false), "kubernetes:batch/v1:CronJob");
      const spec = inputs["spec"] as Record<string, unknown>;
      assert.equal(spec["schedule"], "*/15 * * * *");
      assert.equal(spec["concurrencyPolicy"], "Forbid");
      assert.match(JSON.stringify(spec), /"name":"ROTATION_DAYS","value":"30"/);
      // Passwords are in memory, and no step is handed one.
      assert.match(JSON.stringify(spec), /"emptyDir":\{"medium":"Memory","sizeLimit":"16Mi"\},"name":"work"/);
      assert.doesNotMatch(JSON.stringify(spec), /PGPASSWORD/);
    });

  it("refuses a period that no auditor would take", async () => {
    await assert.rejects(
      build("aws", (ground) => made(ground, { rotationDays: 400 }), true),
      /rotationDays is 400; use a whole number from 1 to 365/,
    );
  });
});
