import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type { PerCloud } from "./cloud";

/** Canonical tags: kebab-case keys (`cost-centre`), plain values. Each cloud's spelling is made from them. */
export type Tags = Readonly<Record<string, string>>;

/** Whose the platform is: the tags that a resource has before its own `name` (TAG-01, policies/standards.ts). */
export interface Ownership {
  readonly app: string;
  readonly environment: string;
  /** Address of the people who answer for it. */
  readonly owner: string;
  readonly costCentre: string;
  /** Canonical tags on top; they can't replace the ones above. */
  readonly extra?: Tags;
}

/** The required tags of a site; every resource adds `name`. */
export function siteTags(ownership: Ownership): Tags {
  const { app, environment, owner, costCentre, extra } = ownership;
  return { ...extra, environment, app, owner, "cost-centre": costCentre, "managed-by": "pulumi" };
}

/**
 * Limits of each cloud: tags a resource, characters a key, characters a value.
 * AWS https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 * Azure https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
 * GCP https://cloud.google.com/resource-manager/docs/labels-overview#requirements
 */
const limits: PerCloud<{ readonly count: number; readonly key: number; readonly value: number }> = {
  aws: { count: 50, key: 128, value: 256 },
  // 512, but 128 on storage accounts.
  azure: { count: 50, key: 128, value: 256 },
  gcp: { count: 64, key: 63, value: 63 },
};
/** A stack moves between clouds by two keys, so its tags obey the strictest of them; only values are rewritten for GCP. */
const longest = { count: limits.azure.count, key: limits.gcp.key, value: limits.aws.value };
const keyShape = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const valueShape = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const reserved = /^(aws|azure|microsoft|windows|goog)(-|$)/;

/** Tags that a resource may have beside its site's: name and data class; on a subnet of AWS name, tier and role. */
export const ownTags = 3;

/**
 * What some cloud would refuse of canonical tags: [key, what is wrong] each.
 * @param own how many more a resource adds @default 0
 */
export function tagMistakes(tags: Tags, own = 0): (readonly [key: string, wrong: string])[] {
  const spelt = new Map<string, string>();
  const mistakes = Object.entries(tags).flatMap(([key, value]) => {
    // Azure tag names are case-insensitive: `a-b` and `ab` would be one.
    const folded = pascal(key).toLowerCase();
    const twin = spelt.get(folded);
    spelt.set(folded, key);
    const wrong = keyMistake(key) ?? valueMistake(value) ?? (twin && `is the same tag as "${twin}" on Azure`);
    return wrong ? [[key, wrong] as const] : [];
  });
  const count = Object.keys(tags).length;
  const ofWhich = own > 0 ? `, ${own} of them its own` : "";
  return count + own > longest.count
    ? [...mistakes, ["tags", `are ${count}; a resource takes ${longest.count}${ofWhich}`] as const]
    : mistakes;
}

function keyMistake(key: string): string | undefined {
  if (!keyShape.test(key)) return "is not a key in kebab-case (lower case letters, digits and single -)";
  if (key.length > longest.key) return `has a key of ${key.length} characters; ${longest.key} are allowed`;
  return reserved.test(key) ? "begins with a prefix that a cloud keeps for itself" : undefined;
}

function valueMistake(value: string): string | undefined {
  if (value.length > longest.value) return `has a value of ${value.length} characters; ${longest.value} are allowed`;
  return valueShape.test(value)
    ? undefined
    : "has a value with characters other than letters, digits, space and _.:/=+-@";
}

const pascal = (key: string) => key.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `Team@Example.com` -> `team_at_example_com`; what is too long has a hash at its end (F10), an address before its domain. */
function label(value: string): string {
  const plain = value
    .toLowerCase()
    .replaceAll("@", "_at_")
    .replace(/[^\p{Ll}\p{Lo}\p{N}_-]/gu, "_");
  if (plain.length <= limits.gcp.value) return plain;
  const hash = createHash("sha256").update(value).digest("hex").slice(0, 8);
  // Of a domain too long itself the end is kept, so that an address still looks like one.
  const domain = value.includes("@") ? `_at_${plain.slice(plain.lastIndexOf("_at_") + 4).slice(-40)}` : "";
  return `${plain.slice(0, limits.gcp.value - hash.length - 1 - domain.length)}_${hash}${domain}`;
}

function spelling(key: (key: string) => string, value: (value: string) => string) {
  return (tags: Tags): Record<string, string> => {
    const [mistake] = tagMistakes(tags);
    if (mistake) throw new pulumi.RunError(`Tag "${mistake[0]}" ${mistake[1]}.`);
    return Object.fromEntries(Object.entries(tags).map(([name, text]) => [key(name), value(text)]));
  };
}

const asIs = (text: string) => text;

/** One canonical map -> AWS tags (`CostCentre`), Azure tags (`CostCentre`), GCP labels (`cost-centre`), by each one's rules (F10). */
export const spell: PerCloud<(tags: Tags) => Record<string, string>> = {
  aws: spelling(pascal, asIs),
  azure: spelling(pascal, asIs),
  gcp: spelling(asIs, label),
};
