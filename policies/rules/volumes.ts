// ENC: volumes of a cluster lie on encrypted storage.
import { claim, claimVerdict } from "../claims";
import { notApplicable, unknown } from "../judge";
import { podOf } from "../pods";
import { join, list, read } from "../read";
import { type Judge, rule, type Verdict } from "../rule";
import { classVerdict } from "../storage-classes";
import { kubernetes, kubernetesGraph } from "../tokens";

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
  kubernetesGraph("core.PersistentVolumeClaim", claimVerdict),
  kubernetesGraph("apps.StatefulSet, apps.Deployment", templates),
);
