import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { PerCloud } from "../cloud";
import { WorkloadIdentity } from "../identity";
import { ClosedNamespace } from "../namespace/closed";
import { labelsOf } from "../namespace/labels";
import type { CompleteIssuerArgs } from ".";
import { acmeServers } from "./acme";
import type { Solve } from "./solver";
import { chartValues } from "./values";

// Loaded when asked for: a stack on one cloud never reads the other two.
const solvers: PerCloud<() => Solve> = {
  aws: () => (require("./aws") as typeof import("./aws")).solve,
  azure: () => (require("./azure") as typeof import("./azure")).solve,
  gcp: () => (require("./gcp") as typeof import("./gcp")).solve,
};

/** The chart's own names: they stand in its roles and its webhook's certificate. */
const namespace = "cert-manager";

/** cert-manager, what it may do in the zone, and the issuer that everything in the cluster can ask (DNS-04). */
export function buildIssuer(
  { name, site, args, child }: BuildContext<CompleteIssuerArgs>,
  issuerName: string,
): pulumi.Resource {
  const identity = new WorkloadIdentity(
    `${name}-dns`,
    {
      site,
      cluster: args.cluster,
      namespace,
      serviceAccount: namespace,
      grants: { zone: { kind: "zone", zoneId: args.zone.id } },
    },
    child,
  );
  const space = new ClosedNamespace(
    name,
    {
      namespace,
      app: "cert-manager",
      openings: {
        web: true,
        identity: site.cloud,
        names: true,
        // The API server asks the webhook; Prometheus asks for figures.
        ingress: [{ ports: [10250, 9402].map((port) => ({ protocol: "TCP", port })) }],
      },
    },
    child,
  );
  const release = new Release(
    name,
    {
      name: "cert-manager",
      namespace,
      chart: "cert-manager",
      version: args.chartVersion,
      repositoryOpts: { repo: "https://charts.jetstack.io" },
      values: chartValues({
        replicas: site.frugal ? 1 : 2,
        serviceAccount: namespace,
        podLabels: identity.podLabels,
        annotations: identity.annotations,
      }),
      atomic: true,
      timeout: 600,
    },
    // Pods get their identity when they start, so it comes first and goes last.
    { ...child, dependsOn: [identity, ...space.ready] },
  );
  const solver = solvers[site.cloud]()(args, identity);
  return new CustomResource(
    `${name}-${issuerName}`,
    {
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: issuerName, labels: labelsOf("cert-manager") },
      spec: {
        acme: {
          server: acmeServers[args.server],
          email: args.email,
          // The account's own key; another server has another account.
          privateKeySecretRef: { name: `${issuerName}-${args.server}` },
          solvers: [{ selector: { dnsZones: [args.zone.domain] }, dns01: solver }],
        },
      },
    },
    { ...child, dependsOn: [release] },
  );
}
