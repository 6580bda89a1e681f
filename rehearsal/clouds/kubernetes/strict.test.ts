// What an API server refuses of each kind, in its words, and what it takes although its pods never come.
// Past 250 lines: data, one line a mistake.
import assert from "node:assert/strict";
import { resource } from "../testing/client";
import type { RawProps } from "../wire";
import { named, object, token, withCluster } from "./testing/cluster";

const pod = (spec: RawProps = {}, container: RawProps = {}): RawProps => ({
  metadata: { labels: { app: "web" } },
  spec: { containers: [{ name: "web", image: "web:1", ...container }], ...spec },
});
const deployment = (template: RawProps = pod(), more: RawProps = {}, space = "default"): RawProps => ({
  ...named("web", space),
  spec: { replicas: 1, selector: { matchLabels: { app: "web" } }, template, ...more },
});
const container = (more: RawProps) => deployment(pod({}, more));
const service = (spec: RawProps) => ({ ...named("web"), spec: { ports: [{ port: 80 }], ...spec } });
const path = (more: RawProps, host = "a.example") => ({
  ...named("web"),
  spec: { rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend: backend(), ...more }] } }] },
});
const backend = (port: RawProps = { number: 80 }) => ({ service: { name: "web", port } });
const policy = (egress: RawProps) => ({
  ...named("a"),
  spec: { podSelector: {}, policyTypes: ["Egress"], egress: [egress] },
});
const cron = (schedule: string, more: RawProps = {}) => ({
  ...named("a"),
  spec: { schedule, jobTemplate: { spec: { template: pod({ restartPolicy: "Never" }), ...more } } },
});
const role = (rule: RawProps) => ({ ...named("a"), rules: [rule] });
const bound = (roleRef: RawProps, subject: RawProps = { kind: "User", name: "me" }) => ({
  ...named("a"),
  roleRef,
  subjects: [subject],
});
const limit = (more: RawProps) => ({ ...named("a"), spec: { limits: [{ type: "Container", ...more }] } });

const DEPLOYMENT = "apps/v1:Deployment";
const SERVICE = "core/v1:Service";
const INGRESS = "networking.k8s.io/v1:Ingress";
const POLICY = "networking.k8s.io/v1:NetworkPolicy";
const RBAC = "rbac.authorization.k8s.io/v1:";

const cases: readonly (readonly [what: string, kind: string, props: RawProps, words: RegExp])[] = [
  [
    "a port of a container past the last",
    DEPLOYMENT,
    container({ ports: [{ containerPort: 70000 }] }),
    /between 1 and 65535/,
  ],
  [
    "a port's name of 16 letters",
    DEPLOYMENT,
    container({ ports: [{ containerPort: 80, name: "a".repeat(16) }] }),
    /no more than 15 characters/,
  ],
  [
    "two ports of one name",
    DEPLOYMENT,
    container({
      ports: [
        { containerPort: 80, name: "a" },
        { containerPort: 81, name: "a" },
      ],
    }),
    /Duplicate value: "a"/,
  ],
  [
    "a protocol of its own",
    DEPLOYMENT,
    container({ ports: [{ containerPort: 80, protocol: "HTTP" }] }),
    /Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"/,
  ],
  [
    "two mounts at one path",
    DEPLOYMENT,
    deployment(
      pod(
        { volumes: [{ name: "a", emptyDir: {} }] },
        {
          volumeMounts: [
            { name: "a", mountPath: "/a" },
            { name: "a", mountPath: "/a" },
          ],
        },
      ),
    ),
    /"\/a": must be unique/,
  ],
  [
    "two volumes of one name",
    DEPLOYMENT,
    deployment(
      pod({
        volumes: [
          { name: "a", emptyDir: {} },
          { name: "a", emptyDir: {} },
        ],
      }),
    ),
    /volumes\.1\.name: Duplicate value: "a"/,
  ],
  [
    "a volume of two kinds",
    DEPLOYMENT,
    deployment(pod({ volumes: [{ name: "a", emptyDir: {}, hostPath: { path: "/" } }] })),
    /may not specify more than 1 volume type/,
  ],
  [
    "a variable with value and source",
    DEPLOYMENT,
    container({ env: [{ name: "A", value: "x", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }] }),
    /may not be specified when `value` is not empty/,
  ],
  ["a variable with = in its name", DEPLOYMENT, container({ env: [{ name: "A=B", value: "x" }] }), /other than '='/],
  [
    "a probe without a handler",
    DEPLOYMENT,
    container({ livenessProbe: { periodSeconds: 5 } }),
    /must specify a handler type/,
  ],
  [
    "a probe of two handlers",
    DEPLOYMENT,
    container({ livenessProbe: { tcpSocket: { port: 80 }, httpGet: { port: 80 } } }),
    /may not specify more than 1 handler type/,
  ],
  [
    "a liveness that must succeed twice",
    DEPLOYMENT,
    container({ livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } }),
    /successThreshold: Invalid value: 2: must be 1/,
  ],
  [
    "a probe of an init container",
    DEPLOYMENT,
    deployment(pod({ initContainers: [{ name: "a", image: "a:1", readinessProbe: { tcpSocket: { port: 80 } } }] })),
    /init containers without restartPolicy=Always/,
  ],
  [
    "a resource that there isn't",
    DEPLOYMENT,
    container({ resources: { limits: { cpus: "1" } } }),
    /must be a standard resource for containers/,
  ],
  [
    "a privileged container that gains none",
    DEPLOYMENT,
    container({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    /`privileged` to true/,
  ],
  [
    "fewer replicas than none",
    DEPLOYMENT,
    deployment(pod(), { replicas: -1 }),
    /replicas: Invalid value: -1: must be greater than or equal to 0/,
  ],
  [
    "a rolling update that can't move",
    DEPLOYMENT,
    deployment(pod(), { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
    /may not be 0 when `maxSurge` is 0/,
  ],
  [
    "a recreation that rolls",
    DEPLOYMENT,
    deployment(pod(), { strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } }),
    /may not be specified when strategy `type` is 'Recreate'/,
  ],
  [
    "a deadline before pods are ready",
    DEPLOYMENT,
    deployment(pod(), { minReadySeconds: 60, progressDeadlineSeconds: 30 }),
    /must be greater than minReadySeconds/,
  ],
  ["a cron line with a Sunday of 7", "batch/v1:CronJob", cron("0 0 * * 7"), /above maximum \(6\): 7/],
  ["a cron line that runs backwards", "batch/v1:CronJob", cron("0 9-5 * * *"), /beyond end of range/],
  ["a cron line with a step of none", "batch/v1:CronJob", cron("*/0 * * * *"), /should be a positive number/],
  [
    "a job with retries below none",
    "batch/v1:CronJob",
    cron("0 0 * * *", { backoffLimit: -1 }),
    /backoffLimit: Invalid value: -1/,
  ],
  [
    "two ports of a service that are one",
    SERVICE,
    service({
      ports: [
        { name: "a", port: 80 },
        { name: "b", port: 80 },
      ],
    }),
    /Duplicate value: \{"protocol":"TCP","port":80\}/,
  ],
  [
    "a node's port within the cluster",
    SERVICE,
    service({ ports: [{ port: 80, nodePort: 30080 }] }),
    /may not be used when `type` is 'ClusterIP'/,
  ],
  [
    "a headless load balancer",
    SERVICE,
    service({ type: "LoadBalancer", clusterIP: "None" }),
    /may not be set to 'None' for LoadBalancer services/,
  ],
  [
    "a traffic policy of the inside",
    SERVICE,
    service({ externalTrafficPolicy: "Local" }),
    /externally-accessible services/,
  ],
  [
    "sources of no load balancer",
    SERVICE,
    service({ loadBalancerSourceRanges: ["10.0.0.0/8"] }),
    /may only be used when `type` is 'LoadBalancer'/,
  ],
  ["an ingress for an address", INGRESS, path({}, "203.0.113.7"), /must be a DNS name, not an IP address/],
  ["an ingress at a relative path", INGRESS, path({ path: "api" }), /must be an absolute path/],
  ["a backend without a port", INGRESS, path({ backend: backend({}) }), /port name or number is required/],
  [
    "a backend with two ports",
    INGRESS,
    path({ backend: backend({ number: 80, name: "http" }) }),
    /cannot set both port name & port number/,
  ],
  ["a policy for nobody", POLICY, policy({ to: [{}] }), /must specify a peer/],
  [
    "a policy for two kinds of peers in one",
    POLICY,
    policy({ to: [{ ipBlock: { cidr: "10.0.0.0/8" }, podSelector: {} }] }),
    /may not specify both ipBlock and another peer/,
  ],
  [
    "ports that run backwards",
    POLICY,
    policy({ ports: [{ port: 90, endPort: 80 }] }),
    /must be greater than or equal to `port`/,
  ],
  [
    "a budget of 120 %",
    "policy/v1:PodDisruptionBudget",
    { ...named("a"), spec: { minAvailable: "120%" } },
    /valid percent string/,
  ],
  [
    "a rule without verbs",
    `${RBAC}Role`,
    role({ apiGroups: [""], resources: ["pods"], verbs: [] }),
    /verbs must contain at least one value/,
  ],
  ["a rule without groups", `${RBAC}Role`, role({ resources: ["pods"], verbs: ["get"] }), /at least one api group/],
  [
    "paths in a namespace",
    `${RBAC}Role`,
    role({ nonResourceURLs: ["/healthz"], verbs: ["get"] }),
    /namespaced rules cannot apply/,
  ],
  [
    "paths beside resources",
    `${RBAC}ClusterRole`,
    role({ apiGroups: [""], resources: ["pods"], nonResourceURLs: ["/"], verbs: ["get"] }),
    /both regular resources and non-resource URLs/,
  ],
  [
    "a binding everywhere to a role of one place",
    `${RBAC}ClusterRoleBinding`,
    bound({ apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "a" }),
    /supported values: "ClusterRole"/,
  ],
  [
    "a subject of another kind",
    `${RBAC}RoleBinding`,
    bound({ apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "a" }, { kind: "Team", name: "a" }),
    /Unsupported value: "Team"/,
  ],
  [
    "a certificate without its key",
    "core/v1:Secret",
    { ...named("a"), type: "kubernetes.io/tls", stringData: { "tls.crt": "x" } },
    /data\[tls\.key\]: Required value/,
  ],
  [
    "a map of two megabytes",
    "core/v1:ConfigMap",
    { ...named("a"), data: { a: "x".repeat(2 ** 21) } },
    /may not be more than 1048576 bytes/,
  ],
  [
    "a default above the most",
    "core/v1:LimitRange",
    limit({ default: { cpu: "2" }, max: { cpu: "1" } }),
    /default value 2 is greater than max value 1/,
  ],
];

const definition = {
  ...named("ovens.example.com"),
  spec: {
    ...{ group: "example.com", scope: "Namespaced", names: { kind: "Oven", plural: "ovens", singular: "oven" } },
    versions: [
      {
        ...{ name: "v1", served: true, storage: true },
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                required: ["heat"],
                properties: {
                  heat: { type: "integer", minimum: 20, maximum: 300 },
                  mode: { type: "string", enum: ["fan", "grill"] },
                  port: { "x-kubernetes-int-or-string": true },
                  racks: { type: "array", maxItems: 2, items: { type: "string", pattern: "^r\\d$" } },
                  free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
                },
              },
            },
          },
        },
      },
    ],
  },
};

describe("an API server", () => {
  it("refuses what no object of a kind may say, in its words", () =>
    withCluster(async ({ refused }) => {
      for (const [what, kind, props, words] of cases)
        assert.match((await refused(kind, "thing", props)) ?? `${what} was not refused`, words, what);
    }));

  it("takes a workload whose pods lack something, and says that it doesn't come up", () =>
    withCluster(async ({ make, refused }) => {
      const template = pod({ volumes: [{ name: "a", configMap: { name: "gone" } }] });
      const told = (await refused(DEPLOYMENT, "web", deployment(template))) ?? "";
      assert.match(told, /"default\/web" failed to fully initialize or become live.*configmap "gone" not found/s);
      assert.match((await refused(DEPLOYMENT, "twin", deployment())) ?? "", /already exists/);
      // Its pods come at another time.
      await make("batch/v1:CronJob", "later", {
        ...cron("0 0 * * *"),
        ...{
          spec: {
            schedule: "@every 1h",
            jobTemplate: { spec: { template: pod({ restartPolicy: "Never", serviceAccountName: "gone" }) } },
          },
        },
      });
      const annotations = { "pulumi.com/skipAwait": "true" };
      const patient = { ...deployment(template), metadata: { name: "patient", namespace: "default", annotations } };
      await make(DEPLOYMENT, "patient", patient);
    }));

  it("only warns of a template that the namespace's level forbids: its pods are refused, and a CronJob stands", () =>
    withCluster(async ({ make, refused }) => {
      const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
      await make("core/v1:Namespace", "shop", { metadata: { name: "shop", labels } });
      const bare = { ...named("bare", "shop"), spec: { containers: [{ name: "a", image: "a:1" }] } };
      assert.match(
        (await refused("core/v1:Pod", "bare", bare)) ?? "",
        /^(?!.*fully initialize).*violates PodSecurity/s,
      );
      await make("batch/v1:CronJob", "job", { ...cron("0 0 * * *"), ...named("job", "shop") });
      assert.match(
        (await refused(DEPLOYMENT, "web", deployment(pod(), {}, "shop"))) ?? "",
        /failed to fully initialize.*violates PodSecurity "restricted:latest"/s,
      );
    }));

  it("holds pods against quotas and limits of their namespace", () =>
    withCluster(async ({ make, refused }) => {
      await make("core/v1:Namespace", "shop", named("shop"));
      const hard = { "requests.cpu": "1", pods: "3" };
      await make("core/v1:ResourceQuota", "quota", { ...named("quota", "shop"), spec: { hard } });
      const sized = (cpu: string, replicas = 1) =>
        deployment(pod({}, { resources: { requests: { cpu } } }), { replicas }, "shop");
      assert.match(
        (await refused(DEPLOYMENT, "a", deployment(pod(), {}, "shop"))) ?? "",
        /must specify requests\.cpu for: web/,
      );
      const other = (name: string, props: RawProps): RawProps => ({ ...props, ...named(name, "shop") });
      await make(DEPLOYMENT, "b", other("b", sized("250m", 2)));
      assert.match(
        (await refused(DEPLOYMENT, "c", other("c", sized("750m")))) ?? "",
        /exceeded quota: quota, requested: requests\.cpu=0\.75, used: requests\.cpu=0\.5, limited: requests\.cpu=1/,
      );
      const limits = [{ type: "Container", defaultRequest: { cpu: "100m" }, max: { memory: "1Gi" } }];
      await make("core/v1:LimitRange", "range", { ...named("range", "shop"), spec: { limits } });
      const big = pod({}, { resources: { limits: { memory: "2Gi" } } });
      assert.match(
        (await refused(DEPLOYMENT, "d", other("d", deployment(big, {}, "shop")))) ?? "",
        /maximum memory usage per Container is 1Gi, but limit is 2Gi/,
      );
    }));

  it("holds custom resources against the schema of their definition", () =>
    withCluster(async ({ make, refused }) => {
      await make("apiextensions.k8s.io/v1:CustomResourceDefinition", "ovens", definition);
      const oven = (spec: RawProps) => refused("example.com/v1:Oven", "oven", { ...named("oven"), spec });
      const wrong: readonly (readonly [RawProps, RegExp])[] = [
        [{}, /spec\.heat: Required value/],
        [{ heat: "hot" }, /must be of type integer: "string"/],
        [{ heat: 400 }, /less than or equal to 300/],
        [{ heat: 200, mode: "steam" }, /Unsupported value: "steam": supported values: "fan", "grill"/],
        [{ heat: 200, port: true }, /type integer,string/],
        [{ heat: 200, racks: ["r1", "x"] }, /should match '\^r\\d\$'/],
        [{ heat: 200, racks: ["r1", "r2", "r3"] }, /at most 2 items/],
        [{ heat: 200, haet: 1 }, /spec\.haet: field not declared in schema/],
      ];
      for (const [spec, words] of wrong) assert.match((await oven(spec)) ?? "not refused", words);
      assert.match((await refused("example.com/v2:Oven", "old", named("old"))) ?? "", /no matches for kind "Oven"/);
      assert.equal(await oven({ heat: 200, mode: "fan", port: "http", racks: ["r1"], free: { any: [1] } }), undefined);
    }));

  it("keeps a field with the manager that set it", () =>
    withCluster(async ({ make, refused }) => {
      await make(DEPLOYMENT, "web", deployment());
      const patch = (replicas: number, annotations: RawProps = {}) => ({
        metadata: { name: "web", namespace: "default", annotations },
        spec: { replicas },
      });
      const told = await refused("apps/v1:DeploymentPatch", "patch", patch(3));
      assert.match(told ?? "", /field conflict detected.*Apply failed with 1 conflict: .*: \.spec\.replicas/s);
      assert.equal(await refused("apps/v1:DeploymentPatch", "same", patch(1)), undefined);
      assert.equal(
        await refused("apps/v1:DeploymentPatch", "forced", patch(3, { "pulumi.com/patchForce": "true" })),
        undefined,
      );
    }));

  it("keeps what was made immutable so", () =>
    withCluster(async ({ engine, make }) => {
      const made = await make("core/v1:ConfigMap", "a", { ...named("a"), data: { a: "1" }, immutable: true });
      const news = object("core/v1:ConfigMap", { metadata: made.inputs["metadata"] ?? {}, data: { a: "1" } });
      await assert.rejects(
        engine.update(resource(token("core/v1:ConfigMap"), "a"), made.id, made, news),
        /field is immutable when `immutable` is set/,
      );
    }));

  const claim = (storage: string, more: RawProps = {}): RawProps => ({
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage }, ...more } },
  });
  const job = (completionMode: string): RawProps => ({
    spec: { completions: 1, completionMode, template: pod({ restartPolicy: "Never" }) },
  });
  const balanced = (loadBalancerClass: string): RawProps => ({
    spec: { type: "LoadBalancer", ports: [{ port: 80 }], loadBalancerClass },
  });
  const CLAIM = "core/v1:PersistentVolumeClaim";
  const changes: readonly (readonly [what: string, kind: string, before: RawProps, after: RawProps, words?: RegExp])[] =
    [
      [
        "a claim that shrinks",
        CLAIM,
        claim("2Gi"),
        claim("1Gi"),
        /storage: Forbidden: field can not be less than status/,
      ],
      ["a claim that grows", CLAIM, claim("1Gi"), claim("2Gi")],
      ["a claim of the same size in other words", CLAIM, claim("1Gi"), claim("1024Mi")],
      [
        "a claim's limit",
        CLAIM,
        claim("1Gi", { limits: { storage: "2Gi" } }),
        claim("1Gi", { limits: { storage: "3Gi" } }),
        /spec is immutable after creation except resources\.requests/,
      ],
      ["how a job counts", "batch/v1:Job", job("Indexed"), job("NonIndexed"), /completionMode: .*field is immutable/],
      [
        "a balancer's class",
        SERVICE,
        balanced("a.b/c"),
        balanced("a.b/d"),
        /loadBalancerClass: .*may not change once set/,
      ],
    ];
  for (const [what, kind, before, after, words] of changes)
    it(`${words === undefined ? "takes" : "refuses"} a change of ${what}`, () =>
      withCluster(async ({ engine, make }) => {
        const skip = { name: "a", annotations: { "pulumi.com/skipAwait": "true" } };
        const made = await make(kind, "a", { metadata: skip, ...before });
        const news = object(kind, { ...after, metadata: made.inputs["metadata"] ?? {} });
        const changed = engine.update(resource(token(kind), "a"), made.id, made, news);
        if (words === undefined) await changed;
        else await assert.rejects(changed, words);
      }));
});
