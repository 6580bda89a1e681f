import assert from "node:assert/strict";
import { build, type Ground, inside, the } from "../../test/contract";
import type { Recording } from "../../test/recorder";
import { clusterOn, storageOn } from "../../test/sites";
import { WorkloadIdentity } from ".";

const token = "trifold:identity:WorkloadIdentity";

function reader(ground: Ground): WorkloadIdentity {
  const { uploads } = storageOn(ground).buckets;
  assert.ok(uploads);
  return new WorkloadIdentity("app", {
    site: ground.site,
    cluster: clusterOn(ground),
    namespace: "goodies",
    serviceAccount: "app",
    grants: { uploads: { kind: "bucket", bucket: uploads, key: ground.keys.for("storage"), access: "read" } },
  });
}

describe("workload identity on azure", () => {
  let recording: Recording;
  before(async () => {
    recording = await build("azure", reader, false);
  });

  it("trusts one service account of one cluster (CLU-07)", () => {
    const { inputs } = the(recording, "azure-native:managedidentity:FederatedIdentityCredential");
    assert.equal(inputs["subject"], "system:serviceaccount:goodies:app");
    assert.deepEqual(inputs["audiences"], ["api://AzureADTokenExchange"]);
    assert.match(inputs["issuer"] as string, /^https:\/\/eastus\.oic\.prod-aks\.azure\.com\//);
  });

  it("is a service principal to each of its roles, no user (SEC-11)", () => {
    const roles = inside(recording, token).filter((one) => one.type.endsWith(":RoleAssignment"));
    const identity = inside(recording, token).find((one) => one.type.endsWith(":UserAssignedIdentity"));
    assert.ok(roles.length > 0);
    for (const { inputs } of roles)
      assert.deepEqual(
        [inputs["principalType"], inputs["principalId"]],
        ["ServicePrincipal", identity?.outputs["principalId"]],
      );
  });
});
