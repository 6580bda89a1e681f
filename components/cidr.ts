import * as pulumi from "@pulumi/pulumi";

// The address plan of a network (NET-13). A range of /16 to /20 is cut into 128 equal units (a /16's is a /23), and every
// use has its fixed place, so that adding a zone or a use later moves nothing:
//
//   units    0..63   private tier, 8 units a zone            a /16 gives /20 a zone: nodes, and pods on AWS
//           64..71   public tier, 1 unit a zone              /23 a zone
//           72..79   data tier, 1 unit a zone                /23 a zone
//           80..95   free: tiers to come
//              96    database: delegated subnet (Azure)      /23
//              97    endpoints: private endpoints (Azure)    /23
//              98    cluster: the API server's delegated subnet (Azure) /23
//           99..111  free: gateways, bastion
//          112..119  services: the cluster's service range   /20
//          120..127  privateServices: peered range (GCP)     /20
//
// A zone's place comes from its last character (a, 1 -> 0; b, 2 -> 1; ... h, 8 -> 7), never from its position in a list.
// On GCP a subnet spans its region: it takes a tier's units as a whole, but the private tier is split in two,
// units 0..15 for nodes (/19) and 32..63 for pods (/18), with 16..31 left to grow into.

const units = 128;
const zonePlaces = 8;

const tierSpans = { private: [0, 64], public: [64, 8], data: [72, 8] } as const;
const rangeSpans = {
  database: [96, 1],
  endpoints: [97, 1],
  cluster: [98, 1],
  services: [112, 8],
  privateServices: [120, 8],
} as const;
const regionalSpans = { private: [0, 16], pods: [32, 32], public: [64, 8], data: [72, 8] } as const;

export type PlannedTier = keyof typeof tierSpans;

/** Prefix of a network of ours, shortest and longest: a /20 still gives each use what its cloud asks for at least. */
export const networkPrefixes = { from: 16, to: 20 } as const;
export const privateRange = "10.0.0.0/8";

/**
 * What no packet has as its source or destination beyond its own link: this host, loopback, link-local, multicast, and what
 * is reserved. https://www.rfc-editor.org/rfc/rfc6890, https://www.rfc-editor.org/rfc/rfc5771
 */
const nowhere = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"] as const;

/** The range of those that lead nowhere which this one meets. @throws pulumi.RunError for text that isn't a range */
export const leadsNowhere = (text: string): string | undefined => nowhere.find((range) => overlaps(range, text));

export interface Cidr {
  /** First address as a number. */
  readonly base: number;
  readonly prefix: number;
}

/** Undefined for what isn't an IPv4 range in its canonical form (`10.20.0.0/16`: no bits set behind the prefix). */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const numbers = match.slice(1).map(Number);
  const prefix = numbers.pop() ?? 33;
  const base = numbers.reduce((sum, octet) => sum * 256 + octet, 0);
  const canonical = numbers.every((octet) => octet <= 255) && prefix <= 32 && base % 2 ** (32 - prefix) === 0;
  return canonical && formatCidr({ base, prefix }) === text ? { base, prefix } : undefined;
}

export function formatCidr({ base, prefix }: Cidr): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${prefix}`;
}

/** Whether every address of `inner` lies in `outer`. @throws pulumi.RunError for text that isn't a range */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [known(outer), known(inner)];
  return a.prefix <= b.prefix && Math.floor(b.base / 2 ** (32 - a.prefix)) * 2 ** (32 - a.prefix) === a.base;
}

export const overlaps = (a: string, b: string): boolean => contains(a, b) || contains(b, a);

/** What keeps a range from being a network of ours, as the end of a sentence; undefined when nothing does. */
export function networkCidrMistake(text: string): string | undefined {
  const cidr = parseCidr(text);
  if (!cidr) return 'is not an IPv4 range such as "10.20.0.0/16" with no bits set behind the prefix';
  if (!contains(privateRange, text)) return `lies outside ${privateRange} (NET-13)`;
  const { from, to } = networkPrefixes;
  return cidr.prefix < from || cidr.prefix > to ? `is a /${cidr.prefix}; use /${from} to /${to}` : undefined;
}

/**
 * Subnets of the tiers in the zones, for clouds whose subnets lie in a zone.
 * @throws pulumi.RunError where two zones have the same place, or the range is none of ours
 */
export function planSubnets<T extends PlannedTier>(
  cidr: string,
  zones: readonly string[],
  tiers: readonly T[],
): Record<T, Record<string, string>> {
  const places = zonePlacesOf(zones);
  const ofTier = (tier: T) => {
    const [start, length] = tierSpans[tier];
    const each = length / zonePlaces;
    return Object.fromEntries([...places].map(([zone, place]) => [zone, part(cidr, start + place * each, each)]));
  };
  return Object.fromEntries(tiers.map((tier) => [tier, ofTier(tier)])) as Record<T, Record<string, string>>;
}

/** Subnets that span the region (GCP): one a tier, and `pods` for the cluster's second range. */
export function planRegional(cidr: string): Record<keyof typeof regionalSpans, string> {
  return cut(cidr, regionalSpans);
}

/** Ranges that are neither a tier's nor a zone's: delegated subnet, private endpoints, cluster services, peered services. */
export function planRanges(cidr: string): Record<keyof typeof rangeSpans, string> {
  return cut(cidr, rangeSpans);
}

/** Zone -> its place in every tier. @throws pulumi.RunError for names that have none of their own */
function zonePlacesOf(zones: readonly string[]): Map<string, number> {
  const mistake = zonePlaceMistake(zones);
  if (mistake) throw new pulumi.RunError(`Zones: ${mistake}.`);
  return new Map(zones.map((zone) => [zone, placeOf(zone)]));
}

const placeOf = (zone: string) =>
  zone ? Math.max("abcdefgh".indexOf(zone.slice(-1)), "12345678".indexOf(zone.slice(-1))) : -1;

/** Why these zones can't stand side by side in the address plan; undefined when they can. */
export function zonePlaceMistake(zones: readonly string[]): string | undefined {
  const lost = zones.find((zone) => placeOf(zone) < 0);
  if (lost !== undefined) return `"${lost}" has no place in the address plan, its name must end in a-h or 1-8`;
  const second = zones.find((zone, index) => zones.slice(0, index).some((other) => placeOf(other) === placeOf(zone)));
  return second === undefined ? undefined : `"${second}" stands where another zone stands in the address plan`;
}

function cut<K extends string>(cidr: string, spans: Readonly<Record<K, readonly [number, number]>>): Record<K, string> {
  const entries = Object.entries(spans) as [K, readonly [number, number]][];
  return Object.fromEntries(entries.map(([name, span]) => [name, part(cidr, ...span)])) as Record<K, string>;
}

function part(cidr: string, start: number, length: number): string {
  const mistake = networkCidrMistake(cidr);
  if (mistake) throw new pulumi.RunError(`Network range "${cidr}" ${mistake}.`);
  const { base, prefix } = known(cidr);
  const unit = 2 ** (32 - prefix) / units;
  return formatCidr({ base: base + start * unit, prefix: prefix + Math.log2(units / length) });
}

function known(text: string): Cidr {
  const cidr = parseCidr(text);
  if (!cidr) throw new pulumi.RunError(`"${text}" is not an IPv4 range.`);
  return cidr;
}
