// Values of a volume's fields, one line a field. k8s.io/kubernetes pkg/apis/core/validation, release 1.35.
import { list, number, object, text } from "../../values";
import { claimAt } from "./claim";
import { fieldPath, fileFields, resourceField } from "./downward";
import {
  between,
  both,
  exactly,
  filled,
  form,
  label,
  name,
  needs,
  oneFieldOf,
  quantity,
  type Rule,
  type Rules,
} from "./rules";

const mode: Rule = (value) =>
  between(0, 0o777)(value) &&
  `Invalid value: ${number(value)}: must be a number between 0 and 0777 (octal), both inclusive`;

/** Below the volume, and never above it. */
const localPath: Rule = (value) => {
  const path = text(value);
  if (path === undefined) return undefined;
  if (path === "") return "Required value";
  if (path.startsWith("/")) return `Invalid value: "${path}": must be a relative path`;
  if (path.split("/").includes("..")) return `Invalid value: "${path}": must not contain '..'`;
  return path.startsWith("..") ? `Invalid value: "${path}": must not start with '..'` : undefined;
};

const absolute: Rule = (value) =>
  typeof value === "string" && value !== "" && !value.startsWith("/")
    ? `Invalid value: "${value}": must be an absolute path`
    : filled(value);

const items = (at: string): Rules => ({
  [`${at}.items.*.key`]: filled,
  [`${at}.items.*.mode`]: mode,
  [`${at}.items.*.path`]: localPath,
});
const files = (at: string): Rules => ({
  [`${at}.items.*`]: oneFieldOf(
    ["fieldRef", "resourceFieldRef"],
    "Required value: one of fieldRef and resourceFieldRef is required",
    () => 'Invalid value: "resource": fieldRef and resourceFieldRef can not be specified simultaneously',
  ),
  [`${at}.items.*.fieldRef.fieldPath`]: fieldPath(fileFields),
  [`${at}.items.*.mode`]: mode,
  [`${at}.items.*.path`]: localPath,
  [`${at}.items.*.resourceFieldRef`]: needs("containerName"),
  [`${at}.items.*.resourceFieldRef.containerName`]: filled,
  [`${at}.items.*.resourceFieldRef.resource`]: resourceField,
});

/** What is projected into one volume lies at paths of its own. */
const distinctPaths: Rule = (value) => {
  const paths = list(object(value)["sources"]).flatMap((source) =>
    Object.values(object(source)).flatMap((one) =>
      list(object(one)["items"]).map((item) => text(object(item)["path"])),
    ),
  );
  const given = paths.filter((path) => path !== undefined && path !== "");
  const again = given.find((path, index) => given.indexOf(path) !== index);
  return again === undefined ? undefined : `Invalid value: "${again}": conflicting duplicate paths`;
};

export const ofVolumes: Rules = {
  "volumes.*.configMap": needs("name"),
  "volumes.*.configMap.defaultMode": mode,
  "volumes.*.configMap.name": filled,
  ...items("volumes.*.configMap"),
  "volumes.*.csi.driver": both(filled, form("subdomain")),
  "volumes.*.csi.nodePublishSecretRef": needs("name"),
  "volumes.*.csi.nodePublishSecretRef.name": name,
  "volumes.*.downwardAPI.defaultMode": mode,
  ...files("volumes.*.downwardAPI"),
  "volumes.*.emptyDir.sizeLimit": quantity(0),
  "volumes.*.ephemeral": needs("volumeClaimTemplate"),
  ...claimAt("volumes.*.ephemeral.volumeClaimTemplate.spec"),
  "volumes.*.ephemeral.volumeClaimTemplate.metadata.labels.*": label,
  "volumes.*.hostPath.path": filled,
  "volumes.*.hostPath.type": exactly(
    "",
    "BlockDevice",
    "CharDevice",
    "Directory",
    "DirectoryOrCreate",
    "File",
    "FileOrCreate",
    "Socket",
  ),
  "volumes.*.nfs.path": absolute,
  "volumes.*.nfs.server": filled,
  "volumes.*.persistentVolumeClaim.claimName": filled,
  "volumes.*.projected": distinctPaths,
  "volumes.*.projected.defaultMode": mode,
  "volumes.*.projected.sources.*.configMap": needs("name"),
  "volumes.*.projected.sources.*.configMap.name": filled,
  ...items("volumes.*.projected.sources.*.configMap"),
  ...files("volumes.*.projected.sources.*.downwardAPI"),
  "volumes.*.projected.sources.*.secret": needs("name"),
  "volumes.*.projected.sources.*.secret.name": filled,
  ...items("volumes.*.projected.sources.*.secret"),
  "volumes.*.projected.sources.*.serviceAccountToken.expirationSeconds": between(600, 2 ** 32),
  "volumes.*.projected.sources.*.serviceAccountToken.path": localPath,
  "volumes.*.secret": needs("secretName"),
  "volumes.*.secret.defaultMode": mode,
  "volumes.*.secret.secretName": filled,
  ...items("volumes.*.secret"),
};
