// Whether the volumes of a Kubernetes StorageClass are encrypted.
import { fail, notApplicable, pass, unknown } from "./judge";
import { asText, isUnknown, read } from "./read";
import type { Verdict, View } from "./rule";

/** Provisioners that encrypt only when told to, and by which parameter. */
const switches: readonly (readonly [provisioner: RegExp, parameter: string])[] = [
  [/^(ebs\.csi\.(aws\.com|eks\.amazonaws\.com)|kubernetes\.io\/aws-ebs)$/, "encrypted"],
  [/^driver\.longhorn\.io$/, "encrypted"],
  [/(^|\.)(rbd|cephfs)\.csi\.ceph\.com$/, "encrypted"],
  [/^(pxd\.portworx\.com|kubernetes\.io\/portworx-volume)$/, "secure"],
];
/** Those whose cloud encrypts whatever they make. */
const always =
  /^((pd|filestore)\.csi\.storage\.gke\.io|kubernetes\.io\/(gce-pd|azure-disk|azure-file)|(disk|file|blob)\.csi\.azure\.com)$/;

export function classVerdict({ props }: View): Verdict {
  const provisioner = read(props, "provisioner");
  if (isUnknown(provisioner)) return unknown("provisioner", "one that encrypts");
  const name = asText(provisioner);
  if (always.test(name)) return pass("provisioner", "its cloud encrypts every volume");
  const found = switches.find(([pattern]) => pattern.test(name));
  if (!found) return notApplicable("a provisioner whose encryption is its backend's");
  const path = `parameters.${found[1]}`;
  const value = read(props, path);
  if (isUnknown(value)) return unknown(path, "true");
  return asText(value).toLowerCase() === "true" ? pass(path, "true") : fail(path, "true");
}
