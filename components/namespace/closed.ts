import { LimitRange, Namespace, ResourceQuota, ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type { input } from "@pulumi/kubernetes/types";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../cloud";
import { labelsOf } from "./labels";

type EgressRule = input.networking.v1.NetworkPolicyEgressRule;
type IngressRule = input.networking.v1.NetworkPolicyIngressRule;

/** What pods may reach, by name; everything else is closed, ways in included. */
export interface Openings {
  /** The cloud's and other public APIs: TCP 443 anywhere. A network policy knows no host names. */
  readonly web?: boolean;
  /** Public name servers, for who must see the world's answer instead of the cluster's. */
  readonly names?: boolean;
  /** Where the cloud hands identities to pods. */
  readonly identity?: Cloud;
  /** PostgreSQL and Redis at private addresses. */
  readonly ports?: readonly number[];
  /** Ways in, by port: managed control planes and collectors of figures call from addresses that no policy knows on every cloud. */
  readonly ingress?: readonly IngressRule[];
}

export interface ClosedNamespaceArgs {
  /** Physical name, an RFC 1123 label. */
  readonly namespace: string;
  readonly app: string;
  readonly openings: Openings;
  /** Ceiling of what its pods may have together. @default requests of 4 CPUs and 8Gi, limits of 8 CPUs and 16Gi, 50 pods */
  readonly quota?: Readonly<Record<string, string>>;
  /** Service accounts to make: annotations by name. Tokens are not mounted by themselves. */
  readonly serviceAccounts?: Readonly<Record<string, pulumi.Input<Readonly<Record<string, string>>>>>;
}

/**
 * A namespace under the restricted Pod Security Standard, closed in both directions but for named openings, with a quota
 * and default limits (K8S-18, K8S-20, SEC-10, NET-09).
 */
export class ClosedNamespace extends pulumi.ComponentResource {
  readonly namespace: string;
  /** What stands in it depends on these. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: ClosedNamespaceArgs, opts: pulumi.ComponentResourceOptions) {
    super("trifold:namespace:ClosedNamespace", name, {}, opts);
    const { namespace } = args;
    this.namespace = namespace;
    const labels = labelsOf(args.app);
    const space = new Namespace(
      name,
      {
        metadata: {
          name: namespace,
          labels: {
            ...labels,
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/audit": "restricted",
            "pod-security.kubernetes.io/warn": "restricted",
          },
        },
      },
      { parent: this },
    );
    // The name is written out, so that rules can tell in a preview what lies where; the order is said by dependsOn.
    const inside = { parent: this, dependsOn: [space] };
    const metadata = (own: string) => ({ name: own, namespace, labels });
    const closed = new NetworkPolicy(
      `${name}-default-deny`,
      { metadata: metadata("default-deny"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
      inside,
    );
    const ingress = args.openings.ingress ?? [];
    const open = new NetworkPolicy(
      `${name}-openings`,
      {
        metadata: metadata("openings"),
        spec: {
          podSelector: {},
          policyTypes: ingress.length > 0 ? ["Ingress", "Egress"] : ["Egress"],
          egress: egressOf(args.openings),
          ...(ingress.length > 0 && { ingress: [...ingress] }),
        },
      },
      inside,
    );
    const quota = new ResourceQuota(
      `${name}-quota`,
      { metadata: metadata("quota"), spec: { hard: quotaOf(args.quota) } },
      inside,
    );
    const range = new LimitRange(
      `${name}-limits`,
      {
        metadata: metadata("limits"),
        spec: {
          limits: [
            {
              type: "Container",
              default: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "512Mi" },
              defaultRequest: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "64Mi" },
              // No single container takes the whole quota, or asks for so little that it starves.
              max: { cpu: "2", memory: "4Gi" },
              min: { cpu: "10m", memory: "16Mi" },
            },
          ],
        },
      },
      inside,
    );
    const accounts = Object.entries(args.serviceAccounts ?? {}).map(
      ([own, annotations]) =>
        new ServiceAccount(
          `${name}-${own}`,
          { metadata: { ...metadata(own), annotations }, automountServiceAccountToken: false },
          inside,
        ),
    );
    this.ready = [space, closed, open, quota, range, ...accounts];
    this.registerOutputs({ namespace });
  }
}

const quotaOf = (more: ClosedNamespaceArgs["quota"]): Record<string, string> => ({
  "requests.cpu": "4",
  "requests.memory": "8Gi",
  "limits.cpu": "8",
  "limits.memory": "16Gi",
  pods: "50",
  ...more,
});

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * Where pods ask for the identity of their service account: EKS Pod Identity's agent, GKE's metadata server. Azure's is
 * asked on the web.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 * https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#authenticating_to
 */
const identityEndpoints: Readonly<Record<Cloud, readonly (readonly [address: string, port: number])[]>> = {
  aws: [["169.254.170.23/32", 80]],
  azure: [],
  gcp: [
    ["169.254.169.254/32", 80],
    ["169.254.169.252/32", 988],
  ],
};

function egressOf({ web, names: world, identity, ports }: Openings): EgressRule[] {
  const names: EgressRule = {
    to: [
      { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
      // The cache of names on each node, where the cluster has one.
      { ipBlock: { cidr: "169.254.20.10/32" } },
      ...(world ? [{ ipBlock: { cidr: "0.0.0.0/0" } }] : []),
    ],
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
  const tcp = (cidrs: readonly string[], numbers: readonly number[]): EgressRule => ({
    to: cidrs.map((cidr) => ({ ipBlock: { cidr } })),
    ports: numbers.map((port) => ({ protocol: "TCP", port })),
  });
  return [
    names,
    ...(web ? [tcp(["0.0.0.0/0"], [443])] : []),
    ...(identity ? identityEndpoints[identity].map(([address, port]) => tcp([address], [port])) : []),
    ...(ports ? [tcp(privateRanges, ports)] : []),
  ];
}
