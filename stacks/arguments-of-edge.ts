import type { AuditTrailArgs } from "../components/audit";
import type { CdnArgs } from "../components/cdn";
import type { ZoneArgs } from "../components/dns";
import type { WafArgs } from "../components/waf";
import type { Complete } from "./complete";

// From the words of a stack file to the arguments of what the world sees, and of the audit trail.

/** CDN-03: in front of what lasts, where there is a name to serve it under. */
export const wantsCdn = ({ cdn, dns, environment }: Complete): boolean =>
  cdn.enabled ?? (dns.domain !== undefined && environment !== "dev" && environment !== "preview");

export function zoneArguments({ dns }: Complete): Omit<ZoneArgs, "site" | "keys"> | undefined {
  const { domain, existingZone, authorities, logRetentionDays } = dns;
  if (domain === undefined) return undefined;
  return {
    domain,
    logRetentionDays,
    ...(existingZone === undefined ? {} : { existing: existingZone }),
    ...(authorities === undefined ? {} : { authorities }),
  };
}

/** The host that the API's origin is known by; the ingress carries its certificate. */
export const originHost = "origin";

export function cdnArguments({ cdn, tls }: Complete) {
  const { host, coverage, assetTtl, logRetentionDays } = cdn;
  return {
    host,
    coverage,
    assetTtl,
    logRetentionDays,
    minTls: String(tls.edgeMin) as "1.2" | "1.3",
  } as const satisfies Partial<CdnArgs>;
}

export const wafArguments = ({ waf: { rateLimit, mode, blockedCountries = [], logRetentionDays } }: Complete) =>
  ({ rateLimit, mode, blockedCountries, logRetentionDays }) satisfies Partial<WafArgs>;

export const auditArguments = ({ audit: { enabled: _, ...rest } }: Complete) => rest satisfies Partial<AuditTrailArgs>;
