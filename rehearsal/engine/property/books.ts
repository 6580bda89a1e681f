// The account's side and the engine's side of a stack, held against each other.

import type { Account } from "../../clouds/account";
import type { Entry } from "../../clouds/entry";
import type { Deployment, JsonObject } from "../checkpoint";
import { deserializeProperties } from "../checkpoint";
import type { Crypter } from "../secrets";
import { isProviderType } from "../urn";
import { type PropertyMap, Secret, transform, type Value } from "../values";

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const named = (type: unknown, id: unknown): string => `${text(type)} ${text(id)}`;
export const nameOf = (entry: Entry): string => named(entry.type, entry.id);

const free = (resource: JsonObject): boolean =>
  resource["retainOnDelete"] === true || resource["deletedWith"] !== undefined;

/** What a program may let go for good, so that the engine need not know of it any more: by id, or by URN where none is known yet. */
export const letGo = (deployment: Deployment | undefined): string[] => [
  ...(deployment?.resources ?? []).filter(free).map((resource) => named(resource["type"], resource["id"])),
  ...(deployment?.pending_operations ?? []).flatMap(({ resource }) =>
    free(resource) ? [resource["urn"] as string] : [],
  ),
];

export const isFree = (entry: Entry, gone: ReadonlySet<string>): boolean =>
  gone.has(nameOf(entry)) || gone.has(entry.urn);

/** What exists in the account and neither the state nor a pending operation knows. */
export function orphans(account: Account, deployment: Deployment | undefined): Entry[] {
  const pending = deployment?.pending_operations ?? [];
  const known = new Set(
    [...(deployment?.resources ?? []), ...pending.map(({ resource }) => resource)].map((resource) =>
      named(resource["type"], resource["id"]),
    ),
  );
  const underWay = new Set(pending.filter(({ type }) => type === "creating").map(({ resource }) => resource["urn"]));
  return account.entries().filter((entry) => !known.has(nameOf(entry)) && !underWay.has(entry.urn));
}

/** What the state has and the account lacks; what waits for its replacement is gone from the account already. */
export function missing(account: Account, deployment: Deployment | undefined): string[] {
  const there = new Set(account.entries().map(nameOf));
  return (deployment?.resources ?? [])
    .filter((resource) => resource["custom"] === true && resource["pendingReplacement"] !== true)
    .filter((resource) => resource["external"] !== true && !isProviderType(resource["type"] as string))
    .map((resource) => named(resource["type"], resource["id"]))
    .filter((name) => !there.has(name));
}

/** A secret is a hash in the account: one that was drawn anew can't be told by its text. */
const less = (props: object, drawn: readonly string[]) =>
  Object.fromEntries(Object.entries(props).filter(([key]) => !drawn.includes(key)));

const passing = new Set(["created", "modified", "sourcePosition", "stackTrace"]);

/** Marked in the clear, so that the same secret reads the same. */
const open = (props: unknown, crypter: Crypter): PropertyMap =>
  transform(deserializeProperties(props as JsonObject | undefined, crypter), (value: Value) =>
    value instanceof Secret ? { secret: transform(value.element, () => undefined) } : undefined,
  ) as PropertyMap;

/**
 * State and account, without what differs from run to run: times, the order of what is independent, and what each
 * creation draws anew (`drawn`: outputs of it; ids always).
 */
export function normal(
  account: Account,
  deployment: Deployment | undefined,
  crypter: Crypter,
  drawn: readonly string[],
): Record<string, unknown> {
  const resources = (deployment?.resources ?? []).map((resource) => ({
    ...Object.fromEntries(Object.entries(resource).filter(([key]) => !passing.has(key))),
    inputs: open(resource["inputs"], crypter),
    outputs: open(resource["outputs"], crypter),
    dependencies: [...((resource["dependencies"] ?? []) as string[])].sort(),
  })) as (Record<string, unknown> & { readonly outputs: Record<string, unknown> })[];
  const entries = account.entries();
  const words: [string, string][] = [];
  for (const resource of resources) {
    const urn = text(resource["urn"]);
    if (typeof resource["id"] === "string") words.push([resource["id"], `<id of ${urn}>`]);
    for (const output of drawn) {
      const value = resource.outputs[output];
      const word = typeof value === "string" ? value : (value as { readonly secret?: unknown } | undefined)?.secret;
      if (typeof word === "string") words.push([word, `<${output} of ${urn}>`]);
    }
  }
  words.sort(([one], [other]) => other.length - one.length);
  const same = (value: unknown): unknown =>
    JSON.parse(words.reduce((rest, [word, name]) => rest.replaceAll(word, name), JSON.stringify(value)));
  const known = new Set(resources.map((resource) => named(resource["type"], resource["id"])));
  const held = entries
    .filter((entry) => known.has(nameOf(entry)))
    .map(({ type, urn, id, inputs, outputs, place }) => ({
      type,
      urn,
      id,
      inputs,
      outputs: less(outputs, drawn),
      place,
    }));
  return {
    state: Object.fromEntries(
      resources.map((one) => [`${one["urn"] as string}${one["delete"] ? " (old)" : ""}`, same(one)]),
    ),
    account: Object.fromEntries(held.map((one) => [one.urn, same(one)])),
    pending: (deployment?.pending_operations ?? []).map(({ type, resource }) => `${type} ${resource["urn"] as string}`),
  };
}
