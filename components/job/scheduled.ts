import { CronJob } from "@pulumi/kubernetes/batch/v1";
import type { input } from "@pulumi/kubernetes/types";
import type * as pulumi from "@pulumi/pulumi";
import { labelsOf } from "../namespace/labels";

type Container = input.core.v1.Container;
type Env = Readonly<Record<string, pulumi.Input<string>>>;

/** One step of a job: a script of the mounted ConfigMap, in an image that has the tools. */
export interface Step {
  readonly name: string;
  readonly image: string;
  /** File in the ConfigMap. */
  readonly script: string;
  /** Its arguments. */
  readonly words?: readonly string[];
  readonly env: Env;
  /** @default 256Mi */
  readonly memory?: string;
  /** More volumes, by name, and where they are mounted. */
  readonly mounts?: Readonly<Record<string, string>>;
}

export interface ScheduledJobArgs {
  readonly app: string;
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** Five cron fields, UTC. */
  readonly schedule: pulumi.Input<string>;
  /** Name of the ConfigMap with the scripts. */
  readonly scripts: pulumi.Input<string>;
  /** One after the other; what they share lies in /work. */
  readonly before: readonly Step[];
  /** Side by side, after those. */
  readonly main: readonly Step[];
  /** Room in /work: GiB on the node's disk. undefined: a few MiB in memory, for what must not touch a disk. */
  readonly workGb?: number;
  /** Seconds that a run may take. */
  readonly deadline: number;
  readonly volumes?: readonly input.core.v1.Volume[];
}

/** Nobody's user id in the images; all that is written goes to /work and /tmp. */
const nobody = 65532;

/**
 * A CronJob under the restricted Pod Security Standard: no root, no writable image, no token, limits on everything (K8S-19, K8S-20).
 * Left out on purpose, of what scanners ask for:
 * - a priority class: applications come first when a node is full, and a run that was put off is caught up;
 * - probes: nobody calls a job, and its deadline ends one that hangs;
 * - `hostUsers: false` and an AppArmor profile: nodes whose kernel can't do it don't start the pod, EKS's among them.
 *   https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/#before-you-begin
 *   https://kubernetes.io/docs/tutorials/security/apparmor/#before-you-begin
 */
export function scheduledJob(name: string, args: ScheduledJobArgs, opts: pulumi.CustomResourceOptions): CronJob {
  const labels = labelsOf(args.app, args.name);
  const metadata = { name: args.name, namespace: args.namespace, labels };
  return new CronJob(
    name,
    {
      metadata,
      spec: {
        schedule: args.schedule,
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        // A run that the control plane missed is caught up for so long; more than 100 missed runs would stop the job for good.
        startingDeadlineSeconds: 1800,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 5,
        jobTemplate: {
          metadata: { labels },
          spec: {
            backoffLimit: 3,
            activeDeadlineSeconds: args.deadline,
            // The limits above keep failed runs for good, and an alarm on failed jobs with them.
            ttlSecondsAfterFinished: 7 * 86_400,
            template: { metadata: { labels: { ...labels, ...args.podLabels } }, spec: podOf(args) },
          },
        },
      },
    },
    opts,
  );
}

/** GiB of disk beside /work: what a step logs, and /tmp. */
const ownDisk = 1;

function podOf(args: ScheduledJobArgs): input.core.v1.PodSpec {
  // /work is one volume. What runs side by side is added up, so that only the first of those asks for it; of what runs before,
  // the most counts. https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
  const whole = (args.workGb ?? 0) + ownDisk;
  return {
    serviceAccountName: args.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: "OnFailure",
    securityContext: {
      runAsNonRoot: true,
      runAsUser: nobody,
      runAsGroup: nobody,
      fsGroup: nobody,
      seccompProfile: { type: "RuntimeDefault" },
    },
    initContainers: args.before.map((step) => containerOf(step, whole)),
    containers: args.main.map((step, index) => containerOf(step, index === 0 ? whole : ownDisk)),
    volumes: [
      { name: "scripts", configMap: { name: args.scripts, defaultMode: 0o555 } },
      {
        name: "work",
        emptyDir:
          args.workGb === undefined ? { medium: "Memory", sizeLimit: "16Mi" } : { sizeLimit: `${args.workGb}Gi` },
      },
      { name: "tmp", emptyDir: { sizeLimit: "512Mi" } },
      ...(args.volumes ?? []),
    ],
  };
}

function containerOf(step: Step, diskGb: number): Container {
  const memory = step.memory ?? "256Mi";
  const disk = `${diskGb}Gi`;
  return {
    name: step.name,
    image: step.image,
    // With Always a run fails when a public registry doesn't answer, and rotation runs four times an hour; versions are exact (images.ts).
    imagePullPolicy: "IfNotPresent",
    command: ["/bin/bash", `/scripts/${step.script}`, ...(step.words ?? [])],
    env: [{ name: "HOME", value: "/tmp" }, ...Object.entries(step.env).map(([name, value]) => ({ name, value }))],
    resources: {
      requests: { cpu: "50m", memory, "ephemeral-storage": disk },
      // One core is all that pg_dump and the CLIs, a thread each, can use; said here, since the namespace's default is half of it.
      limits: { cpu: "1", memory, "ephemeral-storage": disk },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumeMounts: [
      { name: "scripts", mountPath: "/scripts", readOnly: true },
      { name: "work", mountPath: "/work" },
      { name: "tmp", mountPath: "/tmp" },
      ...Object.entries(step.mounts ?? {}).map(([name, mountPath]) => ({ name, mountPath })),
    ],
  };
}
