import assert from "node:assert/strict";
import { build, itKeepsTheContract } from "../../test/contract";
import { clouds } from "../cloud";
import { AuditTrail } from ".";

const token = "trifold:audit:AuditTrail";

describe("audit trail", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => new AuditTrail("audit", ground),
      "everything set": (ground) =>
        new AuditTrail("audit", {
          ...ground,
          lockDays: ground.site.safeguards.disposable ? 0 : 400,
          retentionDays: 800,
          threatDetection: false,
        }),
    },
  });

  for (const cloud of clouds) {
    it(`refuses a trail that can be rewritten in prod on ${cloud}, and a lock that outlives its record (SEC-13)`, async () => {
      const refused = (lockDays: number, retentionDays: number, reason: RegExp) =>
        assert.rejects(
          build(cloud, (ground) => new AuditTrail("audit", { ...ground, lockDays, retentionDays }), true),
          reason,
        );
      await refused(0, 365, /lockDays is 0; use 90 or more; less only where the site is disposable/);
      await refused(400, 365, /lockDays is 400; use 365 \(retentionDays\) or less/);
    });
  }
});
