import * as dns from "@pulumi/gcp/dns";
import { getKeysOutput } from "@pulumi/gcp/dns/getKeys";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { keepLogs } from "../site/gcp-logs";
import { labelsOf } from "../site/gcp-names";
import type { BuildZone, CompleteZoneArgs } from ".";
import { rooted } from "./names";

/** A public managed zone: signed by Google's own keys (ECDSA P-256), CAA, every query in a log bucket of ours. */
export const build: BuildZone = (context) => {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `Zone "${name}"`);
  if (args.existing !== undefined) return adopted(context, args.existing);
  const zoneName = physicalName(gcpNames.dnsZone, [site.prefix, name]);
  const zone = new dns.ManagedZone(
    name,
    {
      project,
      name: zoneName,
      dnsName: rooted(args.domain),
      description: `${site.prefix}: ${args.domain}`,
      visibility: "public",
      dnssecConfig: {
        state: "on",
        nonExistence: "nsec3",
        defaultKeySpecs: (["keySigning", "zoneSigning"] as const).map((keyType) => ({
          algorithm: "ecdsap256sha256",
          keyLength: 256,
          keyType,
        })),
      },
      cloudLoggingConfig: { enableLogging: true },
      // Records of others (ACME challenges, a cluster's) hold a zone back, unless it may go with its contents.
      forceDestroy: site.safeguards.disposable,
      labels: labelsOf(site, zoneName),
    },
    {
      ...child,
      protect: site.safeguards.deletionProtection,
      deleteBeforeReplace: true,
      dependsOn: [...services],
    },
  );
  new dns.RecordSet(
    `${name}-caa`,
    {
      project,
      managedZone: zone.name,
      name: rooted(args.domain),
      type: "CAA",
      ttl: 3600,
      rrdatas: args.authorities.map((authority) => `0 issue "${authority}"`),
    },
    child,
  );
  // https://cloud.google.com/dns/docs/monitoring#dns-log-record-format
  keepLogs(context, {
    what: "queries",
    description: `Queries for ${args.domain}`,
    filter: `resource.type="dns_query" AND resource.labels.target_type="public-zone" AND resource.labels.target_name="${zoneName}"`,
    retentionDays: args.logRetentionDays,
    key: args.keys.for("logs"),
  });
  const keys = getKeysOutput({ managedZone: zone.id, project }, child);
  return {
    id: zone.id,
    domain: args.domain,
    nameServers: zone.nameServers,
    dsRecord: keys.keySigningKeys.apply((all) => all.find(({ isActive }) => isActive)?.dsRecord ?? ""),
    native: { cloud: "gcp", zoneName: zone.name },
  };
};

function adopted({ name, site, args, child }: BuildContext<CompleteZoneArgs>, existing: string) {
  const { project } = nativeOf(site, "gcp", `Zone "${name}"`);
  const zone = dns.ManagedZone.get(
    name,
    project.apply((id) => `projects/${id}/managedZones/${existing}`),
    {},
    child,
  );
  return {
    id: zone.id,
    domain: args.domain,
    nameServers: zone.nameServers,
    dsRecord: pulumi.output(""),
    native: { cloud: "gcp", zoneName: zone.name },
  } as const;
}
