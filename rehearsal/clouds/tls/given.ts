// Private keys that a program hands over as text, and what a plan can not know yet.
import { createPrivateKey, type KeyObject } from "node:crypto";
import { refuse } from "../limits";
import { type Props, type Refusal, UNKNOWN } from "../row";
import { text } from "../values";
import { kindOf } from "./keys";

export const unknowns = (keys: readonly string[]): Props => Object.fromEntries(keys.map((key) => [key, UNKNOWN]));

/** A key given as text; what is wrong with it is never told with the text itself. */
export function parsed(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    kindOf(key);
    return key;
  } catch {
    return undefined;
  }
}

export function given(inputs: Props, ...properties: readonly string[]): KeyObject {
  const pem = properties.map((property) => text(inputs[property])).find((one) => one !== undefined);
  const key = pem === undefined ? undefined : parsed(pem);
  if (key === undefined) throw new Error(`${properties.join(" or ")} is not a private key in PEM`);
  return key;
}

export function keyProblems(inputs: Props, property: string, writeOnly: string): readonly Refusal[] {
  const set = [property, writeOnly].filter((key) => inputs[key] !== undefined && inputs[key] !== null);
  if (set.length !== 1) return refuse(property, `exactly one of ${property} and ${writeOnly} must be set`);
  const [key = property] = set;
  const pem = text(inputs[key]);
  return pem === undefined || parsed(pem) !== undefined
    ? []
    : refuse(key, "is not a private key in PEM (RSA, ECDSA or ED25519)");
}
