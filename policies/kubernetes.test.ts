import assert from "node:assert/strict";
import { evaluate } from "./evaluate";
import { canonical, cloudOf, token } from "./tokens";

const failing = (type: string, inputs: object) =>
  evaluate([{ type, name: "x", urn: `urn:pulumi:a::b::${type}::x`, inputs: inputs as Record<string, unknown> }])
    .filter(({ status }) => status === "fail")
    .map(({ rule, path }) => `${rule} ${path}`);
const privileged = { containers: [{ name: "a", image: "a", securityContext: { privileged: true } }] };
const workload = (kind: string, spec: object) => failing(token("kubernetes", kind), spec);

describe("objects of a cluster", () => {
  it("have one token for all versions and for the old group", () => {
    assert.equal(canonical("kubernetes:extensions/v1beta1:Deployment"), "kubernetes:apps/v1:Deployment");
    assert.equal(canonical("kubernetes:apps/v1beta2:StatefulSet"), "kubernetes:apps/v1:StatefulSet");
    assert.equal(canonical("kubernetes:networking.k8s.io/v1beta1:Ingress"), "kubernetes:networking.k8s.io/v1:Ingress");
    assert.equal(canonical("kubernetes:extensions/v1beta1:IngressList"), "kubernetes:networking.k8s.io/v1:IngressList");
    assert.equal(canonical("kubernetes:example.com/v1beta1:Thing"), "kubernetes:example.com/v1beta1:Thing");
    assert.equal(token("kubernetes", "rbac.ClusterRole"), "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole");
    assert.equal(cloudOf("kubernetes:core/v1:Pod"), "kubernetes");
    assert.equal(cloudOf("pulumi:providers:azure-native"), "azure");
  });

  it("are found in every kind that runs pods", () => {
    const template = { spec: { template: { spec: privileged } } };
    for (const [kind, inputs] of [
      ["core.Pod", { spec: privileged }],
      ["core.PodTemplate", { template: { spec: privileged } }],
      ["batch.CronJob", { spec: { jobTemplate: { spec: { template: { spec: privileged } } } } }],
      ...[
        "apps.Deployment",
        "apps.StatefulSet",
        "apps.DaemonSet",
        "apps.ReplicaSet",
        "batch.Job",
        "argoproj.Rollout",
      ].map((one) => [one, template] as const),
      ["core.ReplicationController", template],
    ] as const)
      assert.ok(
        workload(kind, inputs).some((one) => one.startsWith("k8s-privileged ")),
        kind,
      );
  });

  it("are told by where they stand in a list", () => {
    const found = failing("kubernetes:core/v1:PodList", {
      items: [{ spec: { containers: [] } }, { spec: privileged }],
    });
    assert.ok(found.includes("k8s-privileged items.1.spec.containers.0.securityContext.privileged"));
  });

  it("aren't asked for what a patch leaves to others", () => {
    const found = failing("kubernetes:apps/v1:DeploymentPatch", {
      metadata: { namespace: "apps" },
      spec: { template: { spec: privileged } },
    });
    assert.ok(found.some((one) => one.startsWith("k8s-privileged ")));
    assert.ok(!found.some((one) => one.startsWith("k8s-run-as-non-root ")));
    assert.ok(!found.some((one) => one.startsWith("k8s-resources ")));
  });
});
