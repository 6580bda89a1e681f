// Places: how each cloud writes them, and whether they are among the allowed ones.
import { fail, notApplicable, pass, unknown } from "./judge";
import { asText, isUnknown } from "./read";
import type { Context, Verdict } from "./rule";

/** `West Europe` is westeurope, the zone europe-west1-b its region, `EU` the multi-region. */
export const plainRegion = (value: string): string =>
  value
    .toLowerCase()
    .replace(/\s/g, "")
    .replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, "$1");

/** Nothing is kept in them. */
const nowhere = new Set(["", "global", "unbound"]);
const patterns = new Map<string, RegExp>();
/** `*` stands for any text: `us-gov-*`. */
function matches(pattern: string, region: string): boolean {
  const made =
    patterns.get(pattern) ??
    new RegExp(
      `^${plainRegion(pattern)
        .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")}$`,
    );
  patterns.set(pattern, made);
  return made.test(region);
}

/** One place against the setting allowedRegions; silent where it isn't set. */
export function placed(value: unknown, path: string, { settings }: Context): Verdict {
  const allowed = settings.allowedRegions;
  if (allowed.length === 0) return notApplicable("allowedRegions isn't set");
  const expected = `one of ${allowed.join(", ")}`;
  if (isUnknown(value)) return unknown(path, expected);
  const region = plainRegion(asText(value));
  return nowhere.has(region) || allowed.some((one) => matches(one, region))
    ? pass(path, expected)
    : fail(path, expected);
}

/** Azure's region pairs, to which geo-redundant storage goes. https://learn.microsoft.com/azure/reliability/regions-paired (read 2026-11-21) */
const pairs: readonly (readonly [string, string])[] = [
  ...([
    ["eastus", "westus"],
    ["eastus2", "centralus"],
    ["northcentralus", "southcentralus"],
    ["westus2", "westcentralus"],
  ] as const),
  ...([
    ["northeurope", "westeurope"],
    ["uksouth", "ukwest"],
    ["francecentral", "francesouth"],
    ["germanywestcentral", "germanynorth"],
  ] as const),
  ...([
    ["norwayeast", "norwaywest"],
    ["swedencentral", "swedensouth"],
    ["switzerlandnorth", "switzerlandwest"],
  ] as const),
  ...([
    ["eastasia", "southeastasia"],
    ["japaneast", "japanwest"],
    ["koreacentral", "koreasouth"],
    ["australiaeast", "australiasoutheast"],
  ] as const),
  ...([
    ["centralindia", "southindia"],
    ["canadacentral", "canadaeast"],
    ["southafricanorth", "southafricawest"],
    ["uaenorth", "uaecentral"],
  ] as const),
  ...([
    ["australiacentral", "australiacentral2"],
    ["usgovvirginia", "usgovtexas"],
    ["usdodeast", "usdodcentral"],
  ] as const),
];
/** Those that point one way: the other end has a pair of its own. */
const oneWay: Readonly<Record<string, string>> = {
  westus3: "eastus",
  brazilsouth: "southcentralus",
  westindia: "southindia",
  usgovarizona: "usgovtexas",
};

export function pairOf(location: string): string | undefined {
  const plain = plainRegion(location);
  const pair = pairs.find((one) => one.includes(plain));
  return pair ? pair.find((one) => one !== plain) : oneWay[plain];
}
