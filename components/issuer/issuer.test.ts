import assert from "node:assert/strict";
import { build, type Ground, itKeepsTheContract, the } from "../../test/contract";
import { clusterOn } from "../../test/sites";
import { clouds } from "../cloud";
import { Zone } from "../dns";
import { Issuer, type IssuerArgs } from ".";

const made = (ground: Ground, more: Partial<IssuerArgs> = {}) =>
  new Issuer("issuer", {
    site: ground.site,
    cluster: clusterOn(ground),
    zone: new Zone("zone", { ...ground, domain: "prod.goodies.example" }),
    ...more,
  });

interface Part {
  readonly resources: { readonly limits: Readonly<Record<string, string>> };
  readonly securityContext: { readonly runAsUser: number; readonly runAsGroup: number };
  readonly topologySpreadConstraints?: readonly {
    readonly topologyKey: string;
    readonly labelSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  }[];
}

describe("issuer", () => {
  itKeepsTheContract({
    token: "trifold:issuer:Issuer",
    builds: {
      defaults: (ground) => made(ground),
      "everything set": (ground) =>
        made(ground, { email: "ops@goodies.example", server: "staging", chartVersion: "v1.18.2" }),
    },
  });

  const solvers = { aws: "route53", azure: "azureDNS", gcp: "cloudDNS" } as const;
  for (const cloud of clouds)
    it(`proves domains on ${cloud} by records in one zone, with an identity and no key (DNS-04, SEC-10)`, async () => {
      const recording = await build(cloud, made, false);
      const issuer = the(recording, "kubernetes:cert-manager.io/v1:ClusterIssuer");
      const { acme } = issuer.inputs["spec"] as {
        acme: { server: string; email: string; solvers: { selector: unknown; dns01: Record<string, unknown> }[] };
      };
      assert.match(acme.server, /^https:\/\/acme-v02\.api\.letsencrypt\.org/);
      assert.equal(acme.email, "team@example.com");
      assert.equal(acme.solvers.length, 1);
      assert.deepEqual(acme.solvers[0]?.selector, { dnsZones: ["prod.goodies.example"] });
      assert.deepEqual(Object.keys(acme.solvers[0]?.dns01 ?? {}), [solvers[cloud]]);
      assert.doesNotMatch(JSON.stringify(acme.solvers), /secret|accessKey/i);
      const release = the(recording, "kubernetes:helm.sh/v3:Release");
      assert.ok(issuer.dependencies.includes(release.urn), "the issuer goes before its kind");
    });

  it("installs a pinned chart that keeps certificates, twice there outside dev (SEC-17, K8S-16)", async () => {
    const values = async (environment: "dev" | "prod") => {
      const release = the(await build("aws", made, false, environment), "kubernetes:helm.sh/v3:Release");
      assert.match(JSON.stringify(release.inputs["version"]), /^"v\d+\.\d+\.\d+"$/);
      return release.inputs["values"] as { replicaCount: number; crds: unknown; webhook: { replicaCount: number } };
    };
    const [dev, prod] = [await values("dev"), await values("prod")];
    assert.deepEqual([dev.replicaCount, prod.replicaCount, prod.webhook.replicaCount], [1, 2, 2]);
    assert.deepEqual(prod.crds, { enabled: true, keep: true });
  });

  it("runs each part limited, under an id that nobody on a node has, in two zones where there are two of it", async () => {
    const release = the(await build("gcp", made, false), "kubernetes:helm.sh/v3:Release");
    const values = release.inputs["values"] as unknown as Part & {
      webhook: Part;
      cainjector: Part;
      startupapicheck: Part;
    };
    const parts = { controller: values, webhook: values.webhook, cainjector: values.cainjector };
    for (const [component, part] of Object.entries(parts))
      assert.deepEqual(
        part.topologySpreadConstraints?.map(({ topologyKey, labelSelector }) => [
          topologyKey,
          labelSelector.matchLabels["app.kubernetes.io/component"],
        ]),
        [["topology.kubernetes.io/zone", component]],
      );
    for (const { resources, securityContext } of [...Object.values(parts), values.startupapicheck]) {
      assert.deepEqual(Object.keys(resources.limits).sort(), ["cpu", "ephemeral-storage", "memory"]);
      assert.ok(securityContext.runAsUser > 10_000 && securityContext.runAsGroup > 10_000);
    }
  });

  it("asks for certificates that are renewed within 90 days (DNS-05)", async () => {
    let annotations: Readonly<Record<string, string>> = {};
    await build("gcp", (ground) => (annotations = made(ground).annotations), false);
    const hours = Number.parseInt(annotations["cert-manager.io/duration"] ?? "", 10);
    assert.ok(hours <= 90 * 24, `${hours} h`);
    assert.ok(Number.parseInt(annotations["cert-manager.io/renew-before"] ?? "", 10) < hours);
    assert.equal(annotations["cert-manager.io/cluster-issuer"], "letsencrypt");
  });

  it("refuses an owner who can't be written to", async () => {
    await assert.rejects(
      build("aws", (ground) => made(ground, { email: "nobody" }), true),
      /email is "nobody"; Let's Encrypt wants an e-mail address/,
    );
  });
});
