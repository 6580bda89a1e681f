// ENC: volumes of a cluster lie on encrypted storage.
import { objectsOf } from "../cluster-objects";
import { fail, notApplicable, pass, unknown } from "../judge";
import { podOf } from "../pods";
import { asText, isUnknown, join, list, read, text } from "../read";
import { type Context, type Judge, rule, type Verdict, type View } from "../rule";
import { kubernetes, kubernetesGraph } from "../tokens";

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

function classVerdict({ props }: View): Verdict {
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

/** Classes that clouds put into every cluster; EKS's is the one that isn't encrypted unless the account's default is. */
const builtIn: Readonly<Record<string, boolean>> = {
  gp2: false,
  ...Object.fromEntries(
    [
      "standard-rwo",
      "premium-rwo",
      "standard-rwx",
      "managed-csi",
      "managed-csi-premium",
      "managed-premium",
      "azurefile-csi",
    ].map((name) => [name, true]),
  ),
};

/** A claim is as its class is; what class a cluster falls back on can't be seen from here. */
function claim(spec: unknown, at: string, view: View, { graph }: Context): Verdict {
  const path = join(at, "storageClassName");
  const expected = "a class that encrypts";
  const name = read(spec, "storageClassName");
  const classes = objectsOf(graph, "storage.StorageClass");
  const own = isUnknown(name)
    ? classes.find((one) => graph.sources(view, "spec").includes(one))
    : classes.find((one) => name !== undefined && text(one.props, "metadata.name") === name);
  if (own) return { ...classVerdict(own), path, expected };
  if (isUnknown(name)) return unknown(path, expected);
  const known = builtIn[asText(name)];
  if (known === undefined) return notApplicable("a class that isn't in this stack");
  return known ? pass(path, expected) : fail(path, expected);
}

const templates: Judge = (view, context) => {
  const verdicts: Verdict[] = [];
  const made = list(view.props, "spec.volumeClaimTemplates");
  if (typeof made === "symbol") verdicts.push(unknown("spec.volumeClaimTemplates", "classes that encrypt"));
  else
    for (const [index, one] of made.entries())
      verdicts.push(claim(read(one, "spec"), `spec.volumeClaimTemplates.${index}.spec`, view, context));
  const pod = podOf(view);
  const volumes = list(pod.spec, "volumes");
  const path = "ephemeral.volumeClaimTemplate.spec";
  for (const [index, one] of typeof volumes === "symbol" ? [] : volumes.entries())
    if (read(one, path) !== undefined)
      verdicts.push(claim(read(one, path), join(pod.at, "volumes", index, path), view, context));
  return verdicts.length > 0 ? verdicts : notApplicable("no claims");
};

export const encryptedClass = rule(
  "k8s-pv-encrypted-storageclass",
  kubernetes("storage.StorageClass", classVerdict),
  kubernetesGraph("core.PersistentVolumeClaim", (view, context) =>
    claim(read(view.props, "spec"), "spec", view, context),
  ),
  kubernetesGraph("apps.StatefulSet, apps.Deployment", templates),
);
