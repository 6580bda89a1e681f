// The row of an API object: what every kind has in common, and what its own file adds.
import { type Fill, type Moment, type Props, type Refusal, type Row, type Tie, UNKNOWN, type Value } from "../row";
import { uuid } from "../shapes";
import { isKnown, isSet, isUnknown, number, object, pick, same, text } from "../values";
import { namespacesOf, wrongOf } from "./checks";
import { amount, indexed, metadataWrong, nameWrong } from "./forms";
import type { Kind } from "./kinds";
import { moved } from "./moved";
import { clusterOf, serverOf } from "./place";
import { admissionMissing, missingOf, podTies, podWrong, templateOf } from "./pod";
import { type Level, violations } from "./pod-security";
import { overQuota } from "./quota";
import { invalid } from "./schema";
import { statusOf } from "./status";
import { isAwaited, patienceOf, waitWrong } from "./wait";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const AUTONAMED = "pulumi.com/autonamed";

/** Namespaces that every cluster has. */
export const ownNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

export interface ObjectRow {
  /** `kubernetes:apps/v1:Deployment` */
  readonly token: string;
  /** Its type in the schema; a custom resource has none. */
  readonly schema?: string;
  readonly kind: Kind;
  /** Scope, where it takes the account to know: a custom resource's. @default as `kind` says */
  readonly wide?: (moment: Moment) => boolean;
  readonly extraTies?: (moment: Moment) => readonly Tie[];
  readonly check?: (moment: Moment) => readonly Refusal[];
  /** What only the server can say of this kind. */
  readonly admit?: (moment: Moment) => readonly Refusal[];
}

export const kindOf = (token: string): string => token.split(":")[2] ?? "";
/** The kind, where it is one of the server's own: a Job of somebody else's group has no pods that we know of. */
const ownKindOf = (row: ObjectRow): string => (row.schema === undefined ? "" : kindOf(row.token));
const nameOf = (inputs: Props): Value | undefined => pick(inputs, "metadata.name");
export const namespaceOf = (inputs: Props): string | undefined => text(pick(inputs, "metadata.namespace"));
const annotation = (inputs: Props, key: string): Value | undefined => object(pick(inputs, "metadata.annotations"))[key];

export const idOf = (inputs: Props, clusterWide: boolean): string => {
  const name = text(nameOf(inputs)) ?? "";
  return clusterWide ? name : `${namespaceOf(inputs) ?? "default"}/${name}`;
};

/** What lies in a cluster goes with it, and nothing lies in a cluster that can't be reached. */
export function clusterTie(moment: Moment): Tie {
  const found = clusterOf(moment);
  const common = { path: "metadata", here: false, inside: true };
  if (typeof found === "string")
    return { ...common, to: [], value: "", missing: `configured Kubernetes cluster is unreachable: ${found}` };
  return {
    ...common,
    to: [found.item.type],
    value: found.item.id,
    missing: "configured Kubernetes cluster is unreachable",
  };
}

export function namespaceTie(inputs: Props, kind: string): readonly Tie[] {
  const namespace = namespaceOf(inputs) ?? "default";
  if (ownNamespaces.includes(namespace)) return [];
  const missing = `resource was not successfully created by the Kubernetes API server: namespaces "${namespace}" not found (${kind} goes into it)`;
  return [{ path: "metadata.namespace", to: [NAMESPACE], value: namespace, here: true, inside: true, missing }];
}

/** Names and the default namespace, as Check writes them. */
export function fills(moment: Moment, olds: Props, clusterWide: boolean): readonly Fill[] {
  const { inputs, random, name } = moment;
  const made: Fill[] = [];
  if (!isSet(nameOf(inputs)) && !isSet(pick(inputs, "metadata.generateName"))) {
    const kept = annotation(olds, AUTONAMED) === "true" ? text(nameOf(olds)) : undefined;
    made.push(
      { path: ["metadata", "name"], value: kept ?? `${name}-${random("autoName", 8)}` },
      { path: ["metadata", "annotations", AUTONAMED], value: "true" },
    );
  }
  // An unknown kubeconfig may name another default, so a preview doesn't say.
  if (!clusterWide && serverOf(moment.place.config) !== UNKNOWN)
    made.push({ path: ["metadata", "namespace"], value: text(moment.place.config["namespace"]) ?? "default" });
  return made;
}

const wideOf = (row: ObjectRow, moment: Moment): boolean => row.wide?.(moment) ?? row.kind.clusterWide ?? false;

function check(row: ObjectRow, moment: Moment): readonly Refusal[] {
  const { inputs } = moment;
  const name = text(nameOf(inputs));
  const wrong = name === undefined ? undefined : nameWrong(name, row.kind.name ?? "subdomain");
  const found: Refusal[] = [
    ...(wrong === undefined ? [] : [{ property: "metadata.name", reason: `metadata.name: ${wrong}` }]),
    ...metadataWrong(inputs["metadata"], "metadata"),
    ...(row.schema === undefined ? [] : invalid(row.schema, inputs, false)),
    ...podWrong(ownKindOf(row), inputs),
    ...waitWrong(inputs),
    ...wrongOf(row.token, inputs),
    ...(row.check?.(moment) ?? []),
  ];
  if (isSet(pick(inputs, "metadata.generateName")))
    found.push({
      property: "metadata.generateName",
      reason: "the `.metadata.generateName` field is not supported in Server-Side Apply mode",
    });
  const namespace = pick(inputs, "metadata.namespace");
  if (!wideOf(row, moment) && typeof namespace === "string") {
    const bad = nameWrong(namespace, "label");
    if (bad !== undefined) found.push({ property: "metadata.namespace", reason: `metadata.namespace: ${bad}` });
  }
  return found.map(indexed);
}

/** What only the server can say: duplicates, fields that stay, the namespace's Pod Security level. */
function admit(row: ObjectRow, moment: Moment): readonly Refusal[] {
  const { inputs, account, place, old } = moment;
  const kind = kindOf(row.token);
  const id = idOf(inputs, wideOf(row, moment));
  const found: Refusal[] = [...(row.admit?.(moment) ?? [])];
  if (old === undefined) {
    const twin = account.all(row.token).find((one) => one.id === id && one.place.account === place.account);
    if (twin !== undefined || (row.token === NAMESPACE && ownNamespaces.includes(id)))
      found.push({
        property: "",
        reason: `resource was not successfully created by the Kubernetes API server: ${kind} "${id}" already exists`,
      });
  } else
    for (const [path, reason] of Object.entries(row.kind.fixed ?? {})) {
      const [before, after] = [pick(old.inputs, path), pick(inputs, path)];
      if (isSet(before) && isKnown(after) && moved(path, before, after))
        found.push({ property: path, reason: `${kind} "${id}" is invalid: ${path}: ${reason}` });
    }
  const [had, asked] = [old?.inputs, inputs].map((one) => amount(pick(one, "spec.resources.requests.storage")));
  if (ownKindOf(row) === "PersistentVolumeClaim" && had !== undefined && asked !== undefined && asked < had)
    found.push({
      property: "spec.resources.requests.storage",
      reason: `${kind} "${id}" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity`,
    });
  if (old?.inputs["immutable"] === true && inputs["immutable"] !== true)
    found.push({
      property: "immutable",
      reason: `${kind} "${id}" is invalid: immutable: Forbidden: field is immutable when \`immutable\` is set`,
    });
  // Admission holds pods themselves against quotas and levels; of a template it only warns, and its pods then fail to come.
  if (kind === "Pod" && old === undefined)
    for (const reason of forbidden("Pod", moment)) found.push({ property: "", reason });
  return found;
}

/** Why admission lets no pod of this object in. */
function forbidden(kind: string, moment: Moment): readonly string[] {
  const template = templateOf(kind, moment.inputs);
  if (template === undefined) return [];
  const name = text(nameOf(moment.inputs)) ?? "";
  const space = namespaceOf(moment.inputs) ?? "default";
  const level = object(pick(namespacesOf(moment, space)?.inputs, "metadata.labels"))[
    "pod-security.kubernetes.io/enforce"
  ];
  const broken = violations(object(template["spec"]), (text(level) ?? "privileged") as Level);
  return [
    ...(broken.length > 0 ? [`violates PodSecurity "${text(level)}:latest": ${broken.join(", ")}`] : []),
    ...overQuota(kind, moment, space),
    ...admissionMissing(kind, moment, space),
  ].map((reason) => `pods "${name}" is forbidden: ${reason}`);
}

/** The provider's wait ends without pods that run. */
function unready(row: ObjectRow, moment: Moment): readonly string[] {
  const kind = ownKindOf(row);
  if (!isAwaited(kind, moment.inputs)) return [];
  const space = namespaceOf(moment.inputs) ?? "default";
  const reasons = [...new Set([...forbidden(kind, moment), ...missingOf(kind, moment, space)])];
  const name = text(nameOf(moment.inputs)) ?? "";
  const id = idOf(moment.inputs, false);
  const waited = `the Kubernetes API server reported that "${id}" failed to fully initialize or become live: '${name}' timed out waiting to be Ready`;
  return reasons.length === 0 ? [] : [waited, ...reasons];
}

/** What the server adds. In a preview nothing of it is foreseen to change, as in a dry run. */
function outputs(row: ObjectRow, moment: Moment): Props {
  const { inputs, old, random, now, preview } = moment;
  const was = object(old?.outputs["metadata"]);
  const moved = old !== undefined && !preview;
  const generation = number(was["generation"]) ?? 1;
  const changed = moved && !same(old.inputs["spec"], inputs["spec"]);
  const metadata: Props = {
    ...object(inputs["metadata"]),
    uid: was["uid"] ?? uuid(random("uid", 32)),
    creationTimestamp: was["creationTimestamp"] ?? now,
    resourceVersion:
      was["resourceVersion"] !== undefined && !moved
        ? was["resourceVersion"]
        : version(random(`version ${old ? now : ""}`, 8)),
    ...(isSet(inputs["spec"]) && { generation: changed ? generation + 1 : generation }),
  };
  return { metadata, ...written(row.token, inputs), ...statusOf(row.token, moment) };
}

const version = (hex: string): string => String(Number.parseInt(hex.slice(0, 6), 16) + 1000);

/** A Secret's texts are stored as data; every secret's data is secret. */
function written(token: string, inputs: Props): Props {
  if (token !== "kubernetes:core/v1:Secret") return {};
  const texts = inputs["stringData"];
  const encoded = Object.fromEntries(
    Object.entries(object(texts)).map(([key, value]) => [
      key,
      typeof value === "string" ? Buffer.from(value).toString("base64") : value,
    ]),
  );
  const data = isUnknown(texts) || isUnknown(inputs["data"]) ? UNKNOWN : { ...object(inputs["data"]), ...encoded };
  return { data, type: inputs["type"] ?? "Opaque" };
}

/** Replacing needs the old one gone first when the program itself gave the name and keeps it. */
function deletedFirst(before: Props, after: Props): boolean {
  if (annotation(after, AUTONAMED) === "true" || !isSet(nameOf(after))) return false;
  return nameOf(before) === nameOf(after) && (namespaceOf(before) ?? "default") === (namespaceOf(after) ?? "default");
}

export function objectRow(row: ObjectRow): Row {
  const { token, kind } = row;
  const [create, remove] = kind.seconds ?? [1, 2];
  return {
    type: token,
    immutable: ["apiVersion", "kind", "metadata.name", "metadata.namespace", ...(kind.replaces ?? [])],
    deleteBeforeReplace: deletedFirst,
    fills: (moment, olds) => fills(moment, olds, wideOf(row, moment)),
    check: (moment) => check(row, moment),
    admit: (moment) => admit(row, moment),
    unready: (moment) => unready(row, moment),
    patience: ({ inputs }) => patienceOf(inputs),
    ties: (moment) => [
      clusterTie(moment),
      ...(wideOf(row, moment) ? [] : namespaceTie(moment.inputs, kindOf(token))),
      ...podTies(ownKindOf(row), moment, namespaceOf(moment.inputs) ?? "default"),
      ...(row.extraTies?.(moment) ?? []),
    ],
    ...(token === "kubernetes:core/v1:Secret" && { secrets: ["data", "stringData"] }),
    id: (moment) => idOf(moment.inputs, wideOf(row, moment)),
    outputs: (moment) => outputs(row, moment),
    seconds: { create, update: create, delete: remove, source: "estimate" },
  };
}
