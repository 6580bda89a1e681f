// What all resources of Azure Resource Manager have in common. A service's file says the rest.
import { fits } from "../limits";
import type { Item, Moment, Props, Row, Tie, Value } from "../row";
import { azureChild, azureId } from "../shapes";
import { isObject, isSet, object, pick, pickAll, text } from "../values";
import { defaultLocation, locationRefusals, movedRefusals } from "./locations";
import { lockOn, writeLockRefusals } from "./locks";
import { tagRefusals } from "./tags";
import { resourceGroup, token } from "./types";

/** A name's rule in Azure's words. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly rule: string;
}

export interface Arm extends Omit<Row, "type" | "id" | "outputs"> {
  /** `network:Subnet`. */
  readonly name: string;
  /** API version of @pulumi/azure-native 3.28: it tells it in every plan. */
  readonly api: string;
  readonly namespace: string;
  /** From the outermost kind to the resource's own: `[["virtualNetworks", "virtualNetworkName"], ["subnets", "subnetName"]]`. */
  readonly path: readonly (readonly [kind: string, property: string])[];
  /** The resource's own name. `fixed`: Azure knows one only (`default`). */
  readonly own?: NameRule;
  /** Types of what it lies in, from the outermost kind on; none for what lies in a group. */
  readonly parents?: readonly string[];
  /** Deleting its parent deletes it as well. */
  readonly inside?: boolean;
  /** Whether it carries a location, and what a change of it does: replace, or be refused by Azure. */
  readonly location?: "replaces" | "refused";
  readonly taggable?: boolean;
  /** Locks keep it from deletion. What is deleted over a service's own address knows none. @default true */
  readonly lockable?: boolean;
  /** Most names of tags are up to 512 characters; storage accounts take 128. */
  readonly tagKey?: number;
  readonly outputs?: (moment: Moment & { readonly id: string }) => Props;
  /** Its answers tell no type. @default false */
  readonly untyped?: boolean;
}

/** Letters and digits in UTC of the simulated clock: what `systemData` tells. */
export const systemData = ({ now, old, place }: Moment): Props => ({
  ...(old
    ? object(old.outputs["systemData"])
    : { createdAt: now, createdBy: place.account, createdByType: "Application" }),
  lastModifiedAt: now,
  lastModifiedBy: place.account,
  lastModifiedByType: "Application",
});

/** A group's resource as a row. */
export function arm(spec: Arm): Row {
  const {
    name,
    api,
    namespace,
    path,
    own,
    parents = [],
    location,
    taggable,
    inside,
    tagKey = 512,
    untyped = false,
    lockable = true,
    ...rest
  } = spec;
  const [, ownProperty = ""] = path.at(-1) ?? [];
  const parameters = ["resourceGroupName", ...path.map(([, property]) => property)];
  const nested = parents.length > 0;
  const kinds = path.map(([kind]) => kind).join("/");
  return {
    ...rest,
    type: token(name),
    // https://www.pulumi.com/registry/packages/azure-native/how-to-guides/azure-native-autonaming: a top-level name gets
    // eight hex digits behind it, a nested one is the logical name as it is.
    autoName: rest.autoName ?? { property: ownProperty, max: 1000, random: nested ? 0 : 8, separator: "" },
    immutable: [...parameters, ...(location === "replaces" ? ["location"] : []), ...(rest.immutable ?? [])],
    writeOnly: [...parameters, ...(rest.writeOnly ?? [])],
    unique: rest.unique ?? { by: parameters, scope: "account" },
    ties: (moment) => [...placeTies(moment, spec), ...(rest.ties?.(moment) ?? [])],
    check: (moment) => [
      ...(own ? fits(moment.inputs, ownProperty, own.pattern, own.rule) : []),
      ...(location ? locationRefusals(moment.inputs, `${namespace}/${kinds}`) : []),
      ...(taggable ? tagRefusals(moment.inputs, tagKey) : []),
      ...(rest.check?.(moment) ?? []),
    ],
    admit: (moment) => [
      ...writeLockRefusals(moment, idOf(moment, spec)),
      ...(location === "refused" ? movedRefusals(moment, ownProperty) : []),
      ...(rest.admit?.(moment) ?? []),
    ],
    release: (moment) => (lockable ? lockOn(moment) : undefined) ?? rest.release?.(moment),
    inputDefaults: (moment) => ({
      azureApiVersion: api,
      ...(location && !isSet(moment.inputs["location"]) ? defaultLocation(moment) : {}),
      ...rest.inputDefaults?.(moment),
    }),
    id: (moment) => idOf(moment, spec),
    outputs: (moment) => ({
      name: moment.inputs[ownProperty] ?? "",
      ...(untyped ? {} : { type: `${namespace}/${kinds}` }),
      azureApiVersion: api,
      ...rest.outputs?.(moment),
    }),
  };
}

type Located = Pick<Arm, "namespace" | "path" | "parents" | "inside">;

/** The id of the resource itself, or of what it lies in: so many kinds of its path from the outermost on. */
const idOf = ({ inputs, place }: Moment, { namespace, path }: Located, depth = path.length): string =>
  azureId(
    place.account,
    text(inputs["resourceGroupName"]) ?? "",
    namespace,
    ...path.slice(0, depth).map(([kind, property]) => [kind, text(inputs[property]) ?? ""] as const),
  );

/** Names are unique in a group only, so that what something lies in is told by its whole id. */
function placeTies(moment: Moment, spec: Located): readonly Tie[] {
  const { path, parents = [], inside } = spec;
  const group = text(moment.inputs["resourceGroupName"]) ?? "";
  const kinds = path.map(([kind]) => kind).join("/");
  return [
    {
      path: "resourceGroupName",
      to: [resourceGroup],
      value: azureId(moment.place.account, group, undefined),
      // Deleting a group deletes what is in it.
      inside: true,
      missing: `ResourceGroupNotFound: Resource group '${group}' could not be found.`,
    },
    ...parents.map((parent, index): Tie => {
      const value = idOf(moment, spec, index + 1);
      return {
        path: path[index]?.[1] ?? "",
        to: [parent],
        value,
        ...(inside && { inside }),
        missing: `ParentResourceNotFound: Failed to perform 'write' on resource(s) of type '${kinds}', because the parent resource '${value}' could not be found.`,
      };
    }),
  ];
}

/** What the inputs of a resource name, by its type and so much of its path. */
export const named = (moment: Moment, type: string, spec: Pick<Arm, "namespace" | "path">): Item | undefined =>
  moment.account.find([type], "id", idOf(moment, spec));

/** A resource that lies on another one, wherever that is: locks, roles, diagnostic settings. */
export interface Extension extends Omit<Row, "type" | "id" | "outputs"> {
  readonly name: string;
  readonly api: string;
  readonly namespace: string;
  readonly kind: string;
  /** Input that holds the id of what it lies on, and the one that holds its name. */
  readonly scope: string;
  readonly property: string;
  /** Locks on what it lies on keep it too; locks themselves come and go. @default true */
  readonly lockable?: boolean;
  readonly outputs?: (moment: Moment & { readonly id: string }) => Props;
}

export function extension(spec: Extension): Row {
  const { name, api, namespace, kind, scope, property, lockable = true, ...rest } = spec;
  const idOn = ({ inputs }: Moment) =>
    azureChild(text(inputs[scope]) ?? "", namespace, kind, text(inputs[property]) ?? "");
  return {
    autoName: { property, max: 1000, random: 8, separator: "" },
    ...rest,
    type: token(name),
    immutable: [scope, property, ...(rest.immutable ?? [])],
    writeOnly: [property, ...(rest.writeOnly ?? [])],
    unique: { by: [scope, property], scope: "account" },
    inputDefaults: (moment) => ({ azureApiVersion: api, ...rest.inputDefaults?.(moment) }),
    admit: (moment) => [...(lockable ? writeLockRefusals(moment, idOn(moment)) : []), ...(rest.admit?.(moment) ?? [])],
    release: (moment) => (lockable ? lockOn(moment) : undefined) ?? rest.release?.(moment),
    id: idOn,
    outputs: (moment) => ({
      name: moment.inputs[property] ?? "",
      type: `${namespace}/${kind}`,
      azureApiVersion: api,
      ...rest.outputs?.(moment),
    }),
  };
}

/** The part of a resource id behind a kind: `nameIn(id, "virtualNetworks")`. */
export const nameIn = (id: Value | undefined, kind: string): string =>
  new RegExp(`/${kind}/([^/]+)`, "i").exec(text(id) ?? "")?.[1] ?? "";

export const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The known objects at a path, each with where it stands. */
export const objectsAt = (inputs: Props, path: string): readonly { readonly path: string; readonly value: Props }[] =>
  pickAll(inputs, path).flatMap(({ path: at, value }) => (isObject(value) ? [{ path: at, value }] : []));

/** An object input with Azure's defaults where the program said nothing; undefined stays out. */
export const filled = (inputs: Props, path: string, defaults: Props): Props => ({
  ...defaults,
  ...object(pick(inputs, path)),
});

/** A new mark at every write. */
export const etag = ({ random, now }: Moment): string => `W/"${random(`etag ${now}`, 8)}-${random("etag", 4)}"`;

/** User-assigned identities are given as a list of ids and told as a map with what they are. */
export function identityOutput(identity: Value | undefined, { account, random }: Moment, identityType: string): Props {
  const given = object(identity);
  const listed = given["userAssignedIdentities"];
  const ids = Array.isArray(listed) ? (listed as readonly Value[]) : Object.keys(object(listed));
  const told = ids.map((id): readonly [string, Value] => {
    const found = account.find([identityType], "id", id);
    return [
      text(id) ?? "",
      {
        principalId: found?.outputs["principalId"] ?? random(`principal ${text(id) ?? ""}`, 32),
        clientId: found?.outputs["clientId"] ?? "",
      },
    ];
  });
  return { ...given, ...(told.length > 0 ? { userAssignedIdentities: Object.fromEntries(told) } : {}) };
}
