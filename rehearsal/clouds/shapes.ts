// How the clouds write the names of things: ARNs, Azure resource ids, Google self links.

/** `arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0a1b...`. IAM has no region, S3 neither region nor account: leave them out. */
export function arn(of: {
  readonly service: string;
  readonly resource: string;
  readonly region?: string;
  readonly account?: string;
  /** @default by region: `aws-cn` for cn-*, `aws-us-gov` for us-gov-*, otherwise `aws` */
  readonly partition?: string;
}): string {
  const { service, resource, region = "", account = "" } = of;
  return ["arn", of.partition ?? partition(region), service, region, account, resource].join(":");
}

/** The AWS partition of a region. */
export const partition = (region: string): string =>
  region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";

/**
 * `/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/V/subnets/N` from
 * `azureId(S, G, "Microsoft.Network", ["virtualNetworks", V], ["subnets", N])`.
 */
export function azureId(
  subscription: string,
  group: string | undefined,
  namespace: string | undefined,
  ...path: readonly (readonly [kind: string, name: string])[]
): string {
  const parts = [`/subscriptions/${subscription}`];
  if (group !== undefined) parts.push(`/resourceGroups/${group}`);
  if (namespace !== undefined) parts.push(`/providers/${namespace}`);
  return [...parts, ...path.map(([kind, name]) => `/${kind}/${name}`)].join("");
}

/** A resource below another one, of its own namespace when it is an extension: `<scope>/providers/Microsoft.Insights/diagnosticSettings/x`. */
export const azureChild = (scope: string, namespace: string | undefined, kind: string, name: string): string =>
  `${scope}${namespace === undefined ? "" : `/providers/${namespace}`}/${kind}/${name}`;

/** `projects/P/regions/R/subnetworks/N`: Google's relative resource name. Zones and regions are told by their shape. */
export function googleName(project: string, location: string, kind: string, name: string): string {
  const place =
    location === "global"
      ? "global"
      : /-[a-z]$/.test(location)
        ? `zones/${location}`
        : location === ""
          ? ""
          : `regions/${location}`;
  return ["projects", project, place, kind, name].filter((part) => part !== "").join("/");
}

/** `https://www.googleapis.com/compute/v1/projects/P/global/networks/N`. */
export const selfLink = (service: string, version: string, name: string): string =>
  `https://www.googleapis.com/${service}/${version}/${name}`;

/** Hex digits in the groups of a UUID: give it `random("id", 32, "0123456789abcdef")`. */
export function uuid(hex: string): string {
  const variant = ((Number.parseInt(hex[16] ?? "0", 16) & 3) | 8).toString(16);
  const h = `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`;
  return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20, 32)].join("-");
}

export const HEX = "0123456789abcdef";
export const DIGITS = "0123456789";
export const LOWER = "abcdefghijklmnopqrstuvwxyz";
export const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
