// The shop's application in its cluster.
import type { Made } from "../../fixtures/fixture";

const labels = {
  "app.kubernetes.io/name": "shop",
  "app.kubernetes.io/instance": "shop-prod",
  "app.kubernetes.io/version": "1.4.2",
  "app.kubernetes.io/component": "web",
  "app.kubernetes.io/part-of": "shop",
  "app.kubernetes.io/managed-by": "pulumi",
  ...{ name: "shop", environment: "prod", owner: "shop", app: "shop", "cost-centre": "42", "managed-by": "pulumi" },
  "data-class": "internal",
};
const selector = { "app.kubernetes.io/instance": "shop-prod" };
const metadata = (name: string, more = {}) => ({ name, namespace: "shop", labels, ...more });
const probe = { httpGet: { path: "/healthz", port: 8443, scheme: "HTTPS" }, periodSeconds: 10 };

export const kubernetes: readonly Made[] = [
  [
    "core.Namespace",
    {
      metadata: {
        name: "shop",
        labels: {
          ...labels,
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/enforce-version": "v1.31",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
        },
      },
    },
  ],
  [
    "core.ResourceQuota",
    { metadata: metadata("shop"), spec: { hard: { "limits.cpu": "20", "limits.memory": "40Gi", pods: "40" } } },
  ],
  [
    "core.LimitRange",
    {
      metadata: metadata("shop"),
      spec: {
        limits: [
          {
            type: "Container",
            default: { cpu: "1", memory: "512Mi" },
            defaultRequest: { cpu: "100m", memory: "128Mi" },
          },
        ],
      },
    },
  ],
  [
    "networking.NetworkPolicy",
    { metadata: metadata("nothing"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
  ],
  [
    "networking.NetworkPolicy",
    {
      metadata: metadata("web"),
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } } }],
            ports: [{ port: 8443, protocol: "TCP" }],
          },
        ],
      },
    },
  ],
  ["core.ServiceAccount", { metadata: metadata("shop"), automountServiceAccountToken: false }],
  [
    "apps.Deployment",
    {
      metadata: metadata("web"),
      spec: {
        replicas: 3,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: "shop",
            automountServiceAccountToken: false,
            hostNetwork: false,
            hostPID: false,
            hostIPC: false,
            securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: "topology.kubernetes.io/zone",
                whenUnsatisfiable: "DoNotSchedule",
                labelSelector: { matchLabels: selector },
              },
            ],
            containers: [
              {
                name: "web",
                image: `registry.example.com/shop/web@sha256:${"a1".repeat(32)}`,
                imagePullPolicy: "Always",
                ports: [{ containerPort: 8443 }],
                resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "256Mi" } },
                livenessProbe: probe,
                readinessProbe: probe,
                securityContext: {
                  allowPrivilegeEscalation: false,
                  privileged: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
                env: [{ name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: "shop", key: "url" } } }],
              },
            ],
          },
        },
      },
    },
  ],
  [
    "policy.PodDisruptionBudget",
    { metadata: metadata("web"), spec: { minAvailable: 2, selector: { matchLabels: selector } } },
  ],
  [
    "core.Service",
    { metadata: metadata("web"), spec: { type: "ClusterIP", selector, ports: [{ port: 443, targetPort: 8443 }] } },
  ],
  [
    "networking.Ingress",
    {
      metadata: metadata("web", { annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "true" } }),
      spec: {
        ingressClassName: "nginx",
        tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }],
        rules: [
          {
            host: "shop.example.com",
            http: {
              paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 443 } } } }],
            },
          },
        ],
      },
    },
  ],
  [
    "rbac.Role",
    { metadata: metadata("reader"), rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }] },
  ],
  [
    "rbac.RoleBinding",
    {
      metadata: metadata("reader"),
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
      subjects: [{ kind: "ServiceAccount", name: "shop", namespace: "shop" }],
    },
  ],
].map(
  ([type, inputs], index): Made => [type as string, inputs as object as Record<string, unknown>, { name: `o${index}` }],
);
