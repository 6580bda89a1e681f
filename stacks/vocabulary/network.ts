import { z } from "zod";
import { networkRanges } from "../../components/network/check";
import { block, choice, fields, flag, text, whole } from "../fields";
import { existing } from "./existing-network";

export const zones = z.union([z.int().min(1).max(8), z.array(z.string().min(1)).min(1).max(8)]).register(fields, {
  description:
    "Zones that the subnets lie in (NET-05): how many, or which by name. A region that Trifold doesn't know needs names. " +
    "AWS needs two, staging and production too.",
  allowed: "a whole number from 1 to 8, or a list of zone names",
  example: "3",
});

export const network = block("The private network (NET).", {
  cidr: text(
    /^[\d./]+$/,
    "an IPv4 range inside 10.0.0.0/8, /16 to /20",
    "10.20.0.0/16",
    "Address range, inside 10.0.0.0/8 and no other stack's (NET-13), /16 to /20.",
  ),
  zones,
  natPerZone: flag("A NAT in each zone survives the loss of a zone; a single one costs less (NET-04)."),
  egress: choice(
    ["web", "open"],
    "Ways out of the private tier: web is 443, 80, DNS and NTP; open is every port (NET-09).",
  ),
  flowLogRetentionDays: whole(networkRanges.flowLogRetentionDays, "days", "How long flow logs are kept (NET-14).", 90),
  existing: existing.optional(),
});
