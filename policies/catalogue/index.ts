// What is known of each rule beside its function: severity, reason, remedy, controls. Policies, messages and docs are made from it.
import type { Platform } from "../rule";
import { audit } from "./audit";
import { balancer } from "./balancer";
import { cdn } from "./cdn";
import { cluster } from "./cluster";
import { compute } from "./compute";
import { type Controls, controlsOf } from "./controls";
import { database } from "./database";
import { dns } from "./dns";
import { encryption } from "./encryption";
import { firewall } from "./firewall";
import { governance } from "./governance";
import { identity } from "./identity";
import { kms } from "./kms";
import { kubernetes } from "./kubernetes";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { nodepool } from "./nodepool";
import { registry } from "./registry";
import { secrets } from "./secrets";
import { serverless } from "./serverless";
import { storage } from "./storage";
import { tagging } from "./tagging";

export type Severity = "low" | "medium" | "high" | "critical";

/** One rule's texts. */
export interface Text {
  /** What holds when the rule passes. */
  readonly title: string;
  readonly severity: Severity;
  /** `resource`: seen in one resource. `stack`: in several together, on some cloud at least. */
  readonly phase: "resource" | "stack";
  readonly why: string;
  readonly remedy: Readonly<Partial<Record<Platform, string>>>;
}
export type Texts = Readonly<Record<string, Text>>;

export interface Entry extends Text {
  readonly id: string;
  readonly controls: Controls;
}

const texts: Texts = {
  ...encryption,
  ...network,
  ...firewall,
  ...storage,
  ...kms,
  ...database,
  ...secrets,
  ...tagging,
  ...kubernetes,
  ...identity,
  ...governance,
  ...serverless,
  ...compute,
  ...monitoring,
  ...cluster,
  ...nodepool,
  ...registry,
  ...cdn,
  ...dns,
  ...balancer,
  ...audit,
};

export const catalogue: ReadonlyMap<string, Entry> = new Map(
  Object.entries(texts).map(([id, text]) => [id, { id, ...text, controls: controlsOf(id) }]),
);

/** The entry of a rule; a rule without one is a mistake of the pack. */
export function entryOf(id: string): Entry {
  const entry = catalogue.get(id);
  if (!entry) throw new Error(`Rule "${id}" has no entry in policies/catalogue.`);
  return entry;
}
