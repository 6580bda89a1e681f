import { type Network, Route } from "@pulumi/gcp/compute";
import { ManagedZone, RecordSet } from "@pulumi/gcp/dns";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import type { Context } from "./gcp";
import { googleApis, networkTags } from "./gcp-firewall";

/** Addresses of private.googleapis.com, which speaks for every API; restricted.googleapis.com only for those inside VPC Service Controls. */
const addresses = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"];
/** Domains of storage, secrets and the rest, and of the two registries. */
const domains = ["googleapis.com", "gcr.io", "pkg.dev"];
const ttl = 300;

/** Google's APIs at private addresses, by name and by route, without NAT (NET-12). */
export function openGoogleApis({ name, site, child }: Context, network: Network): void {
  const { project } = nativeOf(site, "gcp", `Network "${name}"`);
  new Route(
    `${name}-google-apis`,
    {
      project,
      network: network.id,
      name: physicalName(gcpNames.route, [site.prefix, name, "google-apis"]),
      // The gateway's name misleads: traffic for this range stays inside Google.
      description: "To Google's APIs at their private addresses",
      destRange: googleApis,
      nextHopGateway: "default-internet-gateway",
      tags: [networkTags.app, networkTags.data],
    },
    { ...child, deleteBeforeReplace: true },
  );
  for (const domain of domains) {
    const key = domain.replaceAll(".", "-");
    const apex = domain === "googleapis.com" ? `private.${domain}.` : `${domain}.`;
    const physical = physicalName(gcpNames.dnsZone, [site.prefix, name, key]);
    const zone = new ManagedZone(
      `${name}-${key}`,
      {
        project,
        name: physical,
        description: `Answers for ${domain} with the private addresses of Google's APIs`,
        dnsName: `${domain}.`,
        visibility: "private",
        privateVisibilityConfig: { networks: [{ networkUrl: network.id }] },
        labels: labelsOf(site, physical),
      },
      { ...child, deleteBeforeReplace: true },
    );
    const records = {
      a: { name: apex, type: "A", rrdatas: addresses },
      any: { name: `*.${domain}.`, type: "CNAME", rrdatas: [apex] },
    };
    for (const [record, args] of Object.entries(records))
      new RecordSet(
        `${name}-${key}-${record}`,
        { project, managedZone: zone.name, ttl, ...args },
        { ...child, deleteBeforeReplace: true },
      );
  }
}
