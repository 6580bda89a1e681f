// What an API server refuses of each kind, in its words.
// Past 250 lines: data, one line a mistake.
import assert from "node:assert/strict";
import type { RawProps } from "../wire";
import { named } from "./testing/cluster";
import {
  backend,
  bound,
  container,
  cron,
  DEPLOYMENT,
  deployment,
  INGRESS,
  limit,
  POLICY,
  path,
  pod,
  policy,
  RBAC,
  refusals,
  role,
  SERVICE,
  service,
} from "./testing/objects";

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
    /volumes\[1\]\.name: Duplicate value: "a"/,
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

describe("an API server", () => {
  for (const [what, kind, props, words] of cases)
    it(`refuses ${what}, in its words`, () => assert.match(refusals(kind, props).join("\n"), words));
});
