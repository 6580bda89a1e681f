// Pod specs, wherever a kind keeps them: what the API server would refuse in them, and what they can't start without.
import type { Moment, Props, Refusal, Tie, Value } from "../row";
import { isKnown, isSet, list, object, pick, text } from "../values";
import { notAllowedInPod } from "./allowed";
import { containerWrong, supportedAt, volumesWrong } from "./container";
import { metadataWrong, nameWrong, selects } from "./forms";

/** Where each kind keeps its pods' metadata and spec. */
export const templates: Readonly<Record<string, string>> = {
  Pod: "",
  PodTemplate: "template",
  ReplicationController: "spec.template",
  Deployment: "spec.template",
  ReplicaSet: "spec.template",
  StatefulSet: "spec.template",
  DaemonSet: "spec.template",
  Job: "spec.template",
  CronJob: "spec.jobTemplate.spec.template",
};

export const templateOf = (kind: string, inputs: Props): Props | undefined => {
  const at = templates[kind];
  if (at === undefined) return undefined;
  return at === "" ? inputs : object(pick(inputs, at));
};

const below = (at: string, path: string): string => (at === "" ? path : `${at}.${path}`);

/** What can be said by the inputs alone. */
export function podWrong(kind: string, inputs: Props): readonly Refusal[] {
  const at = templates[kind];
  const template = templateOf(kind, inputs);
  if (at === undefined || template === undefined) return [];
  const found: Refusal[] = [];
  const refuse = (path: string, reason: string) =>
    found.push({ property: below(at, path), reason: `${below(at, path)}: ${reason}` });
  const pod = object(template["spec"]);
  if (at !== "") found.push(...metadataWrong(template["metadata"], below(at, "metadata")));

  const selector = pick(inputs, "spec.selector");
  const labels = pick(template, "metadata.labels");
  if (at !== "" && isSet(selector) && ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"].includes(kind)) {
    if (selects(selector, labels ?? {}) === false)
      refuse("metadata.labels", "Invalid value: `selector` does not match template `labels`");
  }
  const restart = text(pod["restartPolicy"]);
  const allowed = kind === "Job" || kind === "CronJob" ? ["OnFailure", "Never"] : ["Always"];
  if (
    kind !== "Pod" &&
    kind !== "PodTemplate" &&
    !(restart === undefined ? allowed.includes("Always") : allowed.includes(restart))
  )
    if (typeof pod["restartPolicy"] !== "symbol")
      refuse("spec.restartPolicy", `Required value: valid values: ${allowed.map((one) => `"${one}"`).join(", ")}`);

  // A StatefulSet's claims are volumes of its pods, by their names.
  const claims = kind === "StatefulSet" ? pick(inputs, "spec.volumeClaimTemplates") : undefined;
  const volumes = new Set([
    ...list(pod["volumes"]).map((volume) => object(volume)["name"]),
    ...list(claims).map((claim) => pick(claim, "metadata.name")),
  ]);
  const names = new Set<string>();
  found.push(...notAllowedInPod(pod, below(at, "spec")));
  volumesWrong(pod, refuse);
  supportedAt(refuse, "spec.dnsPolicy", pod["dnsPolicy"], [
    "ClusterFirst",
    "ClusterFirstWithHostNet",
    "Default",
    "None",
  ]);
  if (
    pod["dnsPolicy"] === "None" &&
    isKnown(pod["dnsConfig"]) &&
    list(object(pod["dnsConfig"])["nameservers"]).length === 0
  )
    refuse(
      isSet(pod["dnsConfig"]) ? "spec.dnsConfig.nameservers" : "spec.dnsConfig",
      "Required value: must provide at least one DNS nameserver when `dnsPolicy` is None",
    );
  for (const key of ["initContainers", "containers"] as const)
    list(pod[key]).forEach((one, index) => {
      const container = object(one);
      const path = `spec.${key}.${index}`;
      const name = text(container["name"]);
      const wrong = name === undefined ? undefined : nameWrong(name, "label");
      if (wrong !== undefined) refuse(`${path}.name`, wrong);
      if (name !== undefined && names.has(name)) refuse(`${path}.name`, `Duplicate value: "${name}"`);
      if (name !== undefined) names.add(name);
      if (!isSet(container["image"]) || container["image"] === "") refuse(`${path}.image`, "Required value");
      for (const which of ["volumeMounts", "volumeDevices"])
        for (const [place, mount] of list(container[which]).entries()) {
          const wanted = object(mount)["name"];
          if (typeof wanted === "string" && !volumes.has(wanted) && isKnown(pod["volumes"]) && isKnown(claims))
            refuse(`${path}.${which}.${place}.name`, `Not found: "${wanted}"`);
        }
      containerWrong(container, path, key, refuse);
      supportedAt(refuse, `${path}.imagePullPolicy`, container["imagePullPolicy"], ["Always", "IfNotPresent", "Never"]);
    });
  if (isKnown(pod["containers"]) && list(pod["containers"]).length === 0) refuse("spec.containers", "Required value");
  return found;
}

/** Tokens of what pods name. */
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const PRIORITY = "kubernetes:scheduling.k8s.io/v1:PriorityClass";

/** Something that a pod names: where, of what kind, and the words of who misses it. */
interface Need {
  readonly path: string;
  readonly to: string;
  readonly value: string;
  readonly words: string;
  readonly optional: boolean;
}

function needsOf(kind: string, inputs: Props, namespace: string): readonly Need[] {
  const at = templates[kind];
  const template = templateOf(kind, inputs);
  if (at === undefined || template === undefined) return [];
  const pod = object(template["spec"]);
  const found: Need[] = [];
  const needs = (path: string, to: string, words: string, value: Value | undefined, optional?: Value) => {
    if (typeof value !== "string" || value === "") return;
    const scoped = to === PRIORITY ? value : `${namespace}/${value}`;
    const said = words.replaceAll("%s", value);
    found.push({ path: below(at, path), to, value: scoped, words: said, optional: optional === true });
  };
  const account = text(pod["serviceAccountName"]);
  if (account !== "default")
    needs(
      "spec.serviceAccountName",
      ACCOUNT,
      `error looking up service account ${namespace}/%s: serviceaccount "%s" not found`,
      account,
    );
  const priority = text(pod["priorityClassName"]);
  if (!priority?.startsWith("system-"))
    needs("spec.priorityClassName", PRIORITY, "no PriorityClass with name %s was found", priority);
  for (const one of list(pod["volumes"]).map(object)) {
    const source = (key: string) => object(one[key]);
    if (text(source("configMap")["name"]) !== "kube-root-ca.crt")
      needs(
        "spec.volumes.*.configMap.name",
        CONFIG_MAP,
        'configmap "%s" not found',
        source("configMap")["name"],
        source("configMap")["optional"],
      );
    needs(
      "spec.volumes.*.secret.secretName",
      SECRET,
      'secret "%s" not found',
      source("secret")["secretName"],
      source("secret")["optional"],
    );
    needs(
      "spec.volumes.*.persistentVolumeClaim.claimName",
      CLAIM,
      'persistentvolumeclaim "%s" not found',
      source("persistentVolumeClaim")["claimName"],
    );
  }
  for (const key of ["initContainers", "containers"])
    for (const container of list(pod[key]).map(object)) {
      for (const from of list(container["envFrom"]).map(object)) {
        const [map, secret] = [object(from["configMapRef"]), object(from["secretRef"])];
        needs(`spec.${key}.*.envFrom`, CONFIG_MAP, 'configmap "%s" not found', map["name"], map["optional"]);
        needs(`spec.${key}.*.envFrom`, SECRET, 'secret "%s" not found', secret["name"], secret["optional"]);
      }
      for (const variable of list(container["env"]).map(object)) {
        const from = object(variable["valueFrom"]);
        const [map, secret] = [object(from["configMapKeyRef"]), object(from["secretKeyRef"])];
        needs(`spec.${key}.*.env`, CONFIG_MAP, 'configmap "%s" not found', map["name"], map["optional"]);
        needs(`spec.${key}.*.env`, SECRET, 'secret "%s" not found', secret["name"], secret["optional"]);
      }
    }
  return found;
}

/** What a pod names is held on to where it is there; an API server takes pods' templates without it. */
export const podTies = (kind: string, { inputs }: Moment, namespace: string): readonly Tie[] =>
  needsOf(kind, inputs, namespace).map(({ path, to, value }) => ({ path, to: [to], value, here: true, weak: true }));

/** What a pod can't start without and nobody made, in the words of admission and kubelet. */
export function missingOf(kind: string, { inputs, account, place }: Moment, namespace: string): readonly string[] {
  const stands = ({ to, value }: Need) =>
    account.all(to).some((one) => one.id === value && one.place.account === place.account);
  return needsOf(kind, inputs, namespace)
    .filter((need) => !need.optional && !stands(need))
    .map(({ words }) => words);
}

/** What admission itself refuses a pod for; everything else it waits for on its node. */
export const admissionMissing = (kind: string, moment: Moment, namespace: string): readonly string[] =>
  kind === "Pod"
    ? missingOf(kind, moment, namespace).filter((words) => /service account|PriorityClass/.test(words))
    : [];
