import { coverages, minTlsVersions } from "../../components/cdn";
import { cdnRanges } from "../../components/cdn/check";
import { domainForm, zoneRanges } from "../../components/dns/check";
import { wafRanges } from "../../components/waf";
import { block, choice, flag, listOf, text, version, whole } from "../fields";

// What the world sees: names, certificates, CDN, WAF.

export const dns = block("Names (DNS). Without a domain nothing public is made: no zone, no CDN, no ingress address.", {
  domain: text(
    domainForm,
    "a domain in lower case",
    "prod.goodies.example",
    "Domain of the stack; a zone is made for it, which its parent has to delegate to (DNS-01).",
  ),
  existingZone: text(
    /./,
    "a hosted zone id (AWS), a zone's resource id (Azure), a managed zone's name (Google Cloud)",
    "Z0123456789ABCDEFGHIJ",
    "Zone of somebody else's that records go into (DNS-06).",
  ),
  authorities: listOf(
    "a list of domains",
    "letsencrypt.org",
    "Authorities that may sign for the domain (CAA); the cloud's own and Let's Encrypt where left out.",
  ),
  logRetentionDays: whole(zoneRanges.logRetentionDays, "days", "How long query logs are kept.", 90),
});

export const tls = block("Encryption in transit (SEC-04).", {
  edgeMin: version(minTlsVersions, "1.3", "Lowest version at the CDN (CDN-04, F5)."),
  issuer: choice(
    ["cloud", "letsencrypt"],
    "Who signs certificates of the cluster's ingress: nobody here (the CDN has the cloud's own), or Let's Encrypt by " +
      "cert-manager in the cluster (DNS-04).",
  ),
});

export const cdn = block("The CDN (CDN). On in staging and production where dns.domain is set (CDN-03).", {
  enabled: flag("Make it; needs dns.domain."),
  host: text(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "one label: lower case letters, digits and -",
    "www",
    "Host below dns.domain that clients use.",
  ),
  origins: listOf("a list of assets, api", "assets", "What it serves: the assets store, the API, or both (CDN-02)."),
  coverage: choice(coverages, "all: every edge location. near: the cheaper ones, where they are sold apart (CDN-07)."),
  assetTtl: whole(
    cdnRanges.assetTtl,
    "s",
    "Assets that don't say themselves stay at the edge so long (CDN-08).",
    86400,
  ),
  logRetentionDays: whole(cdnRanges.logRetentionDays, "days", "How long access logs are kept (CDN-09).", 90),
});

export const waf = block("The web application firewall, of CDN and ingress (SEC-05).", {
  rateLimit: whole(wafRanges.rateLimit, "requests", "Requests that one address may send in five minutes.", 2000),
  mode: choice(["block", "observe"], "block: refuse what the rules match. observe: only log it, to try rules out."),
  blockedCountries: listOf("a list of ISO 3166-1 codes", "KP", "Countries that get no answer."),
  ddosProtection: flag("Paid DDoS protection of the ingress addresses (SEC-06)."),
  logRetentionDays: whole(wafRanges.logRetentionDays, "days", "How long its logs are kept.", 90),
});
