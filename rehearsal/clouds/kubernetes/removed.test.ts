import assert from "node:assert/strict";
import { minorOf, removedWords } from "./removed";
import { named, withCluster } from "./testing/cluster";

describe("API versions that Kubernetes has taken away", () => {
  it("are refused with the one to use instead, as the provider says it", () =>
    withCluster(async ({ refused }) => {
      const told = (await refused("batch/v1beta1:CronJob", "old", named("old"))) ?? "";
      assert.match(
        told,
        /apiVersion "batch\/v1beta1\/CronJob" was removed in Kubernetes 1\.25\. Use "batch\/v1\/CronJob"/,
      );
      const ingress = (await refused("extensions/v1beta1:Ingress", "old", named("old"))) ?? "";
      assert.match(ingress, /removed in Kubernetes 1\.22\. Use "networking\.k8s\.io\/v1\/Ingress"/);
    }));

  it("are refused as unknown where they were never on", () =>
    withCluster(async ({ refused }) => {
      const told = (await refused("resource.k8s.io/v1beta1:DeviceClass", "new", named("new"))) ?? "";
      assert.match(told, /no matches for kind "DeviceClass" in version "resource\.k8s\.io\/v1beta1"/);
    }));

  it("are gone from the release on that takes them, and not before", () => {
    assert.equal(removedWords("admissionregistration.k8s.io", "v1beta1", "ValidatingAdmissionPolicy", 33), undefined);
    assert.match(
      removedWords("admissionregistration.k8s.io", "v1beta1", "ValidatingAdmissionPolicy", 34) ?? "",
      /removed in Kubernetes 1\.34/,
    );
  });

  it("go by the version that the cluster was asked for", () => {
    const host = "a.example";
    const place = { cloud: "kubernetes", account: `https://${host}`, region: "", config: {} };
    const at = (inputs: { readonly [key: string]: string }) => {
      const item = { type: "aws:eks/cluster:Cluster", id: "a", inputs, outputs: {}, place };
      return minorOf({ place, account: { all: () => [], find: ([type]) => (type === item.type ? item : undefined) } });
    };
    assert.equal(at({ version: "1.33" }), 33);
    assert.equal(at({}), undefined);
  });
});
