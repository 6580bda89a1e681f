import { RecordSet } from "@pulumi/gcp/dns";
import * as pulumi from "@pulumi/pulumi";
import { nativeOf } from "../site";
import { fullName, quotedText, rooted } from "./names";
import type { BuildRecord, RecordArgs } from "./record";

const spelling: Readonly<Record<RecordArgs["type"], (value: string) => string>> = {
  A: (value) => value,
  AAAA: (value) => value,
  CNAME: rooted,
  TXT: quotedText,
};

export const build: BuildRecord = ({ name, site, args, child }) => {
  const { host, type, ttl, zone } = args;
  const { project } = nativeOf(site, "gcp", `DnsRecord "${name}"`);
  const { zoneName } = nativeOf(zone, "gcp", `DnsRecord "${name}"`);
  const whole = fullName(host, zone.domain);
  new RecordSet(
    name,
    {
      project,
      managedZone: zoneName,
      name: rooted(whole),
      type,
      ttl,
      rrdatas: pulumi.output(args.values).apply((values) => values.map(spelling[type])),
    },
    { ...child, deleteBeforeReplace: true },
  );
  return { name: pulumi.output(whole) };
};
