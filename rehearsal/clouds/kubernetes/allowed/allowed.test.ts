// One line a rule of the tables: answers of the validation of k8s.io/kubernetes 1.35, asked object by object.
// Past 250 lines: data, one line a mistake.
import assert from "node:assert/strict";
import type { Raw, RawProps } from "../../wire";
import { named } from "../testing/cluster";
import { deployment, limit, pod, refusals } from "../testing/objects";

const DEPLOYMENT = "apps/v1:Deployment";
const JOB = "batch/v1:Job";
const SCALER = "autoscaling/v2:HorizontalPodAutoscaler";
const QUOTA = "core/v1:ResourceQuota";
const SERVICE = "core/v1:Service";

const spec = (more: RawProps) => deployment(pod(more));
const container = (more: RawProps) => deployment(pod({}, more));
const volume = (source: RawProps) => spec({ volumes: [{ name: "a", ...source }] });
const affinity = (expression: RawProps) =>
  spec({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [expression] }] },
      },
    },
  });
const job = (more: RawProps) => ({ ...named("a"), spec: { template: pod({ restartPolicy: "Never" }), ...more } });
const scaler = (more: RawProps) => ({
  ...named("a"),
  spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" }, ...more },
});
const metric = (target: RawProps) => scaler({ metrics: [{ type: "Resource", resource: { name: "cpu", target } }] });
const quota = (more: RawProps) => ({ ...named("a"), spec: { hard: { pods: "1" }, ...more } });
const service = (more: RawProps) => ({ ...named("a"), spec: { ports: [{ port: 80 }], ...more } });
const env = (valueFrom: Raw) => container({ env: [{ name: "A", valueFrom }] });
const claim = (more: RawProps) => ({
  ...named("a"),
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, ...more },
});

const taken: readonly (readonly [what: string, kind: string, props: RawProps])[] = [
  [
    "a strategy of no name that rolls",
    DEPLOYMENT,
    deployment(pod(), { strategy: { type: "", rollingUpdate: { maxSurge: 1 } } }),
  ],
  ["a sysctl without a value", DEPLOYMENT, spec({ securityContext: { sysctls: [{ name: "net.core.somaxconn" }] } })],
  ["limits of nothing", "core/v1:LimitRange", { ...named("a"), spec: {} }],
  ["a deadline of 64 bits", DEPLOYMENT, spec({ terminationGracePeriodSeconds: 3_000_000_000 })],
  [
    "a preferred node whose label couldn't be one",
    DEPLOYMENT,
    spec({
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: { matchExpressions: [{ key: "a", operator: "In", values: ["b c"] }] } },
          ],
        },
      },
    }),
  ],
  [
    "a scaler that falls as the server thinks best",
    SCALER,
    scaler({ behavior: { scaleDown: { selectPolicy: "Min" } } }),
  ],
  ["a quota of a scope that fits", QUOTA, quota({ scopes: ["NotTerminating"] })],
  [
    "two ports of one number and two protocols",
    SERVICE,
    service({
      ports: [
        { name: "a", port: 53, protocol: "TCP" },
        { name: "b", port: 53, protocol: "UDP" },
      ],
    }),
  ],
];

const refused: readonly (readonly [what: string, kind: string, props: RawProps, words: RegExp])[] = [
  [
    "a count past 32 bits",
    DEPLOYMENT,
    deployment(pod(), { replicas: 3_000_000_000 }),
    /replicas: json: cannot unmarshal number 3000000000 into Go value of type int32/,
  ],
  [
    "two variables of one name",
    DEPLOYMENT,
    container({
      env: [
        { name: "A", value: "1" },
        { name: "A", value: "2" },
      ],
    }),
    /^\.spec\.template\.spec\.containers\[name="web"\]\.env: duplicate entries for key \[name="A"\]/,
  ],
  [
    "two ports of one number",
    SERVICE,
    service({
      ports: [
        { name: "a", port: 80 },
        { name: "b", port: 80 },
      ],
    }),
    /^\.spec\.ports: duplicate entries for key \[port=80,protocol="TCP"\]/,
  ],
  [
    "a field of a container that isn't",
    DEPLOYMENT,
    container({ imagee: "a" }),
    /\.spec\.template\.spec\.containers\[name="web"\]\.imagee: field not declared/,
  ],
  [
    "a variable from nowhere",
    DEPLOYMENT,
    env({}),
    /containers\[0\]\.env\[0\]\.valueFrom: Invalid value: "": must specify one of/,
  ],
  [
    "a variable from a field that isn't",
    DEPLOYMENT,
    env({ fieldRef: { fieldPath: "spec.image" } }),
    /field label not supported: spec\.image/,
  ],
  [
    "a variable from a field that only volumes know",
    DEPLOYMENT,
    env({ fieldRef: { fieldPath: "metadata.labels" } }),
    /Unsupported value: "metadata\.labels"/,
  ],
  [
    "a sysctl twice",
    DEPLOYMENT,
    spec({
      securityContext: {
        sysctls: [
          { name: "a.b", value: "1" },
          { name: "a.b", value: "2" },
        ],
      },
    }),
    /sysctls\[1\]\.name: Duplicate value: "a\.b"/,
  ],
  [
    "a sysctl in capitals",
    DEPLOYMENT,
    spec({ securityContext: { sysctls: [{ name: "A B", value: "1" }] } }),
    /must have at most 253 characters and match regex/,
  ],
  [
    "a host path of a type of its own",
    DEPLOYMENT,
    volume({ hostPath: { path: "/a", type: "Folder" } }),
    /hostPath\.type: Unsupported value: "Folder"/,
  ],
  [
    "a file above its volume",
    DEPLOYMENT,
    volume({ configMap: { name: "a", items: [{ key: "a", path: "../b" }] } }),
    /items\[0\]\.path: Invalid value: "\.\.\/b": must not contain '\.\.'/,
  ],
  [
    "an affinity to no value",
    DEPLOYMENT,
    affinity({ key: "a", operator: "In" }),
    /values: Required value: must be specified when `operator` is 'In'/,
  ],
  [
    "an affinity by an operator that isn't",
    DEPLOYMENT,
    affinity({ key: "a", operator: "Is", values: ["b"] }),
    /operator: Invalid value: "Is": not a valid selector operator/,
  ],
  [
    "a node whose label couldn't be one",
    DEPLOYMENT,
    affinity({ key: "a", operator: "In", values: ["b c"] }),
    /values\[0\]: Invalid value: "b c"/,
  ],
  [
    "a toleration of nothing",
    DEPLOYMENT,
    spec({ tolerations: [{ effect: "NoSchedule" }] }),
    /operator must be Exists when `key` is empty/,
  ],
  [
    "a toleration that ends without eviction",
    DEPLOYMENT,
    spec({ tolerations: [{ key: "a", operator: "Exists", tolerationSeconds: 5 }] }),
    /effect must be 'NoExecute'/,
  ],
  [
    "a resource of its own",
    DEPLOYMENT,
    container({ resources: { limits: { gpu: "1" } } }),
    /limits\[gpu\]: Invalid value: "gpu": must be a standard resource for containers/,
  ],
  [
    "half a device",
    DEPLOYMENT,
    container({ resources: { limits: { "example.com/gpu": "500m" } } }),
    /must be an integer/,
  ],
  [
    "fewer devices than the limit",
    DEPLOYMENT,
    container({ resources: { limits: { "example.com/gpu": "2" }, requests: { "example.com/gpu": "1" } } }),
    /must be equal to example\.com\/gpu limit of 2/,
  ],
  [
    "a profile of the node's without its name",
    DEPLOYMENT,
    spec({ securityContext: { seccompProfile: { type: "Localhost" } } }),
    /localhostProfile: Required value/,
  ],
  ["names from nowhere", DEPLOYMENT, spec({ dnsPolicy: "None" }), /dnsConfig: Required value: must provide/],
  [
    "a selector of nothing",
    DEPLOYMENT,
    deployment(pod(), { selector: {} }),
    /selector: Invalid value: \{\}: empty selector/,
  ],
  [
    "pods that may all be missing twice",
    "apps/v1:DaemonSet",
    deployment(pod(), { replicas: undefined as never, updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } }),
    /cannot be 0 when maxSurge is 0/,
  ],
  [
    "a job that fails by index and doesn't count so",
    JOB,
    job({ backoffLimitPerIndex: 1 }),
    /backoffLimitPerIndex: Invalid value: requires indexed completion mode/,
  ],
  [
    "a failure of a container that isn't",
    JOB,
    job({
      podFailurePolicy: {
        rules: [{ action: "FailJob", onExitCodes: { containerName: "b", operator: "In", values: [1] } }],
      },
    }),
    /rules\[0\]\.onExitCodes\.containerName: Invalid value: "b"/,
  ],
  [
    "a claim of nothing",
    "core/v1:PersistentVolumeClaim",
    claim({ resources: {} }),
    /resources\[storage\]: Required value/,
  ],
  [
    "a claim below nought",
    "core/v1:PersistentVolumeClaim",
    claim({ resources: { requests: { storage: "-1Gi" } } }),
    /must be greater than zero/,
  ],
  [
    "a quota of half a pod",
    QUOTA,
    quota({ hard: { pods: "500m" } }),
    /hard\[pods\]: Invalid value: "500m": must be an integer/,
  ],
  [
    "a quota of a scope that doesn't fit",
    QUOTA,
    quota({ hard: { services: "1" }, scopes: ["BestEffort"] }),
    /unsupported scope applied to resource/,
  ],
  [
    "a quota of two scopes that exclude each other",
    QUOTA,
    quota({ scopes: ["Terminating", "NotTerminating"] }),
    /conflicting scopes/,
  ],
  [
    "limits by default of whole pods",
    "core/v1:LimitRange",
    limit({ type: "Pod", default: { cpu: "1" } }),
    /default: Forbidden: may not be specified when `type` is 'Pod'/,
  ],
  [
    "a metric's target of its own",
    SCALER,
    metric({ type: "Percent", averageUtilization: 50 }),
    /must be either Utilization, Value, or AverageValue/,
  ],
  ["a metric without a target", SCALER, metric({ type: "Utilization" }), /target\.averageUtilization: Required value/],
  [
    "a metric whose source isn't its type's",
    SCALER,
    scaler({
      metrics: [{ type: "Pods", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 1 } } }],
    }),
    /metrics\[0\]\.pods: Required value/,
  ],
  [
    "what is scaled without a group",
    SCALER,
    scaler({ scaleTargetRef: { kind: "Deployment", name: "a" } }),
    /apiVersion must specify API group/,
  ],
  [
    "no quantity where one stands",
    SCALER,
    metric({ type: "AverageValue", averageValue: "much" }),
    /quantities must match/,
  ],
  [
    "a port's health where nobody asks for it",
    SERVICE,
    service({ healthCheckNodePort: 30000 }),
    /may only be set when `type` is 'LoadBalancer'/,
  ],
  [
    "a class of balancers without one",
    SERVICE,
    service({ loadBalancerClass: "a.b/c" }),
    /loadBalancerClass: Forbidden/,
  ],
  [
    "a controller without a domain",
    "networking.k8s.io/v1:IngressClass",
    { ...named("a"), spec: { controller: "nginx" } },
    /must be a domain-prefixed path/,
  ],
  [
    "bytes that are no base64",
    "core/v1:ConfigMap",
    { ...named("a"), binaryData: { a: "%%" } },
    /binaryData\["a"\]: illegal base64 data/,
  ],
];

describe("the tables of what a Kubernetes API server takes", () => {
  for (const [what, kind, props] of taken) it(`take ${what}`, () => assert.deepEqual(refusals(kind, props), []));
  for (const [what, kind, props, words] of refused)
    it(`refuse ${what}`, () => assert.match(refusals(kind, props).join("\n"), words));
});
