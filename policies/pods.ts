// Pods wherever they are written: alone, in a template, in a job of a schedule; and every container in them.
import { fail, notApplicable, pass, unknown } from "./judge";
import { isObject, isUnknown, join, list, read, text } from "./read";
import type { Context, Judge, Verdict, View } from "./rule";

/** Whatever runs pods. Argo's Rollout stands for a Deployment; it is a custom resource. */
export const workloads =
  "core.Pod, core.PodTemplate, core.ReplicationController, apps.Deployment, apps.StatefulSet, apps.DaemonSet, " +
  "apps.ReplicaSet, batch.Job, batch.CronJob, argoproj.Rollout";
/** Those that run until told otherwise. */
export const services =
  "core.Pod, core.ReplicationController, apps.Deployment, apps.StatefulSet, apps.DaemonSet, apps.ReplicaSet, argoproj.Rollout";

export interface Pod {
  readonly view: View;
  /** Where its spec is. */
  readonly at: string;
  readonly spec: unknown;
}
export interface Container {
  readonly pod: Pod;
  readonly at: string;
  readonly props: unknown;
  readonly kind: (typeof kinds)[number];
}
export const kinds = ["containers", "initContainers", "ephemeralContainers"] as const;

const kindOf = (view: View) => view.type.slice(view.type.lastIndexOf(":") + 1);
const templates: Readonly<Record<string, string>> = {
  Pod: "",
  PodTemplate: "template",
  CronJob: "spec.jobTemplate.spec.template",
};
/** Where the pod's own metadata and spec are. */
export const templateOf = (view: View): string => templates[kindOf(view)] ?? "spec.template";

export function podOf(view: View): Pod {
  const at = join(templateOf(view), "spec");
  return { view, at, spec: read(view.props, at) };
}

/** Containers of all three lists; a list that isn't known is left open. */
export function containersOf(pod: Pod, of: readonly Container["kind"][] = kinds): readonly (Container | Verdict)[] {
  return of.flatMap((kind): readonly (Container | Verdict)[] => {
    const found = list(pod.spec, kind);
    if (typeof found === "symbol") return [unknown(join(pod.at, kind), "every container to pass")];
    return found.map((props, index) => ({ pod, kind, props, at: join(pod.at, kind, index) }));
  });
}

/** A pod's own verdicts; open while its spec is. */
export const pods =
  (judge: (pod: Pod, context: Context) => readonly Verdict[]): Judge =>
  (view, context) => {
    const pod = podOf(view);
    if (isUnknown(pod.spec)) return unknown(pod.at, "a pod that passes");
    if (pod.spec === undefined) return notApplicable("no pod");
    const verdicts = judge(pod, context);
    return verdicts.length > 0 ? verdicts : notApplicable("nothing to judge");
  };

/** A verdict for each container. */
export const everyContainer = (
  judge: (container: Container, context: Context) => Verdict | readonly Verdict[],
  of: readonly Container["kind"][] = kinds,
): Judge =>
  pods((pod, context) =>
    containersOf(pod, of).flatMap((one) => {
      if ("status" in one) return [one];
      return isUnknown(one.props) ? [unknown(one.at, "a container that passes")] : judge(one, context);
    }),
  );

/** One value: open while unknown, `unset` where nothing is set. */
export function tell(
  value: unknown,
  path: string,
  expected: string,
  test: (value: unknown) => boolean,
  unset: "pass" | "fail" = "fail",
): Verdict {
  if (isUnknown(value)) return unknown(path, expected);
  return (value === undefined ? unset === "pass" : test(value)) ? pass(path, expected) : fail(path, expected);
}
export const at = (props: unknown, base: string, path: string) => ({
  value: read(props, path),
  path: join(base, path),
});

/** What a container says, else its pod: how `securityContext` works. */
export function effective({ props, pod, at: base }: Container, path: string): { value: unknown; path: string } {
  const own = at(props, base, `securityContext.${path}`);
  if (own.value !== undefined) return own;
  const shared = at(pod.spec, pod.at, `securityContext.${path}`);
  return shared.value === undefined ? own : shared;
}

/** Linux's switches don't exist on Windows, and the API refuses them there. */
export const isWindows = (pod: Pod): boolean => text(pod.spec, "os.name") === "windows";
export const onLinux =
  (judge: (container: Container) => Verdict | readonly Verdict[]) =>
  (container: Container): Verdict | readonly Verdict[] =>
    isWindows(container.pod) ? notApplicable("a Windows pod") : judge(container);

/** Labels and annotations: their keys have dots in them, so that no path reads them. */
export function mapped(view: View, path: string, key: string): unknown {
  const held = read(view.props, path);
  if (isUnknown(held)) return held;
  return isObject(held) ? (isUnknown(held[key]) ? held[key] : (held[key] ?? undefined)) : undefined;
}
export const annotation = (view: View, key: string): unknown => mapped(view, "metadata.annotations", key);
