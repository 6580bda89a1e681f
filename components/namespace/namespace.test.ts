import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { clusterOn } from "../../test/sites";
import { insideOptions } from "../cluster/inside";
import { ClosedNamespace, type Openings } from "./closed";

interface Rule {
  readonly to: readonly { readonly ipBlock?: { readonly cidr: string } }[];
  readonly ports: readonly { readonly port: number }[];
}

const policies = (openings: Openings) =>
  build(
    "aws",
    (ground) =>
      new ClosedNamespace(
        "jobs",
        { namespace: "jobs", app: "jobs", openings },
        insideOptions(ground.site, clusterOn(ground)),
      ),
    false,
  );

describe("closed namespace", () => {
  it("is under the restricted standard, and closed both ways (K8S-20)", async () => {
    const recording = await policies({});
    const { labels } = the(recording, "kubernetes:core/v1:Namespace").inputs["metadata"] as {
      labels: Record<string, string>;
    };
    assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
    const deny = the(recording, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "jobs-default-deny");
    assert.deepEqual(deny.inputs["spec"], { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  it("has a ceiling for all its pods and one for each container, of what they ask for and of what they may take (K8S-18)", async () => {
    const recording = await policies({});
    const { hard } = the(recording, "kubernetes:core/v1:ResourceQuota").inputs["spec"] as {
      hard: Record<string, string>;
    };
    assert.deepEqual(Object.keys(hard).sort(), [
      "limits.cpu",
      "limits.memory",
      "pods",
      "requests.cpu",
      "requests.memory",
    ]);
    const { limits } = the(recording, "kubernetes:core/v1:LimitRange").inputs["spec"] as unknown as {
      limits: { default: object; defaultRequest: object; max: object; min: object }[];
    };
    // A quota on limits refuses a pod that has none, so that there must be a default.
    for (const one of limits) {
      assert.deepEqual(Object.keys(one.default).sort(), ["cpu", "ephemeral-storage", "memory"]);
      assert.deepEqual(Object.keys(one.defaultRequest).sort(), Object.keys(one.default).sort());
      assert.deepEqual(
        [Object.keys(one.max).sort(), Object.keys(one.min).sort()],
        [
          ["cpu", "memory"],
          ["cpu", "memory"],
        ],
      );
    }
  });

  it("opens what is named and nothing else: names always, the web, identities, private ports (NET-09)", async () => {
    const egressOf = async (openings: Openings): Promise<string[]> => {
      const { inputs } = the(
        await policies(openings),
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "jobs-openings",
      );
      const { egress } = inputs["spec"] as unknown as { egress: Rule[] };
      return egress.flatMap(({ to, ports }) =>
        to.flatMap(({ ipBlock }) => ports.map(({ port }) => `${ipBlock?.cidr ?? "kube-system"}:${port}`)),
      );
    };
    const names = ["kube-system:53", "kube-system:53", "169.254.20.10/32:53", "169.254.20.10/32:53"];
    assert.deepEqual(await egressOf({}), names);
    assert.deepEqual(await egressOf({ web: true, identity: "aws" }), [
      ...names,
      "0.0.0.0/0:443",
      "169.254.170.23/32:80",
    ]);
    assert.deepEqual(await egressOf({ identity: "azure", ports: [5432] }), [
      ...names,
      "10.0.0.0/8:5432",
      "172.16.0.0/12:5432",
      "192.168.0.0/16:5432",
    ]);
  });
});
