import assert from "node:assert/strict";
import * as standards from "../../../policies/standards";
import { build, type Ground, itKeepsTheContract, the } from "../../../test/contract";
import { clusterOn } from "../../../test/sites";
import type { Environment } from "../../site";
import { Autoscaling, type AutoscalingArgs, scalesItself } from ".";

const made =
  (more: Partial<AutoscalingArgs> = {}) =>
  (ground: Ground) =>
    new Autoscaling("autoscaling", { site: ground.site, cluster: clusterOn(ground), ...more });

const releaseOf = async (environment: Environment, more: Partial<AutoscalingArgs> = {}) => {
  const recording = await build("aws", made(more), false, environment);
  const release = the(recording, "kubernetes:helm.sh/v3:Release", "autoscaling");
  return { recording, release, values: release.inputs["values"] as Record<string, unknown> };
};

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: unknown;
}

describe("autoscaling", () => {
  itKeepsTheContract({
    token: "trifold:cluster:Autoscaling",
    clouds: ["aws"],
    builds: {
      defaults: made(),
      "everything set": made({ version: "1.34", imageTag: "v1.34.0", chartVersion: "9.57.0" }),
    },
  });

  it("is for EKS: AKS and GKE move their pools by themselves, and it is refused there (CLU-03)", async () => {
    assert.deepEqual((["aws", "azure", "gcp"] as const).map(scalesItself), [false, true, true]);
    for (const cloud of ["azure", "gcp"] as const)
      await assert.rejects(
        build(cloud, made(), true),
        /leave it out there: that cloud moves pools between min and max/,
      );
  });

  it("finds the pools of its cluster, in its region, by the tags that EKS gives them (CLU-03)", async () => {
    const { values } = await releaseOf("prod");
    assert.deepEqual(
      [values["cloudProvider"], values["awsRegion"], values["autoDiscovery"]],
      ["aws", "us-east-1", { clusterName: "goodies-prod-cluster" }],
    );
  });

  it("runs a release of the cluster's Kubernetes minor, whatever the chart's own is (CLU-03)", async () => {
    for (const version of standards.kubernetesVersions) {
      const { tag } = (await releaseOf("dev", { version })).values["image"] as { tag: string };
      assert.ok(tag.startsWith(`v${version}.`), `${tag} on ${version}`);
    }
    await assert.rejects(
      build("aws", made({ version: "1.35", imageTag: "v1.33.0" }), true),
      /imageTag is "v1.33.0"; use a release for the cluster's minor, such as v1.35.0/,
    );
  });

  it("sizes groups of this cluster alone, and takes its role without a key (CLU-03, CLU-07, SEC-11)", async () => {
    const { recording, release } = await releaseOf("prod");
    const policy = the(recording, "aws:iam/rolePolicy:RolePolicy", "autoscaling-groups");
    const { Statement: statements } = JSON.parse(policy.inputs["policy"] as string) as { Statement: Statement[] };
    const changes = statements.filter(({ Action }) => [Action].flat().some((one) => !/:(Describe|Get)/.test(one)));
    assert.equal(changes.length, 1);
    assert.deepEqual(changes[0]?.Condition, {
      StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/goodies-prod-cluster": "owned" },
    });
    assert.match(changes[0]?.Resource ?? "", /^arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:/);
    const bound = the(recording, "aws:eks/podIdentityAssociation:PodIdentityAssociation", "autoscaling-groups");
    assert.deepEqual(
      [bound.inputs["namespace"], bound.inputs["serviceAccount"]],
      ["cluster-autoscaler", "cluster-autoscaler"],
    );
    assert.ok(release.dependencies.includes(policy.urn), "pods would start before they may do anything");
    assert.ok(release.dependencies.includes(bound.urn), "pods get their identity when they start");
  });

  it("is pinned, restricted, limited and ahead of other pods, twice there outside dev (K8S-18, SEC-17, K8S-16)", async () => {
    const [dev, prod] = [await releaseOf("dev"), await releaseOf("prod")];
    assert.match(prod.release.inputs["version"] as string, /^\d+\.\d+\.\d+$/);
    assert.deepEqual([dev.values["replicaCount"], prod.values["replicaCount"]], [1, 2]);
    assert.equal(prod.values["priorityClassName"], "system-cluster-critical");
    const { runAsNonRoot } = prod.values["securityContext"] as { runAsNonRoot: boolean };
    const container = prod.values["containerSecurityContext"] as Record<string, unknown>;
    assert.deepEqual(
      [runAsNonRoot, container["readOnlyRootFilesystem"], container["allowPrivilegeEscalation"]],
      [true, true, false],
    );
    assert.deepEqual(container["capabilities"], { drop: ["ALL"] });
    const { requests, limits } = prod.values["resources"] as Record<string, Record<string, string>>;
    for (const amounts of [requests, limits])
      assert.deepEqual(Object.keys(amounts ?? {}).sort(), ["cpu", "ephemeral-storage", "memory"]);
    const space = the(prod.recording, "kubernetes:core/v1:Namespace");
    assert.match(JSON.stringify(space.inputs), /"pod-security.kubernetes.io\/enforce":"restricted"/);
  });

  it("refuses versions that are none", async () => {
    await assert.rejects(
      build("aws", made({ version: "latest" }), true),
      /version is "latest"; use a Kubernetes minor/,
    );
    await assert.rejects(build("aws", made({ chartVersion: "9" }), true), /chartVersion is "9"; use a release/);
  });
});
