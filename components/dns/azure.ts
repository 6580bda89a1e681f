import { DnssecConfig, RecordSet, Zone } from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import { keep } from "../site/azure-lock";
import { tagsOf } from "../site/azure-names";
import type { BuildZone, CompleteZoneArgs } from ".";

/**
 * A public zone in the site's resource group: signed by Azure's own keys, with CAA, and a lock. Azure offers no log of the
 * queries for a public zone: https://learn.microsoft.com/azure/dns/dns-faq
 */
export const build: BuildZone = (context) => {
  const { name, site, args, child } = context;
  if (args.existing !== undefined) return adopted(context, args.existing);
  const { resourceGroup } = nativeOf(site, "azure", `Zone "${name}"`);
  const zone = new Zone(
    name,
    {
      zoneName: args.domain,
      resourceGroupName: resourceGroup,
      location: "global",
      zoneType: "Public",
      tags: tagsOf(site, `${site.prefix}-${name}`),
    },
    { ...child, protect: site.safeguards.deletionProtection },
  );
  const dnssec = new DnssecConfig(name, { zoneName: zone.name, resourceGroupName: resourceGroup }, child);
  const caa = new RecordSet(
    `${name}-caa`,
    {
      zoneName: zone.name,
      resourceGroupName: resourceGroup,
      recordType: "CAA",
      relativeRecordSetName: "@",
      ttl: 3600,
      caaRecords: args.authorities.map((value) => ({ flags: 0, tag: "issue", value })),
    },
    child,
  );
  keep(`${name}-lock`, site, zone.id, [dnssec, caa], child);
  return {
    id: zone.id,
    domain: args.domain,
    nameServers: zone.nameServers,
    dsRecord: dnssec.signingKeys.apply(delegation),
    native: { cloud: "azure", zoneName: zone.name, resourceGroup },
  };
};

function adopted({ name, args, child }: BuildContext<CompleteZoneArgs>, id: string) {
  const zone = Zone.get(name, id, child);
  return {
    id: zone.id,
    domain: args.domain,
    nameServers: zone.nameServers,
    dsRecord: pulumi.output(""),
    native: {
      cloud: "azure",
      zoneName: zone.name,
      resourceGroup: pulumi.output(id.split("/")[4] ?? ""),
    },
  } as const;
}

interface SigningKey {
  readonly delegationSignerInfo: readonly { readonly record: string }[];
}

/** DS record of the first key that has one: the key-signing key. */
const delegation = (keys: readonly SigningKey[]): string =>
  keys.flatMap(({ delegationSignerInfo }) => delegationSignerInfo.map(({ record }) => record))[0] ?? "";
