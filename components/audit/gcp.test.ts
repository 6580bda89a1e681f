import assert from "node:assert/strict";
import { build, inside, the } from "../../test/contract";
import { AuditTrail, type AuditTrailArgs } from ".";
import { detectors } from "./gcp-detectors";

const token = "trifold:audit:AuditTrail";
const Bucket = "gcp:logging/projectBucketConfig:ProjectBucketConfig";
const Alert = "gcp:monitoring/alertPolicy:AlertPolicy";
const recorded = (more: Partial<AuditTrailArgs> = {}, environment: "dev" | "prod" = "prod") =>
  build("gcp", (ground) => new AuditTrail("audit", { ...ground, ...more }), false, environment);

describe("audit trail on Google Cloud", () => {
  it("records reads and writes of every service, for everybody (SEC-13)", async () => {
    const { inputs } = the(await recorded(), "gcp:projects/iAMAuditConfig:IAMAuditConfig", "audit-all-services");
    assert.equal(inputs["service"], "allServices");
    assert.deepEqual(inputs["auditLogConfigs"], [
      { logType: "ADMIN_READ" },
      { logType: "DATA_READ" },
      { logType: "DATA_WRITE" },
    ]);
  });

  it("locks the bucket in prod, under our key, and leaves it open where a site is thrown away (SEC-13)", async () => {
    const recording = await recorded();
    const { inputs } = the(recording, Bucket, "audit-trail");
    assert.equal(inputs["locked"], true);
    assert.equal(inputs["retentionDays"], 365);
    const key = recording.registrations.find((one) => one.name === "keys-logs");
    assert.deepEqual(inputs["cmekSettings"], { kmsKeyName: key?.id });
    assert.equal(the(await recorded({}, "dev"), Bucket, "audit-trail").inputs["locked"], undefined);
  });

  it("sends every audit log there", async () => {
    const { inputs } = the(await recorded(), "gcp:logging/projectSink:ProjectSink", "audit-trail");
    for (const log of ["activity", "data_access", "system_event", "policy"])
      assert.ok((inputs["filter"] as string).includes(`cloudaudit.googleapis.com/${log}`), log);
  });

  it("raises an incident for each detector, and tells the owner (SEC-19, SEC-20)", async () => {
    const made = inside(await recorded(), token);
    const channel = made.find((one) => one.type.endsWith(":NotificationChannel"));
    assert.deepEqual(channel?.inputs["labels"], { email_address: "team@example.com" });
    const alerts = made.filter((one) => one.type === Alert);
    assert.deepEqual(
      alerts.map((one) => one.name).sort(),
      Object.keys(detectors)
        .map((key) => `audit-${key}`)
        .sort(),
    );
    for (const alert of alerts) assert.deepEqual(alert.inputs["notificationChannels"], [channel?.id], alert.name);
  });

  it("detects nothing where another stack of the project does", async () => {
    const made = inside(await recorded({ threatDetection: false }), token);
    assert.deepEqual(
      made.filter((one) => one.type === Alert || one.type.endsWith("metric:Metric")),
      [],
    );
  });

  it("looks for entries of the kind that the alert counts", () => {
    for (const [name, { filter, resource }] of Object.entries(detectors))
      if (filter.includes("resource.type=")) assert.ok(filter.includes(`resource.type="${resource}"`), name);
  });
});
