// TAG-01 to TAG-04 on objects of a cluster: namespaces stand for what is billed, labels for tags.

import { claimVerdict } from "../claims";
import { fail, pass, unknown, when, worst } from "../judge";
import { mapped, tell, workloads } from "../pods";
import { asText, isObject, isUnknown, read } from "../read";
import { type Judge, rule, type Verdict } from "../rule";
import { dataClasses, environments } from "../standards";
import { kubernetes, kubernetesGraph } from "../tokens";

const path = "metadata.labels";
const names = ["app.kubernetes.io/name", "app.kubernetes.io/part-of", "app"];

export const required = rule(
  "tagging-required",
  kubernetes("core.Namespace", (view, { settings }) => {
    const labels = read(view.props, path);
    const expected = "the labels app.kubernetes.io/name (or app)";
    if (isUnknown(labels)) return unknown(path, expected);
    const values = names.map((key) => mapped(view, path, key));
    const app = values.some((value) => isUnknown(value) || asText(value) !== "")
      ? pass(path, expected)
      : fail(path, expected);
    return [
      app,
      ...settings.requiredLabels.map((key) =>
        tell(mapped(view, path, key), path, `the label ${key}`, (value) => value !== ""),
      ),
    ];
  }),
);

const valued: readonly (readonly [key: string, allowed: readonly string[]])[] = [
  ["environment", environments],
  ["data-class", dataClasses],
];
export const values = rule(
  "tagging-values",
  kubernetes(`core.Namespace, ${workloads}`, (view) => {
    if (isUnknown(read(view.props, path))) return unknown(path, "valid values");
    return valued.map(([key, allowed]) =>
      tell(
        mapped(view, path, key),
        `${path}.${key}`,
        `one of ${allowed.join(", ")}`,
        (value) => allowed.includes(asText(value)),
        "pass",
      ),
    );
  }),
);

const strict = new Set(["sensitive", "regulated", "phi", "pci", "cui", "pii"]);
export const dataClass = rule(
  "tagging-data-classification-drives-baseline",
  kubernetesGraph(
    "core.PersistentVolumeClaim",
    when(
      (view) => {
        const value = mapped(view, path, "data-class");
        return isUnknown(value) ? "unknown" : strict.has(asText(value).toLowerCase());
      },
      "no data class, or one without a bar",
      claimVerdict,
    ),
  ),
);

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const segment = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
const keyForm = new RegExp(`^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?${segment}$`);
const valueForm = new RegExp(`^(${segment})?$`);
const within: Judge = (view) => {
  const expected = "names and values of at most 63 letters, digits, -, _ and .";
  const labels = read(view.props, path);
  if (isUnknown(labels)) return unknown(path, expected);
  if (!isObject(labels)) return pass(path, expected);
  const verdicts = Object.entries(labels).map(([key, value]): Verdict => {
    if (isUnknown(value)) return unknown(path, expected);
    return keyForm.test(key) && valueForm.test(asText(value)) ? pass(path, expected) : fail(path, expected);
  });
  return verdicts.length > 0 ? worst(verdicts) : pass(path, expected);
};
export const charset = rule(
  "tagging-charset-limits",
  kubernetes(`core.Namespace, core.Service, core.ConfigMap, ${workloads}`, within),
);
