import * as certificates from "@pulumi/gcp/certificatemanager";
import { RecordSet } from "@pulumi/gcp/dns";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import type { CompleteCdnArgs } from ".";

/**
 * Id of a map with one certificate, which Google makes and renews as long as its record stands (DNS-03, DNS-05).
 * https://cloud.google.com/certificate-manager/docs/deploy-google-managed-dns-auth
 */
export function certificateMap(
  { name, site, args, child }: BuildContext<CompleteCdnArgs>,
  host: string,
): pulumi.Output<string> {
  const { project, services } = nativeOf(site, "gcp", `Cdn "${name}"`);
  const { zoneName } = nativeOf(args.zone, "gcp", `Cdn "${name}"`);
  // The host is part of the names: what is for another stands beside it before it goes.
  const ownName = physicalName(gcpNames.certificate, [site.prefix, name, host]);
  const mapName = physicalName(gcpNames.certificate, [site.prefix, name]);
  const labels = labelsOf(site, ownName);
  const first = { ...child, deleteBeforeReplace: false, dependsOn: [...services] };
  const authorization = new certificates.DnsAuthorization(
    name,
    { project, name: ownName, description: `That ${host} is ours`, domain: host, labels },
    first,
  );
  // One record a name.
  const proof = authorization.dnsResourceRecords.apply(([record]) => record);
  const record = new RecordSet(
    `${name}-proof`,
    {
      project,
      managedZone: zoneName,
      name: proof.apply((one) => one?.name ?? ""),
      type: proof.apply((one) => one?.type ?? ""),
      ttl: 300,
      rrdatas: [proof.apply((one) => one?.data ?? "")],
    },
    { ...child, deleteBeforeReplace: true },
  );
  const certificate = new certificates.Certificate(
    name,
    {
      project,
      name: ownName,
      description: host,
      scope: "DEFAULT",
      managed: { domains: [host], dnsAuthorizations: [authorization.id] },
      labels,
    },
    { ...first, dependsOn: [record, ...services] },
  );
  const map = new certificates.CertificateMap(
    name,
    { project, name: mapName, description: `Certificates of ${name}`, labels: labelsOf(site, mapName) },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
  new certificates.CertificateMapEntry(
    name,
    {
      project,
      name: ownName,
      description: host,
      map: map.name,
      hostname: host,
      certificates: [certificate.id],
      labels,
    },
    { ...child, deleteBeforeReplace: false },
  );
  return map.id;
}
