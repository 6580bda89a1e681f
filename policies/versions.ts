// Which Kubernetes minors the clouds support without paying extra, as of 2026-11-21. The setting `oldestKubernetes` goes before it.
// https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html (1.33 ended in July, 1.34 ends on 2026-12-02)
// https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
// https://cloud.google.com/kubernetes-engine/docs/release-schedule

import { fail, pass, unknown } from "./judge";
import { asText, isUnknown, read } from "./read";
import type { Cloud, Judge } from "./rule";

const oldest: Readonly<Record<Cloud, string>> = { aws: "1.34", azure: "1.34", gcp: "1.34" };
/** AKS keeps some minors for two years: Premium tier, support plan AKSLongTermSupport. */
const oldestLongTerm = "1.32";

/** `1.34.1-gke.200` -> 1034; undefined where the text is no version (`latest`). */
function minor(value: string): number | undefined {
  const [, major, rest] = /^v?(\d+)\.(\d+)/.exec(value) ?? [];
  return major === undefined ? undefined : Number(major) * 1000 + Number(rest);
}

/** A version in support. What `unset` means differs: the cloud's newest at the start, with or without upgrades later. */
export const supported =
  (cloud: Cloud, path: string, unset: Judge, longTerm: Judge = () => fail("", "")): Judge =>
  (view, context) => {
    const asked = minor(context.settings.oldestKubernetes);
    const plan = longTerm(view, context) as { status: string };
    const floor =
      asked === undefined
        ? plan.status === "pass"
          ? oldestLongTerm
          : oldest[cloud]
        : context.settings.oldestKubernetes;
    const value = read(view.props, path);
    if (value === undefined) return unset(view, context);
    const expected = `${floor} or newer`;
    if (isUnknown(value)) return unknown(path, expected);
    const found = minor(asText(value));
    return found === undefined || found >= (minor(floor) ?? 0) ? pass(path, expected) : fail(path, expected);
  };
