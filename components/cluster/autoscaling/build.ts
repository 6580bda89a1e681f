import { Release } from "@pulumi/kubernetes/helm/v3/release";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../../build";
import { ClosedNamespace } from "../../namespace/closed";
import type { CompleteAutoscalingArgs } from ".";
import { type Discover, place } from "./discovery";
import { chartValues } from "./values";

/** cluster-autoscaler, closed in, with the right to size the pools of this one cluster (CLU-03). */
export function buildAutoscaling(context: BuildContext<CompleteAutoscalingArgs>, discover: Discover): pulumi.Resource {
  const { name, site, args, child } = context;
  const discovery = discover(context);
  const space = new ClosedNamespace(
    name,
    {
      namespace: place.namespace,
      app: "cluster-autoscaler",
      openings: {
        web: true,
        identity: site.cloud,
        // Prometheus asks for figures.
        ingress: [{ ports: [{ protocol: "TCP", port: 8085 }] }],
      },
    },
    child,
  );
  return new Release(
    name,
    {
      name: "cluster-autoscaler",
      namespace: place.namespace,
      chart: "cluster-autoscaler",
      version: args.chartVersion,
      repositoryOpts: { repo: "https://kubernetes.github.io/autoscaler" },
      values: { ...chartValues({ replicas: site.frugal ? 1 : 2, imageTag: args.imageTag }), ...discovery.values },
      atomic: true,
      timeout: 600,
    },
    { ...child, dependsOn: [...discovery.ready, ...space.ready] },
  );
}
