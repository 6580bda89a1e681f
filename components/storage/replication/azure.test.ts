import assert from "node:assert/strict";
import { build, type Ground, inside } from "../../../test/contract";
import { standbyOn, storageOn } from "../../../test/sites";
import { Replication } from ".";

const token = "trifold:storage:Replication";

function replicationOn(ground: Ground): Replication {
  const there = standbyOn("azure", ground.site.environment);
  return new Replication("replication", {
    source: { ...ground, storage: storageOn(ground) },
    target: { ...there, storage: storageOn(there, "standby-storage") },
  });
}

describe("storage replication on azure", () => {
  it("makes each policy on the target first, and repeats on the source what the target was told (STO-07)", async () => {
    const recording = await build("azure", replicationOn, false);
    const policies = inside(recording, token).filter((one) => one.type.endsWith(":ObjectReplicationPolicy"));
    const of = (purpose: string, part: string) =>
      policies.find(({ name }) => name === `replication-${purpose}-${part}`) ?? assert.fail(`no ${purpose} ${part}`);
    for (const purpose of ["uploads", "backups"]) {
      const [target, source] = [of(purpose, "target"), of(purpose, "source")];
      assert.equal(target.inputs["objectReplicationPolicyId"], "default");
      assert.equal(source.inputs["objectReplicationPolicyId"], target.outputs["policyId"]);
      assert.deepEqual(
        (source.inputs["rules"] as { ruleId: string }[]).map(({ ruleId }) => ruleId),
        (target.outputs["rules"] as { ruleId: string }[]).map(({ ruleId }) => ruleId),
      );
      // Without leave to cross tenants, Azure takes whole resource ids only.
      for (const { inputs } of [target, source])
        assert.match(inputs["sourceAccount"] as string, /^\/subscriptions\/.*\/storageAccounts\//);
    }
  });
});
