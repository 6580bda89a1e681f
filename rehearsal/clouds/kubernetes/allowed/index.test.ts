// Answers of the validation of k8s.io/kubernetes 1.35, asked object by object; no server is needed to hold to them.
import assert from "node:assert/strict";
import type { RawProps } from "../../wire";
import { nameWrong } from "../forms";
import { refusals as refused } from "../testing/objects";

const web = { app: "web" };
const pod = (spec: RawProps = {}, container: RawProps = {}): RawProps => ({
  metadata: { labels: web },
  spec: { containers: [{ name: "web", image: "web:1", ...container }], ...spec },
});
const workload = (template: RawProps, more: RawProps = {}): RawProps => ({
  metadata: { name: "web" },
  spec: { selector: { matchLabels: web }, template, ...more },
});

const DEPLOYMENT = "apps/v1:Deployment";
const spec = (more: RawProps) => workload(pod(more));
const container = (more: RawProps) => workload(pod({}, more));
const service = (more: RawProps, port: RawProps = {}) => ({
  metadata: { name: "web" },
  spec: { ports: [{ port: 80, ...port }], ...more },
});

const taken: readonly (readonly [what: string, kind: string, inputs: RawProps])[] = [
  [
    "a mount of a StatefulSet's own claim",
    "apps/v1:StatefulSet",
    workload(pod({}, { volumeMounts: [{ name: "data", mountPath: "/data" }] }), {
      serviceName: "web",
      volumeClaimTemplates: [
        {
          metadata: { name: "data" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: 1 } } },
        },
      ],
    }),
  ],
  ["quantities that are numbers", DEPLOYMENT, container({ resources: { limits: { cpu: 1.5, memory: 1000 } } })],
  [
    "an empty text where there is a default",
    DEPLOYMENT,
    container({ imagePullPolicy: "", ports: [{ containerPort: 80, name: "" }] }),
  ],
  ["a grace below nought, which becomes one", DEPLOYMENT, spec({ terminationGracePeriodSeconds: -1 })],
  [
    "a policy of all pods",
    "networking.k8s.io/v1:NetworkPolicy",
    { metadata: { name: "a" }, spec: { policyTypes: ["Ingress"] } },
  ],
  ["ports that the server chooses", "core/v1:Service", service({ type: "NodePort" }, { nodePort: 0, targetPort: 0 })],
  [
    "an account of the binding's own namespace",
    "rbac.authorization.k8s.io/v1:RoleBinding",
    {
      metadata: { name: "a" },
      roleRef: { apiGroup: "", kind: "Role", name: "a" },
      subjects: [{ kind: "ServiceAccount", name: "a" }],
    },
  ],
];

const refusals: readonly (readonly [what: string, kind: string, inputs: RawProps, words: RegExp])[] = [
  [
    "a count that isn't whole",
    DEPLOYMENT,
    workload(pod(), { replicas: 1.5 }),
    /spec\.replicas: json: cannot unmarshal number 1\.5/,
  ],
  ["no image", DEPLOYMENT, container({ image: "" }), /containers\[0\]\.image: Required value/],
  [
    "a seccomp profile that isn't",
    DEPLOYMENT,
    container({ securityContext: { seccompProfile: { type: "Default" } } }),
    /seccompProfile\.type: Unsupported value: "Default": supported values: "Localhost", "RuntimeDefault", "Unconfined"/,
  ],
  [
    "a user below nought",
    DEPLOYMENT,
    spec({ securityContext: { runAsUser: -1 } }),
    /runAsUser: Invalid value: -1: must be between 0/,
  ],
  [
    "a probe that runs nothing",
    DEPLOYMENT,
    container({ livenessProbe: { exec: { command: [] } } }),
    /exec\.command: Required value/,
  ],
  [
    "a mode of four digits",
    DEPLOYMENT,
    spec({ volumes: [{ name: "a", secret: { secretName: "a", defaultMode: 644 } }] }),
    /644: must be a number between 0 and 0777 \(octal\)/,
  ],
  [
    "a claim without a name",
    DEPLOYMENT,
    spec({ volumes: [{ name: "a", persistentVolumeClaim: { claimName: "" } }] }),
    /claimName: Required value/,
  ],
  [
    "a token that is out in a minute",
    DEPLOYMENT,
    spec({
      volumes: [{ name: "a", projected: { sources: [{ serviceAccountToken: { path: "t", expirationSeconds: 60 } }] } }],
    }),
    /expirationSeconds: Invalid value: 60/,
  ],
  [
    "an account's name in capitals",
    DEPLOYMENT,
    spec({ serviceAccountName: "Web" }),
    /serviceAccountName: Invalid value: "Web": a lowercase RFC 1123 subdomain/,
  ],
  [
    "a taint's effect of its own",
    DEPLOYMENT,
    spec({ tolerations: [{ operator: "Exists", effect: "Never" }] }),
    /effect: Unsupported value: "Never"/,
  ],
  [
    "pods spread without skew",
    DEPLOYMENT,
    spec({ topologySpreadConstraints: [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway" }] }),
    /maxSkew: Invalid value: 0/,
  ],
  [
    "a node's label that can't be one",
    DEPLOYMENT,
    spec({ nodeSelector: { a: "b c" } }),
    /nodeSelector\.a: Invalid value: "b c"/,
  ],
  [
    "a family of addresses of its own",
    "core/v1:Service",
    service({ ipFamilyPolicy: "DualStack" }),
    /ipFamilyPolicy: Unsupported value/,
  ],
  [
    "an external address that is a name",
    "core/v1:Service",
    service({ externalIPs: ["a.example"] }),
    /must be a valid IP address/,
  ],
  [
    "a volume's mode of its own",
    "core/v1:PersistentVolumeClaim",
    { metadata: { name: "a" }, spec: { accessModes: ["ReadWriteOnce"], volumeMode: "File" } },
    /volumeMode: Unsupported value: "File"/,
  ],
  [
    "a class that recycles",
    "storage.k8s.io/v1:StorageClass",
    { metadata: { name: "a" }, provisioner: "a", reclaimPolicy: "Recycle" },
    /reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"/,
  ],
];

describe("values that fields of Kubernetes objects may have", () => {
  for (const [what, kind, inputs] of taken) it(`takes ${what}`, () => assert.deepEqual(refused(kind, inputs), []));
  for (const [what, kind, inputs, words] of refusals)
    it(`refuses ${what}`, () => assert.match(refused(kind, inputs).join("\n"), words));
  it("takes a role's name of any length", () => assert.equal(nameWrong("a".repeat(300), "segment"), undefined));
});
