// Fields of a pod that its containers may be told. k8s.io/kubernetes pkg/apis/core/validation, release 1.35.
import { text } from "../../values";
import { qualified, type Rule, unsupported } from "./rules";

export const envFields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
export const fileFields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.labels",
  "metadata.annotations",
  "metadata.uid",
];
/** Known to the downward API, if not here. */
const podFields = new Set([...envFields, ...fileFields, "spec.restartPolicy", "spec.schedulerName", "status.phase"]);

export const fieldPath =
  (supported: readonly string[]): Rule =>
  (value) => {
    const path = text(value);
    if (path === undefined) return undefined;
    if (path === "") return "Required value";
    const odd = (label: string) =>
      `Invalid value: "${path}": error converting fieldPath: field label ${label}: ${path}`;
    const [, parent, subscript] = /^(.*)\['(.*)'\]$/.exec(path) ?? [];
    if (parent !== undefined && subscript !== undefined)
      return parent === "metadata.labels" || parent === "metadata.annotations"
        ? qualified(parent === "metadata.labels" ? subscript : subscript.toLowerCase())
        : odd("does not support subscript");
    if (!podFields.has(path)) return odd("not supported");
    return supported.includes(path) ? undefined : unsupported(path, supported);
  };

const resources = ["cpu", "memory", "ephemeral-storage"].flatMap((one) => [`limits.${one}`, `requests.${one}`]);
export const resourceField: Rule = (value) => {
  const path = text(value);
  if (path === undefined || /^(limits|requests)\.hugepages-/.test(path)) return undefined;
  return path === "" ? "Required value" : resources.includes(path) ? undefined : unsupported(path, resources);
};
