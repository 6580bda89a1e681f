import { Record } from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { nativeOf } from "../site";
import { fullName, quotedText } from "./names";
import type { BuildRecord } from "./record";

export const build: BuildRecord = ({ name, args, child }) => {
  const { host, type, ttl, zone } = args;
  const { zoneId } = nativeOf(zone, "aws", `DnsRecord "${name}"`);
  const written = type === "TXT" ? quotedText : (value: string) => value;
  const whole = fullName(host, zone.domain);
  new Record(
    name,
    { zoneId, name: whole, type, ttl, records: pulumi.output(args.values).apply((values) => values.map(written)) },
    { ...child, deleteBeforeReplace: true },
  );
  return { name: pulumi.output(whole) };
};
