// Property values on the wire: protobuf structs in which secrets, assets and references are objects with a signature.

import { ListValue, NullValue, Struct, Value as WireValue } from "google-protobuf/google/protobuf/struct_pb";
import { archiveFrom, assetFrom } from "./assets";
import {
  Archive,
  Asset,
  isArray,
  isObject,
  Output,
  type PropertyMap,
  ResourceReference,
  Secret,
  UNKNOWN,
  Unknown,
  unknownFrom,
  type Value,
} from "./values";

export const signatureKey = "4dabf18193072939515e22adb298388d";
export const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  byteString: "803fd3297a5875dc03ca845dda5d2a98",
} as const;

export interface Receiver {
  /** What the receiver understands; the rest is sent in its plain form, or left out (unknowns). */
  readonly unknowns?: boolean;
  readonly secrets?: boolean;
  readonly resources?: boolean;
  readonly outputs?: boolean;
  /** Sends assets and archives as their hash alone: what was, as providers are told it. */
  readonly elide?: boolean;
  /** Leaves out properties whose name begins with `__`. */
  readonly skipInternal?: boolean;
}

const wireString = (text: string) => new WireValue().setStringValue(text);

function wireObject(entries: Readonly<Record<string, WireValue | undefined>>): WireValue {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const key of Object.keys(entries).sort()) {
    const value = entries[key];
    if (value !== undefined) fields.set(key, value);
  }
  return new WireValue().setStructValue(struct);
}

export function marshal(props: PropertyMap, to: Receiver): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const key of Object.keys(props).sort()) {
    if (to.skipInternal && key.startsWith("__")) continue;
    const value = marshalValue(props[key] ?? null, to);
    if (value !== undefined) fields.set(key, value);
  }
  return struct;
}

export function marshalValue(value: Value, to: Receiver): WireValue | undefined {
  if (value === null) return new WireValue().setNullValue(NullValue.NULL_VALUE);
  if (typeof value === "boolean") return new WireValue().setBoolValue(value);
  if (typeof value === "number") return new WireValue().setNumberValue(value);
  if (typeof value === "string") return wireString(value);
  if (isArray(value)) {
    const list = value.map((v) => marshalValue(v, to)).filter((v) => v !== undefined);
    return new WireValue().setListValue(new ListValue().setValuesList(list));
  }
  if (value instanceof Unknown) return to.unknowns ? wireString(value.sentinel) : undefined;
  if (value instanceof Secret) {
    if (!to.secrets) return marshalValue(value.element, to);
    return wireObject({ [signatureKey]: wireString(signatures.secret), value: marshalValue(value.element, to) });
  }
  if (value instanceof Output) return marshalOutput(value, to);
  if (value instanceof Asset || value instanceof Archive) {
    const sig = value instanceof Asset ? signatures.asset : signatures.archive;
    const contents = Object.entries(to.elide ? {} : value.source).filter(([, part]) => part !== "");
    const source = contents.map(([key, part]) => {
      if (typeof part === "string") return [key, wireString(part)] as const;
      const members = Object.entries(part).map(([name, asset]) => [name, marshalValue(asset, to)] as const);
      return [key, wireObject(Object.fromEntries(members))] as const;
    });
    return wireObject({
      [signatureKey]: wireString(sig),
      hash: value.hash === "" ? undefined : wireString(value.hash),
      ...Object.fromEntries(source),
    });
  }
  if (value instanceof ResourceReference) return marshalReference(value, to);
  return new WireValue().setStructValue(marshal(value, { ...to, skipInternal: false }));
}

function marshalOutput(value: Output, to: Receiver): WireValue | undefined {
  if (!to.outputs) {
    const inner = value.element === undefined ? UNKNOWN : value.element;
    return marshalValue(value.secret ? new Secret(inner) : inner, to);
  }
  const dependencies = value.dependencies.map(wireString);
  return wireObject({
    [signatureKey]: wireString(signatures.output),
    value: value.element === undefined ? undefined : marshalValue(value.element, to),
    secret: value.secret ? new WireValue().setBoolValue(true) : undefined,
    dependencies:
      dependencies.length > 0 ? new WireValue().setListValue(new ListValue().setValuesList(dependencies)) : undefined,
  });
}

function marshalReference(value: ResourceReference, to: Receiver): WireValue | undefined {
  if (!to.resources) return marshalValue(value.id ?? value.urn, to);
  const id = value.id instanceof Unknown ? "" : value.id;
  return wireObject({
    [signatureKey]: wireString(signatures.resource),
    urn: wireString(value.urn),
    id: id === undefined ? undefined : wireString(id),
    packageVersion: value.packageVersion === "" ? undefined : wireString(value.packageVersion),
  });
}

export interface Sender {
  /** An unknown from this side is a mistake of its own. */
  readonly rejectUnknowns?: boolean;
  /** @default true */
  readonly keepResources?: boolean;
  readonly keepOutputs?: boolean;
  /** Where relative asset paths start. */
  readonly folder?: string;
}

export function unmarshal(struct: Struct | undefined, from: Sender): PropertyMap {
  if (struct === undefined) return {};
  const entries: [string, Value][] = [];
  struct.getFieldsMap().forEach((value, key) => {
    entries.push([key, unmarshalValue(value, from, key)]);
  });
  return Object.fromEntries(entries);
}

export function unmarshalValue(value: WireValue, from: Sender, key: string): Value {
  switch (value.getKindCase()) {
    case WireValue.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case WireValue.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case WireValue.KindCase.STRING_VALUE: {
      const text = value.getStringValue();
      const unknown = unknownFrom(text);
      if (unknown && from.rejectUnknowns) throw new Error(`unexpected unknown property value for "${key}"`);
      return unknown ?? text;
    }
    case WireValue.KindCase.LIST_VALUE:
      return (value.getListValue()?.getValuesList() ?? []).map((v) => unmarshalValue(v, from, key));
    case WireValue.KindCase.STRUCT_VALUE: {
      const object = unmarshal(value.getStructValue(), from);
      return object[signatureKey] === undefined ? object : signed(object, from, key);
    }
    default:
      return null;
  }
}

function signed(object: PropertyMap, from: Sender, key: string): Value {
  const text = (name: string): string | undefined => {
    const found = object[name];
    return typeof found === "string" ? found : undefined;
  };
  switch (object[signatureKey]) {
    case signatures.secret:
      if (object["value"] === undefined) throw new Error(`malformed RPC secret: missing value for "${key}"`);
      return object["value"] instanceof Secret ? object["value"] : new Secret(object["value"]);
    case signatures.asset:
      return assetFrom(object, from.folder);
    case signatures.archive:
      return archiveFrom(object, from.folder);
    case signatures.resource: {
      const urn = text("urn");
      if (urn === undefined) throw new Error(`malformed resource reference for "${key}": missing urn`);
      const id = object["id"];
      const known = id instanceof Unknown || id === "" ? UNKNOWN : typeof id === "string" ? id : undefined;
      if (from.keepResources === false) return known ?? urn;
      return new ResourceReference(urn, known, text("packageVersion") ?? "");
    }
    case signatures.output: {
      const element = object["value"];
      const secret = object["secret"] === true;
      if (!from.keepOutputs) {
        const inner = element === undefined ? UNKNOWN : element;
        return secret ? new Secret(inner) : inner;
      }
      const dependencies = object["dependencies"];
      return new Output(
        element,
        secret,
        isArray(dependencies) ? dependencies.filter((d): d is string => typeof d === "string") : [],
      );
    }
    default:
      throw new Error(
        `property "${key}": values with the signature ${JSON.stringify(object[signatureKey])} are not supported by the built-in engine`,
      );
  }
}

/** A key that was secret going in is secret coming out, for a provider that doesn't speak of secrets. */
export function annotateSecrets(outs: PropertyMap, ins: PropertyMap, contains: (v: Value) => boolean): PropertyMap {
  return Object.fromEntries(
    Object.entries(outs).map(([key, out]): [string, Value] => {
      const input = ins[key];
      if (input === undefined) return [key, out];
      if (isObject(out) && isObject(input)) return [key, annotateSecrets(out, input, contains)];
      return [key, !(out instanceof Secret) && contains(input) ? new Secret(out) : out];
    }),
  );
}
