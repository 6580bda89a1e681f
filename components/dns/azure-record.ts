import { RecordSet } from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import { nativeOf } from "../site";
import { fullName, textStrings } from "./names";
import type { BuildRecord, RecordArgs } from "./record";

type Values = pulumi.Output<readonly string[]>;

/** The one field of a record set that each type fills. */
const fields: Readonly<Record<RecordArgs["type"], (values: Values) => object>> = {
  A: (values) => ({ aRecords: values.apply((all) => all.map((ipv4Address) => ({ ipv4Address }))) }),
  AAAA: (values) => ({ aaaaRecords: values.apply((all) => all.map((ipv6Address) => ({ ipv6Address }))) }),
  CNAME: (values) => ({ cnameRecord: { cname: values.apply((all) => all[0] ?? "") } }),
  TXT: (values) => ({ txtRecords: values.apply((all) => all.map((text) => ({ value: textStrings(text) }))) }),
};

export const build: BuildRecord = ({ name, args, child }) => {
  const { host, type, ttl, zone } = args;
  const { zoneName, resourceGroup } = nativeOf(zone, "azure", `DnsRecord "${name}"`);
  new RecordSet(
    name,
    {
      zoneName,
      resourceGroupName: resourceGroup,
      recordType: type,
      relativeRecordSetName: host,
      ttl,
      ...fields[type](pulumi.output(args.values)),
    },
    { ...child, deleteBeforeReplace: true },
  );
  return { name: pulumi.output(fullName(host, zone.domain)) };
};
