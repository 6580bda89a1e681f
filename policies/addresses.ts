// Address ranges: does a rule's set of sources cover the internet? IPv4, IPv6, split ranges, and the clouds' own words for "anyone".
import { isUnknown } from "./read";

/** Words that mean any address: Azure service tags and wildcards. `AzureCloud` is every customer of the cloud. */
const anyone = new Set(["*", "any", "internet", "azurecloud", "0.0.0.0", "::"]);
/** Half of the address space; a range this wide is no allow-list. A split pair (0.0.0.0/1, 128.0.0.0/1) is caught by its sum. */
const widest = 0.5;

/** Share of its own address space that a range covers, 0 to 1; undefined when the text is no range. */
export function share(text: string): number | undefined {
  const value = text.trim().toLowerCase();
  if (anyone.has(value)) return 1;
  const [address = "", bits] = value.split("/");
  const v6 = address.includes(":");
  if (!v6 && !/^\d+(\.\d+){3}$/.test(address)) return undefined;
  const length = bits === undefined ? (v6 ? 128 : 32) : Number(bits);
  return Number.isInteger(length) ? 2 ** -length : undefined;
}

/** Is the range inside the ranges kept for private networks (RFC 1918, RFC 6598, ULA, link-local)? */
export function isPrivate(text: string): boolean {
  const value = text.trim().toLowerCase();
  const [address = "", bits] = value.split("/");
  const length = bits === undefined ? 128 : Number(bits);
  if (/^f[cd]/.test(address) || /^fe[89ab]/.test(address)) return length >= 7;
  const [a = -1, b = -1] = address.split(".").map(Number);
  if (a === 10 || a === 127) return length >= 8;
  if (a === 172 && b >= 16 && b < 32) return length >= 12;
  if (a === 192 && b === 168) return length >= 16;
  if (a === 169 && b === 254) return length >= 16;
  return a === 100 && b >= 64 && b < 128 && length >= 10;
}

/** Do these sources together reach half of the internet or more? "unknown" when they don't by themselves and one isn't known. */
export function coversWorld(sources: readonly unknown[]): boolean | "unknown" {
  const texts = sources.filter((source): source is string => typeof source === "string");
  const covered = (v6: boolean) =>
    [...new Set(texts)]
      .filter((text) => text.includes(":") === v6 && !isPrivate(text))
      .reduce((sum, text) => sum + (share(text) ?? 0), 0);
  if (covered(false) >= widest || covered(true) >= widest) return true;
  return sources.some(isUnknown) ? "unknown" : false;
}
