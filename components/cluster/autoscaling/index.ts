import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../../policies/standards";
import { accept, type Kinds, text, the } from "../../accept";
import type { Cloud, PerCloud } from "../../cloud";
import { type Mistake, refuse } from "../../mistake";
import type { Site } from "../../site";
import type { Cluster } from "..";
import { insideOptions } from "../inside";
import { buildAutoscaling } from "./build";
import type { Discover } from "./discovery";

export interface AutoscalingArgs {
  readonly site: Site;
  readonly cluster: Cluster;
  /** Kubernetes minor of the cluster, "1.35". Config, never looked up. @default standards.kubernetesVersion */
  readonly version?: string;
  /** Release of cluster-autoscaler, with the v: one of the cluster's minor, since it foretells what that scheduler would do. @default the one that this release was tried with */
  readonly imageTag?: string;
  /** Chart of cluster-autoscaler. @default the one that this release was tried with */
  readonly chartVersion?: string;
}

export interface AutoscalingOutputs {
  /** Pools follow their pods when it is there. */
  readonly ready: pulumi.Resource;
}

export type CompleteAutoscalingArgs = Required<AutoscalingArgs>;

/**
 * AKS and GKE move their pools between the bounds that each pool carries, and there is nothing to install; EKS gives its
 * pools the bounds and the tags to be found by, and leaves the moving to what runs in the cluster.
 */
const scaling: PerCloud<"built-in" | (() => Discover)> = {
  aws: () => (require("./aws") as typeof import("./aws")).discover,
  azure: "built-in",
  gcp: "built-in",
};

/** Whether pools scale without anything in the cluster; then `Autoscaling` is refused. */
export const scalesItself = (cloud: Cloud): boolean => scaling[cloud] === "built-in";

/** Newest patch of each minor of standards.kubernetesVersions. https://github.com/kubernetes/autoscaler/releases */
const releases: Readonly<Record<string, string>> = { "1.34": "v1.34.3", "1.35": "v1.35.0" };

const autoscalingKinds: Kinds<AutoscalingArgs> = {
  site: the("site:Site"),
  cluster: the("cluster:Cluster"),
  version: text.optional(),
  imageTag: text.optional(),
  chartVersion: text.optional(),
};

/** What must run in a cluster so that its pools scale between min and max (CLU-03). */
export class Autoscaling extends pulumi.ComponentResource implements AutoscalingOutputs {
  readonly ready: pulumi.Resource;

  constructor(name: string, given: AutoscalingArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = accept("Autoscaling", name, given, autoscalingKinds);
    const version = args.version ?? standards.kubernetesVersion;
    const complete: CompleteAutoscalingArgs = {
      // Every minor has begun with a .0.
      imageTag: releases[version] ?? `v${version}.0`,
      chartVersion: "9.59.0",
      ...args,
      version,
    };
    const discover = scaling[args.site.cloud];
    if (discover === "built-in")
      throw new pulumi.RunError(
        `Autoscaling "${name}": site.cloud is "${args.site.cloud}"; leave it out there: that cloud moves pools between min and max by itself.`,
      );
    refuse("Autoscaling", name, mistakes(complete));
    super("trifold:cluster:Autoscaling", name, {}, { ...insideOptions(args.site, args.cluster), ...opts });
    this.ready = buildAutoscaling({ name, site: args.site, args: complete, child: { parent: this } }, discover());
    this.registerOutputs({});
  }
}

function mistakes({ version, imageTag, chartVersion }: CompleteAutoscalingArgs): Mistake[] {
  return [
    ...(/^1\.\d{2}$/.test(version)
      ? []
      : [{ field: "version", value: version, remedy: 'use a Kubernetes minor such as "1.35"' }]),
    ...(/^v1\.\d{2}\.\d+$/.test(imageTag) && imageTag.startsWith(`v${version}.`)
      ? []
      : [
          {
            field: "imageTag",
            value: imageTag,
            remedy: `use a release for the cluster's minor, such as v${version}.0`,
          },
        ]),
    ...(/^\d+\.\d+\.\d+$/.test(chartVersion)
      ? []
      : [{ field: "chartVersion", value: chartVersion, remedy: 'use a release such as "9.59.0"' }]),
  ];
}
