import type { Mistake } from "../components/mistake";
import { originHost, wantsCdn } from "./arguments-of-edge";
import type { Complete } from "./complete";

/** Hosts of records that stacks/edge.ts makes beside the CDN's: the API's origin, and the name that fails over. */
const ownHosts = ({ dr }: Complete): readonly string[] =>
  dr.region === undefined && dr.secondaryCloud === "none" ? [originHost] : [originHost, "api"];

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
