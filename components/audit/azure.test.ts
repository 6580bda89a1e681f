import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import type { Recording } from "../../test/recorder";
import { AuditTrail } from ".";

const own = (name: string) => name === "audit";

describe("audit trail on azure", () => {
  let recording: Recording;
  before(async () => {
    recording = await build("azure", (ground) => new AuditTrail("audit", ground), false);
  });

  it("keeps every category of the activity log, in the workspace and in a store (SEC-13)", () => {
    const trail = recording.registrations.find(
      (one) => one.type === "azure-native:monitor:DiagnosticSetting" && own(one.name),
    );
    assert.match(trail?.inputs["resourceUri"] as string, /^\/subscriptions\/[^/]+$/);
    const logs = trail?.inputs["logs"] as { category: string; enabled: boolean }[];
    assert.equal(logs.filter(({ enabled }) => enabled).length, 8);
    // Azure Monitor keeps nothing for a period any more: the store's lifecycle does.
    assert.ok(logs.every((log) => !("retentionPolicy" in log)));
    assert.ok(trail?.inputs["workspaceId"] && trail.inputs["storageAccountId"]);
  });

  it("writes into the container that Azure itself would make, once, and grows (SEC-13)", () => {
    const container = the(recording, "azure-native:storage:BlobContainer", "audit");
    assert.equal(container.inputs["containerName"], "insights-activity-logs");
    const policy = recording.registrations.find((one) => one.type.endsWith(":BlobContainerImmutabilityPolicy"));
    assert.equal(policy?.inputs["allowProtectedAppendWrites"], true);
  });

  it("locks its store last, so that whatever it stands on is deleted after the lock (DB-18)", () => {
    const lock = the(recording, "azure-native:authorization:ManagementLockByScope", "audit");
    for (const type of ["BlobContainer", "DiagnosticSetting", "PrivateEndpoint"])
      assert.ok(
        lock.dependencies.some((urn) => urn.includes(`:${type}::`)),
        `the lock doesn't wait for ${type}`,
      );
  });
});
