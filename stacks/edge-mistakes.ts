import { cloudAuthorities } from "../components/dns";
import type { Mistake } from "../components/mistake";
import { originHost, wantsCdn } from "./arguments-of-edge";
import type { Complete } from "./complete";

/** Hosts of records that stacks/edge.ts makes beside the CDN's: the API's origin, and the name that fails over. */
const ownHosts = ({ dr }: Complete): readonly string[] =>
  dr.region === undefined && dr.secondaryCloud === "none" ? [originHost] : [originHost, "api"];

/**
 * Characters of the name that a certificate is for, on every cloud: its common name takes no more (RFC 5280, ub-common-name).
 * https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 * https://learn.microsoft.com/azure/frontdoor/domain
 * https://cloud.google.com/certificate-manager/docs/certificates
 */
const longestName = 64;

const amazon = cloudAuthorities.aws;
/** https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html */
const alsoAmazon = /^(amazontrust|awstrust|amazonaws)\.com$/;

/** Who has to sign, and is not among those that may (CAA). */
function authorityMistakes(settings: Complete, authorities: readonly string[]): Mistake[] {
  const { cloud, tls } = settings;
  const needed = [
    ...(cloud && wantsCdn(settings) ? [[cloudAuthorities[cloud], "signs for the CDN"] as const] : []),
    ...(tls.issuer === "letsencrypt" ? [["letsencrypt.org", "is tls.issuer"] as const] : []),
  ];
  return needed
    .filter(
      ([authority]) => !authorities.some((one) => one === authority || (authority === amazon && alsoAmazon.test(one))),
    )
    .map(([authority, why]) => ({
      field: "dns.authorities",
      value: authorities,
      remedy: `name ${authority} as well, which ${why}, or leave the setting out`,
    }));
}

const nameOf = ({ cdn, dns }: Complete): string => `${cdn.host}.${dns.domain ?? ""}`;

/** What settings of names, CDN and issuer get wrong together. */
export function edgeMistakes(settings: Complete): Mistake[] {
  const { cdn, dns, storage, tls } = settings;
  const strange = cdn.origins.filter((origin) => origin !== "assets" && origin !== "api");
  const nameless = dns.domain === undefined;
  const noDomain = (field: string, value: unknown, what: string) => ({
    field,
    value,
    remedy: `set dns.domain as well: ${what} a name of your own`,
  });
  const dumpless = settings.backup.dumps === true && !storage.backups;
  return [
    ...(dumpless
      ? [
          {
            field: "storage.backups",
            value: false,
            remedy: "backup.dumps go into that store: set it to true, or dumps to false",
          },
        ]
      : []),
    ...(strange.length > 0 ? [{ field: "cdn.origins", value: cdn.origins, remedy: "use assets, api or both" }] : []),
    ...(new Set(cdn.origins).size < cdn.origins.length
      ? [{ field: "cdn.origins", value: cdn.origins, remedy: "name each once" }]
      : []),
    ...(dns.authorities ? authorityMistakes(settings, dns.authorities) : []),
    ...(wantsCdn(settings) && nameOf(settings).length > longestName
      ? [
          {
            field: "dns.domain",
            value: dns.domain,
            remedy: `the CDN's name ${nameOf(settings)} has ${nameOf(settings).length} characters, and its certificate takes ${longestName}: use a shorter domain, or a shorter cdn.host`,
          },
        ]
      : []),
    ...(wantsCdn(settings) && ownHosts(settings).includes(cdn.host)
      ? [{ field: "cdn.host", value: cdn.host, remedy: "the platform has a record of its own there: use another host" }]
      : []),
    ...(nameless && cdn.enabled ? [noDomain("cdn.enabled", true, "the CDN's certificate is for")] : []),
    ...(nameless && dns.existingZone !== undefined
      ? [noDomain("dns.existingZone", dns.existingZone, "records are made below")]
      : []),
    ...(nameless && tls.issuer === "letsencrypt"
      ? [noDomain("tls.issuer", tls.issuer, "certificates are proved by records of")]
      : []),
    ...(wantsCdn(settings) && !storage.assets && cdn.origins.includes("assets")
      ? [
          {
            field: "storage.assets",
            value: false,
            remedy: "the CDN serves that store: set it to true, or cdn.origins to [api]",
          },
        ]
      : []),
  ];
}
