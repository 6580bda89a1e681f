// Deployments as Pulumi's state files hold them (version 3).

import { createHash } from "node:crypto";
import { readAsset, writeAsset } from "./asset-state";
import { newState, type State, type Timeouts } from "./resource";
import type { Crypter } from "./secrets";
import {
  Archive,
  Asset,
  isArray,
  Output,
  type PropertyMap,
  ResourceReference,
  Secret,
  UNKNOWN,
  Unknown,
  unknownSentinel,
  type Value,
} from "./values";
import { signatureKey, signatures } from "./wire";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface Deployment {
  readonly manifest: { readonly time: string; readonly magic: string; readonly version: string };
  readonly secrets_providers?: { readonly type: string; readonly state: { readonly salt: string } };
  readonly resources?: readonly JsonObject[];
  readonly pending_operations?: readonly { readonly resource: JsonObject; readonly type: string }[];
  readonly metadata: JsonObject;
}

export interface Operation {
  readonly type: "creating" | "updating" | "deleting" | "reading" | "importing";
  readonly resource: State;
}

/** What a state file was read into. */
export interface Snapshot {
  readonly resources: readonly State[];
  readonly operations: readonly Operation[];
  readonly salt: string | undefined;
}

/** Whose format this is: the version that the CLI reads in the manifest. */
export const formatVersion = "v3.260.0";

export const manifest = (time: string): Deployment["manifest"] => ({
  time,
  magic: createHash("sha256").update(formatVersion).digest("hex"),
  version: formatVersion,
});

type Cipher = Pick<Crypter, "encrypt" | "decrypt">;

/** How a secret is written: encrypted in a state file, masked in an event. */
export type SecretWriter = (plaintext: string) => JsonObject;

export const encrypting =
  (crypter: Cipher): SecretWriter =>
  (plaintext) => ({ [signatureKey]: signatures.secret, ciphertext: crypter.encrypt(plaintext) });

export function serializeProperties(props: PropertyMap, secret: SecretWriter): JsonObject {
  return Object.fromEntries(
    Object.keys(props)
      .sort()
      .map((key) => [key, serializeValue(props[key] ?? null, secret)]),
  );
}

/** For what is inside a secret: it keeps its mark, in the clear of the one ciphertext, under the CLI's own key. */
const clear: Cipher = { encrypt: (text) => text, decrypt: (text) => text };

export function serializeValue(value: Value, secret: SecretWriter): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return value;
  if (isArray(value)) return value.map((v) => serializeValue(v, secret));
  if (value instanceof Unknown) return unknownSentinel;
  if (value instanceof Secret) {
    return secret(JSON.stringify(serializeValue(value.element, encrypting(clear))));
  }
  if (value instanceof Output) {
    const inner = value.element ?? UNKNOWN;
    return serializeValue(value.secret ? new Secret(inner) : inner, secret);
  }
  if (value instanceof Asset || value instanceof Archive) return writeAsset(value);
  if (value instanceof ResourceReference) {
    const id = value.id instanceof Unknown ? "" : value.id;
    return {
      [signatureKey]: signatures.resource,
      ...(id === undefined ? {} : { id }),
      packageVersion: value.packageVersion,
      urn: value.urn,
    };
  }
  return serializeProperties(value, secret);
}

export function deserializeProperties(json: Json | undefined, crypter: Cipher | undefined): PropertyMap {
  if (json === undefined || json === null) return {};
  return Object.fromEntries(
    Object.entries(json as JsonObject).map(([key, value]) => [key, deserializeValue(value, crypter)]),
  );
}

export function deserializeValue(json: Json, crypter: Cipher | undefined): Value {
  if (json === unknownSentinel) return UNKNOWN;
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return json.map((v: Json) => deserializeValue(v, crypter));
  const object = json as JsonObject;
  const text = (key: string) => (typeof object[key] === "string" ? object[key] : undefined);
  switch (object[signatureKey]) {
    case undefined:
      return deserializeProperties(object, crypter);
    case signatures.secret: {
      const ciphertext = text("ciphertext");
      if (ciphertext !== undefined && crypter === undefined)
        throw new Error("state holds secrets but no passphrase was given");
      const plaintext = ciphertext === undefined ? text("plaintext") : crypter?.decrypt(ciphertext);
      return new Secret(deserializeValue(JSON.parse(plaintext ?? "null") as Json, clear));
    }
    case signatures.asset:
    case signatures.archive:
      return readAsset(object);
    case signatures.resource: {
      const id = text("id");
      return new ResourceReference(text("urn") ?? "", id === "" ? UNKNOWN : id, text("packageVersion") ?? "");
    }
    default:
      throw new Error(
        `state holds a value with the signature ${JSON.stringify(object[signatureKey])}, which the built-in engine does not support`,
      );
  }
}

/** What may hold secrets, apart from the rest, so that a change of a URN needs no second encryption. */
export interface SerializedProperties {
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
  readonly replacementTrigger: Json;
}

/** In the field order of Pulumi's own writer; what is empty is left out, as there. */
export function serializeState(state: State, properties: SerializedProperties): JsonObject {
  const { inputs, outputs, replacementTrigger } = properties;
  const some = (list: readonly unknown[]) => list.length > 0;
  const sorted = <T>(map: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.keys(map)
        .sort()
        .map((key) => [key, map[key]]),
    );
  const entries: readonly (readonly [string, unknown, boolean])[] = [
    ["urn", state.urn, true],
    ["custom", state.custom, true],
    ["delete", true, state.delete],
    ["id", state.id, state.id !== ""],
    ["type", state.type, true],
    ["inputs", inputs, some(Object.keys(inputs))],
    ["outputs", outputs, some(Object.keys(outputs))],
    ["parent", state.parent, state.parent !== ""],
    ["protect", true, state.protect],
    ["taint", true, state.taint],
    ["external", true, state.external],
    ["dependencies", state.dependencies, some(state.dependencies)],
    ["initErrors", state.initErrors, some(state.initErrors)],
    ["provider", state.provider, state.provider !== ""],
    ["propertyDependencies", sorted(state.propertyDependencies), some(Object.keys(state.propertyDependencies))],
    ["pendingReplacement", true, state.pendingReplacement],
    ["additionalSecretOutputs", state.additionalSecretOutputs, some(state.additionalSecretOutputs)],
    ["aliases", state.aliases, some(state.aliases)],
    ["customTimeouts", state.customTimeouts, some(Object.keys(state.customTimeouts))],
    ["importID", state.importID, state.importID !== ""],
    ["retainOnDelete", true, state.retainOnDelete],
    ["deletedWith", state.deletedWith, state.deletedWith !== ""],
    ["replaceWith", state.replaceWith, some(state.replaceWith)],
    ["created", state.created, state.created !== undefined],
    ["modified", state.modified, state.modified !== undefined],
    ["sourcePosition", state.sourcePosition, state.sourcePosition !== ""],
    ["stackTrace", state.stackTrace.map((p) => (p === "" ? {} : { sourcePosition: p })), some(state.stackTrace)],
    ["ignoreChanges", state.ignoreChanges, some(state.ignoreChanges)],
    ["hideDiff", state.hideDiff, some(state.hideDiff)],
    ["replaceOnChanges", state.replaceOnChanges, some(state.replaceOnChanges)],
    ["replacementTrigger", replacementTrigger, replacementTrigger !== null],
    ["refreshBeforeUpdate", true, state.refreshBeforeUpdate],
    ["resourceHooks", sorted(state.hooks), some(Object.keys(state.hooks))],
  ];
  return Object.fromEntries(entries.filter(([, , keep]) => keep).map(([key, value]) => [key, value as Json]));
}

export function deserializeState(json: JsonObject, crypter: Crypter | undefined): State {
  const text = (key: string) => (typeof json[key] === "string" ? json[key] : "");
  const flag = (key: string) => json[key] === true;
  const list = (key: string) => (json[key] ?? []) as readonly string[];
  const optional = (key: string) => (typeof json[key] === "string" ? json[key] : undefined);
  const urn = text("urn");
  if (urn === "" || text("type") === "") throw new Error(`state: a resource has no urn or type (${urn})`);
  for (const [key, feature] of Object.entries(foreign)) {
    if (json[key] !== undefined)
      throw new Error(`${urn}: ${feature} are not supported by the built-in engine; use the pulumi CLI for this stack`);
  }
  return newState({
    urn,
    type: text("type"),
    custom: flag("custom"),
    delete: flag("delete"),
    id: text("id"),
    inputs: deserializeProperties(json["inputs"], crypter),
    outputs: deserializeProperties(json["outputs"], crypter),
    parent: text("parent"),
    protect: flag("protect"),
    taint: flag("taint"),
    external: flag("external"),
    dependencies: list("dependencies"),
    initErrors: list("initErrors"),
    provider: text("provider"),
    propertyDependencies: (json["propertyDependencies"] ?? {}) as Record<string, readonly string[]>,
    pendingReplacement: flag("pendingReplacement"),
    additionalSecretOutputs: list("additionalSecretOutputs"),
    aliases: list("aliases"),
    customTimeouts: (json["customTimeouts"] ?? {}) as Timeouts,
    importID: text("importID"),
    retainOnDelete: flag("retainOnDelete"),
    deletedWith: text("deletedWith"),
    replaceWith: list("replaceWith"),
    created: optional("created"),
    modified: optional("modified"),
    sourcePosition: text("sourcePosition"),
    stackTrace: ((json["stackTrace"] ?? []) as readonly { sourcePosition?: string }[]).map(
      (f) => f.sourcePosition ?? "",
    ),
    ignoreChanges: list("ignoreChanges"),
    hideDiff: (json["hideDiff"] ?? []) as State["hideDiff"],
    replaceOnChanges: list("replaceOnChanges"),
    replacementTrigger: deserializeValue(json["replacementTrigger"] ?? null, crypter),
    refreshBeforeUpdate: flag("refreshBeforeUpdate"),
    hooks: (json["resourceHooks"] ?? {}) as State["hooks"],
  });
}

/** What newer CLIs may write and this engine would lose or get wrong. */
const foreign = {
  viewOf: "resource views",
  extensionRef: "extension packages",
  snippetID: "snippets",
};
