import assert from "node:assert/strict";
import { resource } from "../testing/client";
import type { RawProps } from "../wire";
import { derive } from "./schema/derive";
import schema from "./schema/schema.json";
import { kubeconfig, named, object, token, withCluster } from "./testing/cluster";

const pods = (spec: RawProps = {}, labels: RawProps = { app: "web" }): RawProps => ({
  metadata: { labels },
  spec: { containers: [{ name: "web", image: "registry.example/web:1.2.3" }], ...spec },
});
const deployment = (name: string, namespace: string, template: RawProps = pods()) => ({
  metadata: { name, namespace },
  spec: { selector: { matchLabels: { app: "web" } }, template },
});

describe("the simulated Kubernetes API", () => {
  it("has the schema of the installed SDK: run rehearsal/clouds/kubernetes/schema/write.ts after a change of it", () => {
    assert.deepEqual(schema, derive());
  });

  it("makes objects with names, namespaces, uids and status as the real provider gives them", () =>
    withCluster(async ({ make }) => {
      const space = await make("core/v1:Namespace", "shop", named("shop"));
      assert.equal(space.id, "shop");
      const auto = await make("core/v1:ConfigMap", "settings", { metadata: { namespace: "shop" }, data: { a: "b" } });
      assert.match(auto.id, /^shop\/settings-[0-9a-f]{8}$/);
      const metadata = auto.outputs["metadata"] as Record<string, unknown>;
      assert.match(String(metadata["uid"]), /^[0-9a-f-]{36}$/);
      assert.deepEqual(metadata["annotations"], { "pulumi.com/autonamed": "true" });
      const web = await make("apps/v1:Deployment", "web", deployment("web", "shop"));
      assert.equal((web.outputs["status"] as Record<string, unknown>)["availableReplicas"], 1);
      const door = await make("core/v1:Service", "door", {
        ...named("door", "shop"),
        spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] },
      });
      assert.match(JSON.stringify(door.outputs["status"]), /"hostname":"k8s-[^"]+\.elb\.us-east-1\.amazonaws\.com"/);
      assert.equal((await make("core/v1:ConfigMap", "plain", named("plain"))).id, "default/plain");
    }));

  it("refuses fields that the schema doesn't declare, values of another type, and what is missing", () =>
    withCluster(async ({ make, refused }) => {
      await make("core/v1:Namespace", "shop", named("shop"));
      const spec = { ...deployment("web", "shop").spec, replica: 2 };
      assert.match(
        (await refused("apps/v1:Deployment", "web", { ...named("web", "shop"), spec })) ?? "",
        /\.spec\.replica: field not declared in schema/,
      );
      const text = { ...deployment("web", "shop").spec, replicas: "2" };
      assert.match(
        (await refused("apps/v1:Deployment", "web", { ...named("web", "shop"), spec: text })) ?? "",
        /expected numeric/,
      );
      assert.match(
        (await refused("apps/v1:Deployment", "web", { ...named("web", "shop"), spec: { template: pods() } })) ?? "",
        /spec\.selector: Required value/,
      );
    }));

  for (const [what, short, props, reason] of [
    ["a name that is no RFC 1123 subdomain", "core/v1:ConfigMap", named("Shop_Settings"), /RFC 1123 subdomain/],
    ["a namespace with a dot", "core/v1:Namespace", named("shop.example"), /RFC 1123 label/],
    [
      "a service that starts with a digit",
      "core/v1:Service",
      { ...named("1st"), spec: { ports: [{ port: 80 }] } },
      /DNS-1035/,
    ],
    [
      "a label value with a space",
      "core/v1:ConfigMap",
      { metadata: { name: "a", labels: { team: "a b" } } },
      /a valid label must/,
    ],
    [
      "a label key without a name",
      "core/v1:ConfigMap",
      { metadata: { name: "a", labels: { "example.com/": "x" } } },
      /name part must be non-empty/,
    ],
    ["a namespace that does not exist", "core/v1:ConfigMap", named("a", "nowhere"), /namespaces "nowhere" not found/],
    [
      "a pod template that the selector misses",
      "apps/v1:Deployment",
      deployment("web", "default", pods({}, { app: "other" })),
      /`selector` does not match template `labels`/,
    ],
    [
      "a mount of no volume",
      "apps/v1:Deployment",
      deployment(
        "web",
        "default",
        pods({ containers: [{ name: "a", image: "b:1", volumeMounts: [{ name: "x", mountPath: "/x" }] }] }),
      ),
      /Not found: "x"/,
    ],
    [
      "a quantity in no known unit",
      "apps/v1:Deployment",
      deployment(
        "web",
        "default",
        pods({ containers: [{ name: "a", image: "b:1", resources: { limits: { memory: "1GB" } } }] }),
      ),
      /quantities must match/,
    ],
    [
      "requests above limits",
      "apps/v1:Deployment",
      deployment(
        "web",
        "default",
        pods({
          containers: [{ name: "a", image: "b:1", resources: { requests: { cpu: "2" }, limits: { cpu: "500m" } } }],
        }),
      ),
      /less than or equal to cpu limit of 500m/,
    ],
    [
      "a config map that pods need and nobody made",
      "apps/v1:Deployment",
      deployment("web", "default", pods({ volumes: [{ name: "a", configMap: { name: "gone" } }] })),
      /configmap "gone" not found/,
    ],
    [
      "a service account that nobody made",
      "apps/v1:Deployment",
      deployment("web", "default", pods({ serviceAccountName: "gone" })),
      /serviceaccount "gone" not found/,
    ],
    [
      "a cron job whose pods would always restart",
      "batch/v1:CronJob",
      { ...named("a"), spec: { schedule: "0 0 * * *", jobTemplate: { spec: { template: pods() } } } },
      /restartPolicy: Required value/,
    ],
    [
      "a cron line with an hour 24",
      "batch/v1:CronJob",
      {
        ...named("a"),
        spec: { schedule: "0 24 * * *", jobTemplate: { spec: { template: pods({ restartPolicy: "Never" }) } } },
      },
      /above maximum/,
    ],
    [
      "a cron job with a name of 53 characters",
      "batch/v1:CronJob",
      {
        ...named("a".repeat(53)),
        spec: { schedule: "0 0 * * *", jobTemplate: { spec: { template: pods({ restartPolicy: "Never" }) } } },
      },
      /no more than 52/,
    ],
    [
      "secret data that is no base64",
      "core/v1:Secret",
      { ...named("a"), data: { key: "not base64!" } },
      /illegal base64/,
    ],
    [
      "a service without ports",
      "core/v1:Service",
      { ...named("a"), spec: { selector: { app: "a" } } },
      /spec\.ports: Required value/,
    ],
    [
      "a network policy with an address for a range",
      "networking.k8s.io/v1:NetworkPolicy",
      {
        ...named("a"),
        spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "10.0.0.1" } }] }] },
      },
      /valid CIDR/,
    ],
    [
      "a budget with both bounds",
      "policy/v1:PodDisruptionBudget",
      { ...named("a"), spec: { minAvailable: 1, maxUnavailable: 1 } },
      /cannot be both set/,
    ],
    [
      "a scaler with its bounds crossed",
      "autoscaling/v2:HorizontalPodAutoscaler",
      { ...named("a"), spec: { scaleTargetRef: { kind: "Deployment", name: "a" }, minReplicas: 3, maxReplicas: 2 } },
      /greater than or equal to `minReplicas`/,
    ],
    [
      "a custom resource of no definition",
      "cert-manager.io/v1:ClusterIssuer",
      { ...named("a"), spec: {} },
      /no matches for kind "ClusterIssuer"/,
    ],
    ["a list", "core/v1:ConfigMapList", { items: [] }, /cannot be created directly/],
    [
      "a chart that it doesn't know",
      "helm.sh/v3:Release",
      { chart: "mystery", repositoryOpts: { repo: "https://example.com" } },
      /not known to the simulated cluster/,
    ],
    [
      "a chart in another repository than its own",
      "helm.sh/v3:Release",
      { chart: "cert-manager", repositoryOpts: { repo: "https://example.com" } },
      /not found in https:\/\/example\.com repository/,
    ],
  ] as const)
    it(`refuses ${what}`, () =>
      withCluster(async ({ refused }) => {
        assert.match((await refused(short, "thing", props as never)) ?? "nothing refused", reason);
      }));

  it("refuses pods that a namespace's Pod Security level forbids, and says why", () =>
    withCluster(async ({ make, refused }) => {
      const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
      await make("core/v1:Namespace", "shop", { metadata: { name: "shop", labels } });
      const told = (await refused("apps/v1:Deployment", "web", deployment("web", "shop"))) ?? "";
      for (const part of [
        /violates PodSecurity "restricted:latest"/,
        /allowPrivilegeEscalation != false/,
        /unrestricted capabilities/,
        /runAsNonRoot != true/,
        /seccompProfile/,
      ])
        assert.match(told, part);
      const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
      const safe = pods({
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [{ name: "web", image: "web:1", securityContext }],
      });
      await make("apps/v1:Deployment", "web", deployment("web", "shop", safe));
    }));

  it("replaces what the real provider replaces, first deleting what has a name of the program's", () =>
    withCluster(async ({ engine, make }) => {
      const made = await make("core/v1:ConfigMap", "a", { ...named("a"), data: { key: "old" } });
      const of = resource(token("core/v1:ConfigMap"), "a");
      const news = object("core/v1:ConfigMap", { metadata: made.inputs["metadata"]!, data: { key: "new" } });
      const verdict = await engine.diff(of, made.id, made.inputs, news, made.outputs);
      assert.deepEqual([verdict.replaces, verdict.first], [["data"], true]);
      const auto = await make("core/v1:ConfigMap", "b", { data: { key: "old" } });
      const after = object("core/v1:ConfigMap", { metadata: auto.inputs["metadata"]!, data: { key: "new" } });
      assert.equal((await engine.diff(resource(of.type, "b"), auto.id, auto.inputs, after, auto.outputs)).first, false);
    }));

  it("keeps the content of secrets secret, texts stored as data", () =>
    withCluster(async ({ make }) => {
      const { outputs } = await make("core/v1:Secret", "a", {
        ...named("a"),
        stringData: { password: "correct horse" },
      });
      const data = outputs["data"] as Record<string, unknown>;
      assert.equal(JSON.stringify(data).includes("4dabf18193072939515e22adb298388d"), true);
      assert.equal(
        (data["value"] as Record<string, unknown>)["password"],
        Buffer.from("correct horse").toString("base64"),
      );
    }));

  it("deletes a namespace with what is in it, and a cluster with all of it", () =>
    withCluster(async ({ engine, cloud, make }) => {
      await make("core/v1:Namespace", "shop", named("shop"));
      const inside = await make("core/v1:ConfigMap", "a", named("a", "shop"));
      await engine.delete(resource(token("core/v1:Namespace"), "shop"), "shop");
      const of = resource(token("core/v1:ConfigMap"), "a");
      assert.equal((await engine.read(of, inside.id, inside)).id, "");
      const other = await make("core/v1:ConfigMap", "b", named("b"));
      await cloud.delete(resource("aws:eks/cluster:Cluster", "shop"), "shop");
      assert.equal((await engine.read(resource(of.type, "b"), other.id, other)).id, "");
    }));

  it("installs charts that bring kinds, in the namespace that is there", () =>
    withCluster(async ({ make }) => {
      await make("core/v1:Namespace", "cert-manager", named("cert-manager"));
      const release = await make("helm.sh/v3:Release", "cert-manager", {
        chart: "cert-manager",
        namespace: "cert-manager",
        version: "v1.19.1",
        repositoryOpts: { repo: "https://charts.jetstack.io" },
      });
      assert.match(release.id, /^cert-manager\/cert-manager-[0-9a-f]{8}$/);
      const issuer = await make("cert-manager.io/v1:ClusterIssuer", "letsencrypt", {
        ...named("letsencrypt"),
        spec: { acme: {} },
      });
      assert.equal(issuer.id, "letsencrypt");
    }));

  it("takes custom resources of a definition that the program makes, and lets them go with it", () =>
    withCluster(async ({ engine, make }) => {
      const definition = await make("apiextensions.k8s.io/v1:CustomResourceDefinition", "cakes", {
        ...named("cakes.shop.example"),
        spec: {
          group: "shop.example",
          names: { plural: "cakes", kind: "Cake" },
          scope: "Namespaced",
          versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
        },
      });
      const cake = await make("shop.example/v1:Cake", "plum", { ...named("plum"), spec: { size: 3 } });
      assert.equal(cake.id, "default/plum");
      await engine.delete(resource(token("apiextensions.k8s.io/v1:CustomResourceDefinition"), "cakes"), definition.id);
      assert.equal((await engine.read(resource(token("shop.example/v1:Cake"), "plum"), cake.id, cake)).id, "");
    }));

  it("patches what is there, by name, and refuses fields that aren't in the schema", () =>
    withCluster(async ({ make, refused }) => {
      await make("core/v1:Namespace", "shop", named("shop"));
      const patch = { metadata: { name: "shop", labels: { team: "cakes" } } };
      assert.equal((await make("core/v1:NamespacePatch", "shop", patch)).id, "shop");
      assert.match((await refused("core/v1:NamespacePatch", "none", { metadata: {} })) ?? "", /metadata\.name/);
      const wrong = { ...named("a", "shop"), dat: { a: "b" } };
      assert.match((await refused("core/v1:ConfigMapPatch", "a", wrong)) ?? "", /field not declared in schema/);
    }));

  it("says that a name is taken, as the server does", () =>
    withCluster(async ({ make, refused }) => {
      await make("core/v1:ConfigMap", "a", named("a"));
      assert.match((await refused("core/v1:ConfigMap", "b", named("a"))) ?? "", /already exists/);
    }));

  it("previews without knowing the kubeconfig, and says that a cluster that doesn't stand can't be reached", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    await withCluster(
      async ({ engine }) => {
        const of = resource(token("core/v1:Namespace"), "shop");
        const checked = await engine.check(of, object("core/v1:Namespace", named("shop")));
        assert.deepEqual(checked.failures, []);
        assert.equal((await engine.create(of, checked.inputs, true)).id, "");
      },
      { kubeconfig: unknown },
    );
    await withCluster(
      async ({ refused }) => {
        const told = await refused("core/v1:Namespace", "shop", named("shop"));
        assert.match(told ?? "", /configured Kubernetes cluster is unreachable: .*no such host/);
      },
      { kubeconfig: kubeconfig("https://nowhere.example") },
    );
    await withCluster(async ({ refused }) => {
      assert.match(
        (await refused("core/v1:Namespace", "shop", named("shop"))) ?? "",
        /no configuration has been provided/,
      );
    }, {});
  });
});
