// A wrong argument and its refusal, and the mistakes that several components have in common.
import type { Cloud } from "../../../components/cloud";
import type { Ground } from "./ground";

/** undefined takes an argument away only where it is needed: elsewhere it means the default. */
export type ArgumentCase = readonly [
  wrong: Readonly<Record<string, unknown>> | ((ground: Ground) => Readonly<Record<string, unknown>>),
  refusal: RegExp,
  clouds?: readonly Cloud[],
];

export const days = (field: string, low: number, high: number): readonly ArgumentCase[] => [
  [{ [field]: low - 1 }, new RegExp(`${field} is -?\\d+; use a whole number from ${low} to ${high}`)],
  [{ [field]: high + 1 }, new RegExp(`${field} is \\d+; use a whole number from ${low} to ${high}`)],
  [{ [field]: String(low) }, new RegExp(`${field} is "${low}"; use a number`)],
  [{ [field]: Number.NaN }, new RegExp(`${field} is NaN; use a number`)],
];
export const needs = (field: string, what: string): ArgumentCase => [
  { [field]: undefined },
  new RegExp(`${field} is missing; use ${what}`),
];
export const flag = (field: string): readonly ArgumentCase[] => [
  [{ [field]: "true" }, new RegExp(`${field} is "true"; use true or false`)],
  [{ [field]: 0 }, new RegExp(`${field} is 0; use true or false`)],
];
export const stranger = (field: "keys" | "network", kind: string): ArgumentCase => [
  (ground) => ({ [field]: field === "keys" ? ground.strangeKeys : ground.strangeNetwork }),
  new RegExp(`${field} is a ${kind}; it lives on \\w+: use a ${kind} on \\w+, the site's cloud`),
];
export const base: readonly ArgumentCase[] = [
  needs("site", "a Site"),
  [{ site: "primary" }, /site is "primary"; use a Site/],
  [({ keys }) => ({ site: keys }), /site is a Keys; use a Site/],
];
export const keyed: readonly ArgumentCase[] = [
  ...base,
  needs("keys", "a Keys"),
  [{ keys: { database: "arn:aws:kms:..." } }, /keys is .*; use a Keys/],
  stranger("keys", "Keys"),
];
export const grounded: readonly ArgumentCase[] = [
  ...keyed,
  needs("network", "a Network"),
  [{ network: "vpc-0123456789abcdef0" }, /network is "vpc-0123456789abcdef0"; use a Network/],
  stranger("network", "Network"),
];
export const misspelt = (field: string, meant: string): ArgumentCase => [
  { [field]: 1 },
  new RegExp(`${field} is 1; there is no such argument: did you mean ${meant}`),
];
