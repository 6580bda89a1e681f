import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import type { Environment } from "../site";
import { AuditTrail, type AuditTrailArgs } from ".";

const made = (args: Partial<AuditTrailArgs> = {}, environment: Environment = "prod") =>
  build("aws", (ground) => new AuditTrail("audit", { ...ground, ...args }), false, environment);
const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";

describe("audit trail on AWS", () => {
  it("covers every region, is validated and encrypted, and starts once its bucket lets it (SEC-13)", async () => {
    const recording = await made();
    const { inputs, dependencies } = the(recording, "aws:cloudtrail/trail:Trail");
    for (const on of ["isMultiRegionTrail", "includeGlobalServiceEvents", "enableLogFileValidation", "enableLogging"])
      assert.equal(inputs[on], true, on);
    assert.equal(inputs["kmsKeyId"], the(recording, "aws:kms/key:Key", "keys-logs").outputs["arn"]);
    assert.ok(dependencies.includes(the(recording, "aws:s3/bucketPolicy:BucketPolicy", "audit").urn));
  });

  it("writes down who touches the site's objects, but not its own", async () => {
    const { inputs } = the(await made(), "aws:cloudtrail/trail:Trail");
    const selectors = JSON.stringify(inputs["advancedEventSelectors"]);
    assert.match(selectors, /"startsWiths":\["arn:aws:s3:::goodies-prod-"\]/);
    assert.match(selectors, /"notStartsWiths":\["arn:aws:s3:::goodies-prod-audit-[a-z0-9]{6}\/"\]/);
  });

  it("locks records for good in prod, and not where the site is thrown away", async () => {
    assert.deepEqual(the(await made({ lockDays: 400, retentionDays: 800 }), lock, "audit").inputs["rule"], {
      defaultRetention: { mode: "COMPLIANCE", days: 400 },
    });
    const dev = await made({}, "dev");
    assert.deepEqual(
      dev.registrations.filter((one) => one.type === lock),
      [],
    );
  });

  it("keeps records in the log group for the next longer period that there is", async () => {
    const group = the(await made({ retentionDays: 800 }), "aws:cloudwatch/logGroup:LogGroup", "audit");
    assert.equal(group.inputs["retentionInDays"], 1096);
  });

  it("watches the account, or leaves that to another stack (SEC-14, SEC-19)", async () => {
    const watchmen = (recording: Awaited<ReturnType<typeof made>>) =>
      recording.registrations.filter((one) => /guardduty|accessanalyzer|inspector2|securityhub/.test(one.type));
    const names = watchmen(await made()).map((one) => one.inputs["name"]);
    for (const feature of ["EKS_AUDIT_LOGS", "S3_DATA_EVENTS", "RDS_LOGIN_EVENTS"])
      assert.ok(names.includes(feature), feature);
    assert.deepEqual(watchmen(await made({ threatDetection: false })), []);
  });
});
