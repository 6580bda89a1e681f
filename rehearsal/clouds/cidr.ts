import { BlockList, isIP } from "node:net";

export interface Cidr {
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  readonly prefix: number;
  /** No host bits are set: `10.0.0.0/16`, not `10.0.0.1/16`. */
  readonly canonical: boolean;
}

const bits = (address: string): bigint =>
  isIP(address) === 4
    ? address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n)
    : groups(address).reduce((sum, part) => sum * 65536n + BigInt(part), 0n);

function groups(address: string): readonly number[] {
  const [head = "", tail] = address.split("::");
  const parse = (part: string) =>
    part.split(":").flatMap((group) => (group === "" ? [] : [Number.parseInt(group, 16)]));
  if (tail === undefined) return parse(head);
  const [before, after] = [parse(head), parse(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** A block, or undefined when the text isn't one. */
export function parseCidr(block: string): Cidr | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(block);
  const address = match?.[1] ?? "";
  const version = isIP(address);
  const prefix = Number(match?.[2]);
  if (version === 0 || !(prefix <= (version === 4 ? 32 : 128))) return undefined;
  const host = (1n << BigInt((version === 4 ? 32 : 128) - prefix)) - 1n;
  return { family: version === 4 ? "ipv4" : "ipv6", address, prefix, canonical: (bits(address) & host) === 0n };
}

/** Whether the inner block (or address) lies within the outer one. False when either isn't a block. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [
    parseCidr(outer),
    parseCidr(inner.includes("/") ? inner : `${inner}/${isIP(inner) === 6 ? 128 : 32}`),
  ];
  if (a === undefined || b === undefined || a.family !== b.family || b.prefix < a.prefix) return false;
  const blocks = new BlockList();
  blocks.addSubnet(a.address, a.prefix, a.family);
  return blocks.check(b.address, b.family);
}

/** Whether two blocks share an address. */
export const overlaps = (a: string, b: string): boolean => contains(a, b) || contains(b, a);

/** How many addresses a block has. 0 when it isn't one. */
export function size(block: string): bigint {
  const parsed = parseCidr(block);
  return parsed === undefined ? 0n : 1n << BigInt((parsed.family === "ipv4" ? 32 : 128) - parsed.prefix);
}

/** The n-th address of an IPv4 block (0 is the network's own), for gateways and endpoints. */
export function address(block: string, n: number): string {
  const at = bits(block.split("/")[0] ?? "") + BigInt(n);
  return [24n, 16n, 8n, 0n].map((shift) => String((at >> shift) & 255n)).join(".");
}
