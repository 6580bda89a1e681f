// Whether what a PersistentVolumeClaim asks for is encrypted.
import { objectsOf } from "./cluster-objects";
import { fail, notApplicable, pass, unknown } from "./judge";
import { asText, isUnknown, join, read, text } from "./read";
import type { Context, Judge, Verdict, View } from "./rule";
import { classVerdict } from "./storage-classes";

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
export function claim(spec: unknown, at: string, view: View, { graph }: Context): Verdict {
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

export const claimVerdict: Judge = (view, context) => claim(read(view.props, "spec"), "spec", view, context);
