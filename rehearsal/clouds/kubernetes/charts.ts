// Charts that the simulated cluster can install: where they come from, and the kinds that they bring. A chart that isn't
// here is refused, since nobody knows what it would do.
import type { Item, Moment } from "../row";
import { object, pick, text } from "../values";

export interface Brought {
  readonly group: string;
  readonly kinds: readonly string[];
  /** Kinds of the group that belong to no namespace. */
  readonly wide?: readonly string[];
}

export interface Chart {
  readonly repo: RegExp;
  readonly brings: readonly Brought[];
  /** Seconds until its pods are ready; estimates. */
  readonly seconds: number;
}

const from = (repo: string): RegExp => new RegExp(`^(https://|oci://)${repo.replace(/[.]/g, "\\.")}/?`);
const plain = (repo: string, seconds = 45): Chart => ({ repo: from(repo), brings: [], seconds });

export const charts: Readonly<Record<string, Chart>> = {
  "cert-manager": {
    repo: /^(https:\/\/charts\.jetstack\.io|oci:\/\/quay\.io\/jetstack\/charts)/,
    brings: [
      { group: "cert-manager.io", kinds: ["Issuer", "Certificate", "CertificateRequest"], wide: ["ClusterIssuer"] },
      { group: "acme.cert-manager.io", kinds: ["Order", "Challenge"] },
    ],
    seconds: 60,
  },
  "external-secrets": {
    repo: from("charts.external-secrets.io"),
    brings: [
      {
        group: "external-secrets.io",
        kinds: ["ExternalSecret", "SecretStore", "PushSecret"],
        wide: ["ClusterSecretStore", "ClusterExternalSecret", "ClusterPushSecret"],
      },
    ],
    seconds: 60,
  },
  "secrets-store-csi-driver": {
    repo: from("kubernetes-sigs.github.io/secrets-store-csi-driver"),
    brings: [{ group: "secrets-store.csi.x-k8s.io", kinds: ["SecretProviderClass", "SecretProviderClassPodStatus"] }],
    seconds: 45,
  },
  "aws-load-balancer-controller": {
    repo: from("aws.github.io/eks-charts"),
    brings: [{ group: "elbv2.k8s.aws", kinds: ["TargetGroupBinding"], wide: ["IngressClassParams"] }],
    seconds: 60,
  },
  "external-dns": {
    repo: from("kubernetes-sigs.github.io/external-dns"),
    brings: [{ group: "externaldns.k8s.io", kinds: ["DNSEndpoint"] }],
    seconds: 40,
  },
  "kube-prometheus-stack": {
    repo: /^(https:\/\/prometheus-community\.github\.io\/helm-charts|oci:\/\/ghcr\.io\/prometheus-community\/charts)/,
    brings: [
      {
        group: "monitoring.coreos.com",
        kinds: [
          "ServiceMonitor",
          "PodMonitor",
          "PrometheusRule",
          "Probe",
          "Prometheus",
          "Alertmanager",
          "AlertmanagerConfig",
        ],
      },
    ],
    seconds: 150,
  },
  gatekeeper: {
    repo: from("open-policy-agent.github.io/gatekeeper/charts"),
    brings: [
      { group: "templates.gatekeeper.sh", kinds: [], wide: ["ConstraintTemplate"] },
      { group: "config.gatekeeper.sh", kinds: ["Config"] },
    ],
    seconds: 60,
  },
  "argo-rollouts": {
    repo: from("argoproj.github.io/argo-helm"),
    brings: [
      {
        group: "argoproj.io",
        kinds: ["Rollout", "AnalysisTemplate", "AnalysisRun", "Experiment"],
        wide: ["ClusterAnalysisTemplate"],
      },
    ],
    seconds: 45,
  },
  "argo-cd": {
    repo: from("argoproj.github.io/argo-helm"),
    brings: [{ group: "argoproj.io", kinds: ["Application", "AppProject", "ApplicationSet"] }],
    seconds: 120,
  },
  base: {
    repo: from("istio-release.storage.googleapis.com/charts"),
    brings: [
      { group: "security.istio.io", kinds: ["PeerAuthentication", "AuthorizationPolicy", "RequestAuthentication"] },
      {
        group: "networking.istio.io",
        kinds: ["Gateway", "VirtualService", "DestinationRule", "Sidecar", "ServiceEntry"],
      },
      { group: "telemetry.istio.io", kinds: ["Telemetry"] },
    ],
    seconds: 20,
  },
  istiod: plain("istio-release.storage.googleapis.com/charts", 60),
  gateway: plain("istio-release.storage.googleapis.com/charts", 60),
  keda: {
    repo: from("kedacore.github.io/charts"),
    brings: [
      {
        group: "keda.sh",
        kinds: ["ScaledObject", "ScaledJob", "TriggerAuthentication"],
        wide: ["ClusterTriggerAuthentication"],
      },
    ],
    seconds: 60,
  },
  velero: {
    repo: from("vmware-tanzu.github.io/helm-charts"),
    brings: [
      {
        group: "velero.io",
        kinds: ["Backup", "Schedule", "Restore", "BackupStorageLocation", "VolumeSnapshotLocation"],
      },
    ],
    seconds: 60,
  },
  karpenter: {
    repo: from("public.ecr.aws/karpenter"),
    brings: [
      { group: "karpenter.sh", kinds: [], wide: ["NodePool", "NodeClaim"] },
      { group: "karpenter.k8s.aws", kinds: [], wide: ["EC2NodeClass"] },
    ],
    seconds: 60,
  },
  "ingress-nginx": plain("kubernetes.github.io/ingress-nginx", 90),
  "metrics-server": plain("kubernetes-sigs.github.io/metrics-server"),
  "cluster-autoscaler": plain("kubernetes.github.io/autoscaler"),
  "fluent-bit": plain("fluent.github.io/helm-charts"),
  "opentelemetry-collector": plain("open-telemetry.github.io/opentelemetry-helm-charts"),
  loki: plain("grafana.github.io/helm-charts", 90),
  grafana: plain("grafana.github.io/helm-charts", 60),
  tempo: plain("grafana.github.io/helm-charts", 60),
  prometheus: plain("prometheus-community.github.io/helm-charts", 90),
  reloader: plain("stakater.github.io/stakater-charts"),
};

/** Chart by `chart` and `repositoryOpts.repo`: a name within a repository, or a whole oci:// address. */
export function chartOf(chart: string, repo: string | undefined): Chart | undefined {
  const oci = /^oci:\/\/(?:.*)\/([^/]+)$/.exec(chart)?.[1];
  const found = charts[oci ?? chart];
  return found?.repo.test(oci === undefined ? (repo ?? "") : chart) ? found : undefined;
}

/** Kinds that a managed cluster has from the start, by cloud. */
const builtIn: Readonly<Record<string, readonly Brought[]>> = {
  aws: [
    { group: "crd.k8s.amazonaws.com", kinds: [], wide: ["ENIConfig"] },
    { group: "vpcresources.k8s.aws", kinds: ["SecurityGroupPolicy"] },
  ],
  azure: [{ group: "snapshot.storage.k8s.io", kinds: ["VolumeSnapshot"], wide: ["VolumeSnapshotClass"] }],
  gcp: [
    { group: "cloud.google.com", kinds: ["BackendConfig"] },
    {
      group: "networking.gke.io",
      kinds: ["ManagedCertificate", "FrontendConfig", "GCPBackendPolicy", "HealthCheckPolicy"],
    },
    { group: "snapshot.storage.k8s.io", kinds: ["VolumeSnapshot"], wide: ["VolumeSnapshotClass"] },
  ],
};

const everywhere: readonly Brought[] = [
  ...Object.values(charts).flatMap(({ brings }) => brings),
  ...Object.values(builtIn).flat(),
];

export const brings = (list: readonly Brought[], group: string, kind: string): boolean =>
  list.some((one) => one.group === group && (one.kinds.includes(kind) || (one.wide?.includes(kind) ?? false)));

export const fromStart = (cloud: string, group: string, kind: string): boolean =>
  brings(builtIn[cloud] ?? [], group, kind);

/** Whether a kind of a known chart belongs to no namespace. */
export const knownWide = (group: string, kind: string): boolean =>
  everywhere.some((one) => one.group === group && (one.wide?.includes(kind) ?? false));

/** The CustomResourceDefinition in this cluster, or the release that brought it. */
export function definitionOf({ account, place }: Moment, group: string, kind: string): Item | undefined {
  const here = (one: Item): boolean => one.place.account === place.account;
  const own = account
    .all("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition")
    .find(
      (one) => here(one) && pick(one.inputs, "spec.group") === group && pick(one.inputs, "spec.names.kind") === kind,
    );
  if (own !== undefined) return own;
  return account.all("kubernetes:helm.sh/v3:Release").find((one) => {
    const chart = chartOf(text(one.inputs["chart"]) ?? "", text(object(one.inputs["repositoryOpts"])["repo"]));
    return here(one) && one.inputs["skipCrds"] !== true && brings(chart?.brings ?? [], group, kind);
  });
}
