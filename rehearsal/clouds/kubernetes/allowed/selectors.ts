// Selectors wherever they stand: of labels, and of nodes. k8s.io/apimachinery pkg/apis/meta/v1/validation and
// k8s.io/kubernetes pkg/apis/core/validation, release 1.35.
import type { Value } from "../../row";
import { isSet, list, object } from "../../values";
import { type Below, both, expression, filled, form, label, qualified, type Rule } from "./rules";

const some = { In: "some", NotIn: "some", Exists: "none", DoesNotExist: "none" } as const;
const ofLabels = expression(some, qualified, label);
const ofNode = (values: Rule) => expression({ ...some, Gt: "one", Lt: "one" }, qualified, values);
/** A node is picked by one field only, and by one name. */
const ofField = expression({ In: "one", NotIn: "one" }, (value) => picked(value), both(filled, form("subdomain")));
const picked = (value: Value): string | undefined =>
  value === "metadata.name"
    ? undefined
    : `Invalid value: "${typeof value === "string" ? value : ""}": not a valid field selector key`;

/** What a rule says of each element, below `at`. */
export const eachOf = (at: string, values: Value | undefined, rule: Rule): readonly Below[] =>
  list(values).flatMap((one, index): readonly Below[] => {
    const wrong = typeof one === "symbol" ? undefined : rule(one);
    if (wrong === undefined) return [];
    const below = `${at}.${index}`;
    return typeof wrong === "string" ? [[below, wrong]] : wrong.map(([path, said]) => [`${below}.${path}`, said]);
  });

/** `matchLabels` and `matchExpressions`. */
export const selector: Rule = (value) => {
  const { matchLabels, matchExpressions } = object(value);
  const pairs = Object.entries(object(matchLabels)).flatMap(([key, given]): readonly Below[] =>
    [qualified(key), typeof given === "symbol" ? undefined : label(given)].flatMap((wrong) =>
      typeof wrong === "string" ? [["matchLabels", wrong] as const] : [],
    ),
  );
  return [...pairs, ...eachOf("matchExpressions", matchExpressions, ofLabels)];
};

/** The same, where it must select something. */
export const chosen =
  (of: string): Rule =>
  (value) => {
    const { matchLabels, matchExpressions } = object(value);
    if (typeof matchLabels === "symbol" || typeof matchExpressions === "symbol") return undefined;
    const empty = Object.keys(object(matchLabels)).length + list(matchExpressions).length === 0;
    return empty ? `Invalid value: {}: empty selector is invalid for ${of}` : selector(value);
  };

/** One of a node affinity's terms: its values are held to what labels hold only where it is required. */
export const nodeTerm =
  (required: boolean): Rule =>
  (value) => {
    const { matchExpressions, matchFields } = object(value);
    return [
      ...eachOf("matchExpressions", matchExpressions, ofNode(required ? label : () => undefined)),
      ...eachOf("matchFields", matchFields, ofField),
    ];
  };

/** Keys taken from the pod's own labels go with a selector that they are added to. */
export const keysNeedSelector: Rule = (value) => {
  const { labelSelector, ...more } = object(value);
  if (isSet(labelSelector)) return undefined;
  return ["matchLabelKeys", "mismatchLabelKeys"]
    .filter((key) => list(more[key]).length > 0)
    .map((key) => [key, "Forbidden: must not be specified when labelSelector is not set"]);
};

/** One of a pod affinity's terms. */
export const podTerm: Rule = (value) => {
  const { topologyKey, labelSelector, namespaceSelector, namespaces, matchLabelKeys, mismatchLabelKeys } =
    object(value);
  const key = topologyKey === undefined ? undefined : (filled(topologyKey) ?? qualified(topologyKey));
  const alone = keysNeedSelector(value);
  return [
    ...(Array.isArray(alone) ? (alone as readonly Below[]) : []),
    ...eachOf("matchLabelKeys", matchLabelKeys, qualified),
    ...eachOf("mismatchLabelKeys", mismatchLabelKeys, qualified),
    ...eachOf("namespaces", namespaces, both(filled, form("label"))),
    ...(typeof key === "string" ? [["topologyKey", key] as const] : []),
    ...Object.entries({ labelSelector, namespaceSelector }).flatMap(([at, one]) => {
      const wrong = one === undefined || typeof one === "symbol" ? undefined : selector(one);
      return Array.isArray(wrong) ? wrong.map(([path, said]: Below) => [`${at}.${path}`, said] as const) : [];
    }),
  ];
};
