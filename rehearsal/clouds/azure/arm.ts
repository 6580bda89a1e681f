// What all resources of Azure Resource Manager have in common. A service's file says the rest.
import { each, fits, refuse } from "../limits";
import type { Moment, Props, Reference, Refusal, Row, Value } from "../row";
import { azureChild, azureId } from "../shapes";
import { isObject, isSet, isUnknown, object, pick, pickAll, text } from "../values";

export const token = (name: string): string => `azure-native:${name}`;
export const resourceGroup = token("resources:ResourceGroup");
export const lock = token("authorization:ManagementLockByScope");

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
  /** Most names of tags are up to 512 characters; storage accounts take 128. */
  readonly tagKey?: number;
  readonly outputs?: (moment: Moment & { readonly id: string }) => Props;
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
  const { name, api, namespace, path, own, parents = [], location, taggable, inside, tagKey = 512, ...rest } = spec;
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
    required: ["resourceGroupName", ...path.slice(0, -1).map(([, property]) => property), ...(rest.required ?? [])],
    immutable: [...parameters, ...(location === "replaces" ? ["location"] : []), ...(rest.immutable ?? [])],
    writeOnly: [...parameters, ...(rest.writeOnly ?? [])],
    unique: rest.unique ?? { by: parameters, scope: "account" },
    references: [
      // Deleting a group deletes what is in it.
      { path: "resourceGroupName", to: [resourceGroup], by: "name", inside: true },
      ...parents.map((parent, index): Reference => {
        const [, property = ""] = path[index] ?? [];
        return { path: property, to: [parent], by: "name", ...(inside && { inside }) };
      }),
      ...(rest.references ?? []),
    ],
    check: (moment) => [
      ...(own ? fits(moment.inputs, ownProperty, own.pattern, own.rule) : []),
      ...(location && !isSet(moment.inputs["location"])
        ? refuse(
            "location",
            "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
          )
        : []),
      ...(taggable ? tagRefusals(moment.inputs, tagKey) : []),
      ...(rest.check?.(moment) ?? []),
    ],
    admit: (moment) => [
      ...(location === "refused" ? movedRefusals(moment, ownProperty) : []),
      ...(rest.admit?.(moment) ?? []),
    ],
    release: (moment) => lockOn(moment) ?? rest.release?.(moment),
    inputDefaults: (moment) => ({
      azureApiVersion: api,
      ...(location && !isSet(moment.inputs["location"]) ? locationOf(moment) : {}),
      ...rest.inputDefaults?.(moment),
    }),
    id: ({ inputs, place }) =>
      azureId(
        place.account,
        text(inputs["resourceGroupName"]) ?? "",
        namespace,
        ...path.map(([kind, property]) => [kind, text(inputs[property]) ?? ""] as const),
      ),
    outputs: (moment) => ({
      name: moment.inputs[ownProperty] ?? "",
      type: `${namespace}/${kinds}`,
      azureApiVersion: api,
      ...rest.outputs?.(moment),
    }),
  };
}

/** A resource that lies on another one, wherever that is: locks, roles, diagnostic settings. */
export interface Extension extends Omit<Row, "type" | "id" | "outputs"> {
  readonly name: string;
  readonly api: string;
  readonly namespace: string;
  readonly kind: string;
  /** Input that holds the id of what it lies on, and the one that holds its name. */
  readonly scope: string;
  readonly property: string;
  readonly outputs?: (moment: Moment & { readonly id: string }) => Props;
}

export function extension(spec: Extension): Row {
  const { name, api, namespace, kind, scope, property, ...rest } = spec;
  return {
    autoName: { property, max: 1000, random: 8, separator: "" },
    ...rest,
    type: token(name),
    required: [scope, ...(rest.required ?? [])],
    immutable: [scope, property, ...(rest.immutable ?? [])],
    writeOnly: [property, ...(rest.writeOnly ?? [])],
    unique: { by: [scope, property], scope: "account" },
    inputDefaults: (moment) => ({ azureApiVersion: api, ...rest.inputDefaults?.(moment) }),
    id: ({ inputs }) => azureChild(text(inputs[scope]) ?? "", namespace, kind, text(inputs[property]) ?? ""),
    outputs: (moment) => ({
      name: moment.inputs[property] ?? "",
      type: `${namespace}/${kind}`,
      azureApiVersion: api,
      ...rest.outputs?.(moment),
    }),
  };
}

/** Where azure-native takes a location from: what it was, its configuration, the resource group. */
function locationOf({ inputs, old, place, account }: Moment): Props {
  const before = old?.inputs["location"];
  if (isSet(before)) return { location: before ?? "" };
  if (isSet(place.config["location"])) return { location: place.config["location"] ?? "" };
  const group = inputs["resourceGroupName"];
  if (group === undefined) return {};
  if (isUnknown(group)) return { location: group };
  const found = account.find([resourceGroup], "name", group);
  const location = found?.outputs["location"];
  return location === undefined ? {} : { location };
}

/** "West US 2" is "westus2". */
export const plainLocation = (value: Value | undefined): string =>
  (text(value) ?? "").toLowerCase().replaceAll(" ", "");

function movedRefusals({ inputs, old }: Moment, ownProperty: string): readonly Refusal[] {
  const [before, after] = [plainLocation(old?.inputs["location"]), plainLocation(inputs["location"])];
  if (!before || !after || before === after) return [];
  return refuse(
    "location",
    `InvalidResourceLocation: The resource '${text(inputs[ownProperty]) ?? ""}' already exists in location '${before}'. A resource with the same name cannot be created in location '${after}'.`,
  );
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
function tagRefusals(inputs: Props, longestKey: number): readonly Refusal[] {
  const tags = Object.entries(object(inputs["tags"]));
  const names = tags.map(([key]) => key.toLowerCase());
  return [
    ...(tags.length > 50 ? refuse("tags", `The number of tags is ${tags.length}; the maximum is 50.`) : []),
    ...tags.flatMap(([key]) =>
      key.length > longestKey || /[<>%&\\?/]/.test(key) || /^(microsoft|azure|windows)/i.test(key)
        ? refuse(
            `tags.${key}`,
            `InvalidTagName: The tag name '${key}' is reserved, too long or has characters of <>%&\\?/.`,
          )
        : [],
    ),
    ...tags.flatMap(([key], index) =>
      names.indexOf(key.toLowerCase()) < index
        ? refuse(`tags.${key}`, `DuplicateTagName: Tag names are case-insensitive; '${key}' is there twice.`)
        : [],
    ),
    ...each(
      inputs,
      "tags.*",
      (value) => typeof value === "string" && value.length <= 256,
      (value) => `InvalidTagValue: ${value} is longer than 256 characters.`,
    ),
  ];
}

/** A lock on the resource, on anything above it or in it keeps it: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources */
export function lockOn({ account, old }: Moment): string | undefined {
  const id = (old?.id ?? "").toLowerCase();
  const held = account.all(lock).find(({ inputs }) => {
    const scope = text(inputs["scope"])?.toLowerCase() ?? "";
    const related = id === scope || id.startsWith(`${scope}/`) || scope.startsWith(`${id}/`);
    return scope !== "" && related && inputs["level"] !== "NotSpecified";
  });
  return held
    ? `ScopeLocked: The scope '${old?.id ?? ""}' cannot perform delete operation because following scope(s) are locked: '${text(held.inputs["scope"]) ?? ""}'. Please remove the lock and try again.`
    : undefined;
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
