// Objects of a cluster by one token, whatever version, patch or list a program writes them in.
import { isObject, isUnknown, join, read } from "./read";
import type { Verdict, View } from "./rule";

/** Group by its short name, with the version that the SDK keeps for good. Groups of custom resources have no typings. */
const groups: Readonly<Record<string, string>> = {
  core: "core/v1",
  apps: "apps/v1",
  batch: "batch/v1",
  autoscaling: "autoscaling/v2",
  policy: "policy/v1",
  networking: "networking.k8s.io/v1",
  rbac: "rbac.authorization.k8s.io/v1",
  storage: "storage.k8s.io/v1",
  helm: "helm.sh/v3",
  gateway: "gateway.networking.k8s.io/v1",
  argoproj: "argoproj.io/v1alpha1",
  istio: "security.istio.io/v1",
  velero: "velero.io/v1",
  kyverno: "kyverno.io/v1",
  certManager: "cert-manager.io/v1",
};
const versions = new Map(Object.values(groups).map((group) => [group.slice(0, group.indexOf("/")), group]));
/** Groups without patches and lists in the SDK. */
const plainGroups = [
  "helm.sh",
  "gateway.networking.k8s.io",
  "argoproj.io",
  "security.istio.io",
  "velero.io",
  "kyverno.io",
  "cert-manager.io",
];
/** `extensions/v1beta1` was shared out among these. */
const moved: Readonly<Record<string, string>> = {
  Deployment: "apps/v1",
  DaemonSet: "apps/v1",
  ReplicaSet: "apps/v1",
  Ingress: "networking.k8s.io/v1",
  NetworkPolicy: "networking.k8s.io/v1",
};
const variant = /(Patch|List)$/;

/** `apps.Deployment` -> `kubernetes:apps/v1:Deployment`. */
export function kubernetesToken(short: string): string {
  const [group = "", kind = ""] = short.split(".");
  return `kubernetes:${groups[group] ?? group}:${kind}`;
}

/** `kubernetes:extensions/v1beta1:Deployment` and `kubernetes:apps/v1beta2:Deployment` are `kubernetes:apps/v1:Deployment`. */
export function kubernetesCanonical(type: string): string {
  const [, group, kind] = /^kubernetes:([^/:]+)\/v\d+(?:(?:alpha|beta)\d+)?:(\w+)$/.exec(type) ?? [];
  if (!group || !kind) return type;
  const known = group === "extensions" ? moved[kind.replace(variant, "")] : versions.get(group);
  return known ? `kubernetes:${known}:${kind}` : type;
}

/** The object itself, a server-side-apply patch of it, a list of it. */
export const variants = (token: string): readonly string[] =>
  !token.includes("/") || plainGroups.some((group) => token.startsWith(`kubernetes:${group}/`))
    ? [token]
    : [token, `${token}Patch`, `${token}List`];

/** An object, and where in its resource it stands. */
export interface Found {
  readonly view: View;
  readonly at: string;
}

/** The objects that a resource stands for; "unknown" for a list that isn't known yet. */
export function objectsIn(view: View): readonly Found[] | "unknown" {
  const [ending] = variant.exec(view.type) ?? [];
  const type = view.type.replace(variant, "");
  if (ending === "Patch") return [{ view: { ...view, type, partial: true }, at: "" }];
  if (ending !== "List") return [{ view, at: "" }];
  const items = read(view.props, "items");
  if (isUnknown(items)) return "unknown";
  return (Array.isArray(items) ? items : []).map((item: unknown, index) => ({
    view: { ...view, type, props: isObject(item) ? item : {} },
    at: join("items", index),
  }));
}

/** Verdicts on an object as verdicts on its resource. What a patch leaves alone is another writer's. */
export const told = ({ view, at }: Found, verdicts: readonly Verdict[]): readonly Verdict[] =>
  verdicts.map((verdict) =>
    view.partial && verdict.status === "fail" && verdict.path !== "" && read(view.props, verdict.path) === undefined
      ? { ...verdict, status: "not-applicable", expected: "a patch that leaves it alone" }
      : { ...verdict, path: join(at, verdict.path) },
  );
