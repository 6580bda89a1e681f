// Rows that a cluster's kinds can't list beforehand: custom resources, and server-side-apply patches of anything.
import type { Moment, Row, Tie } from "../row";
import { isSet, object, pick, text } from "../values";
import { definitionOf, fromStart, knownWide } from "./charts";
import { conflictOf } from "./conflict";
import { special } from "./kinds";
import { clusterTie, idOf, kindOf, namespaceTie, objectRow } from "./object";
import { clusterOf } from "./place";
import { minorOf, removedWords } from "./removed";
import { invalid, kinds } from "./schema";
import { misshapen, schemaOf, servedOf } from "./structure";

const form = /^kubernetes:([^/:]+)\/(v\d+(?:(?:alpha|beta)\d+)?):(\w+)$/;
/** Groups of the API server's own; every other one is somebody's CustomResourceDefinition. */
const ownGroups = new Set([
  ...Object.keys(kinds).map((token) => token.split(/[:/]/)[1]),
  "meta",
  "extensions",
  "helm.sh",
]);

export function rowOf(type: string): Row | undefined {
  const [, group = "", version = "", kind = ""] = form.exec(type) ?? [];
  if (kind === "") return undefined;
  if (kind.endsWith("List") && kinds[type.slice(0, -4)] !== undefined) return list(type);
  if (kind.endsWith("Patch")) {
    const whole = type.slice(0, -5);
    if (kinds[whole] !== undefined || !ownGroups.has(group)) return patch(type, whole);
  }
  if (!ownGroups.has(group)) return custom(type, group, version, kind);
  return /alpha|beta/.test(version) ? absent(type, group, version, kind) : undefined;
}

/** A kind of the server's own in a version that it answers for no more, or that managed clusters don't turn on. */
const absent = (token: string, group: string, version: string, kind: string): Row =>
  objectRow({
    token,
    kind: { seconds: [1, 1] },
    wide: () => Object.entries(special).some(([other, { clusterWide }]) => clusterWide && other.endsWith(`:${kind}`)),
    admit: (moment) => {
      const removed = removedWords(group, version, kind, minorOf(moment));
      const reason =
        removed === undefined
          ? unserved(group, version, kind)
          : `resource was not successfully created by the Kubernetes API server: ${removed}`;
      return [{ property: "apiVersion", reason }];
    },
  });

function wide(moment: Moment, group: string, kind: string): boolean {
  const definition = definitionOf(moment, group, kind);
  const scope = definition === undefined ? undefined : pick(definition.inputs, "spec.scope");
  return scope === undefined ? knownWide(group, kind) : scope === "Cluster";
}

const unserved = (group: string, version: string, kind: string): string =>
  `creation of resource with kind ${group}/${version}/${kind} failed because the Kubernetes API server reported that the ` +
  `apiVersion for this resource does not exist. Verify that any required CRDs have been created: no matches for kind "${kind}" in version "${group}/${version}"`;

function custom(token: string, group: string, version: string, kind: string): Row {
  const defined = (moment: Moment): readonly Tie[] => {
    const definition = definitionOf(moment, group, kind);
    const common = { path: "kind", here: true, value: definition?.id ?? "" };
    // A definition takes its objects along; a release leaves the definitions that it brought.
    if (definition !== undefined)
      return [
        {
          ...common,
          to: [definition.type],
          ...(kindOf(definition.type) === "Release" ? { weak: true } : { inside: true }),
        },
      ];
    const standing = clusterOf(moment);
    if (typeof standing !== "string" && fromStart(standing.cloud, group, kind)) return [];
    return [{ ...common, to: [], missing: unserved(group, version, kind) }];
  };
  return objectRow({
    token,
    kind: { seconds: [2, 2] },
    wide: (moment) => wide(moment, group, kind),
    extraTies: defined,
    admit: (moment) => {
      const definition = definitionOf(moment, group, kind);
      if (definition === undefined || kindOf(definition.type) === "Release") return [];
      const served = servedOf(definition.inputs);
      if (served.length > 0 && !served.includes(version))
        return [{ property: "apiVersion", reason: unserved(group, version, kind) }];
      const schema = schemaOf(definition.inputs, version);
      return schema === undefined ? [] : misshapen(schema, moment.inputs);
    },
    check: ({ inputs }) =>
      [
        { property: "apiVersion", is: text(inputs["apiVersion"]), wanted: `${group}/${version}` },
        { property: "kind", is: text(inputs["kind"]), wanted: kind },
      ]
        .filter(({ is, wanted }) => is !== undefined && is !== wanted)
        .map(({ property, is, wanted }) => ({
          property,
          reason: `${property}: Invalid value: "${is}": the resource's type says ${wanted}`,
        })),
  });
}

/** The SDK has types for lists; the provider makes none of them. */
const list = (token: string): Row => ({
  type: token,
  check: () => [
    {
      property: "",
      reason:
        "list resources exist for compatibility with YAML manifests and Helm charts, and cannot be created directly. Use the underlying resource type instead",
    },
  ],
  id: () => "",
  outputs: () => ({}),
  seconds: { create: 0 },
});

/** Fields of an object that somebody else made. The server makes the object where there is none; what is left of it then is refused by the schema. */
function patch(token: string, whole: string): Row {
  const kind = special[whole.replace("kubernetes:", "")] ?? {};
  const [, group = "", , of = ""] = form.exec(whole) ?? [];
  const isWide = (moment: Moment): boolean =>
    kind.clusterWide ?? (kinds[whole] === undefined && wide(moment, group, of));
  const schema = kinds[whole];
  return {
    type: token,
    immutable: ["metadata.name", "metadata.namespace"],
    deleteBeforeReplace: true,
    fills: (moment) =>
      isWide(moment) || isSet(pick(moment.inputs, "metadata.namespace"))
        ? []
        : [{ path: ["metadata", "namespace"], value: text(moment.place.config["namespace"]) ?? "default" }],
    check: ({ inputs }) => [
      ...(isSet(pick(inputs, "metadata.name"))
        ? []
        : [{ property: "metadata.name", reason: "patch resources require the `.metadata.name` field to be set" }]),
      ...(schema === undefined ? [] : invalid(schema, inputs, true)),
    ],
    admit: (moment) => {
      const reason = conflictOf(moment, idOf(moment.inputs, isWide(moment)), [whole, token]);
      return reason === undefined ? [] : [{ property: "", reason }];
    },
    ties: (moment) => [
      clusterTie(moment),
      ...(isWide(moment) ? [] : namespaceTie(moment.inputs, of)),
      // It goes with what it patches, and needs it only where this program made it.
      { path: "metadata.name", to: [whole], value: idOf(moment.inputs, isWide(moment)), here: true, weak: true },
    ],
    id: (moment) => idOf(moment.inputs, isWide(moment)),
    outputs: ({ inputs }) => ({ metadata: { ...object(inputs["metadata"]) } }),
    seconds: { create: 1, source: "estimate" },
  };
}
