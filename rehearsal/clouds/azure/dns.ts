// Public DNS zones: https://learn.microsoft.com/rest/api/dns/
import { isIP } from "node:net";
import { between, each, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Refusal, Row } from "../row";
import { HEX } from "../shapes";
import { isSet, list, pick, text } from "../values";
import { arm, etag } from "./arm";
import { namespace } from "./network";
import { trafficEndpoint, trafficProfile } from "./traffic-manager";
import { token } from "./types";

export const publicZone = token("dns:Zone");
const recordSet = token("dns:RecordSet");
const api = "2023-07-01-preview";

const zone = arm({
  name: "dns:Zone",
  api,
  namespace,
  path: [["dnszones", "zoneName"]],
  own: {
    pattern:
      /^(?=.{1,253}$)([a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?\.){1,33}[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?$/,
    rule: "2 to 34 labels of letters, digits, _ and -",
  },
  location: "replaces",
  taggable: true,
  check: ({ inputs }) => [...oneOf(inputs, "location", ["global", "Global"])],
  volatile: ["etag"],
  outputs: (moment) => {
    // One of Azure's sets of servers, which two zones of one name never share.
    const set = String((Number.parseInt(moment.random("servers", 2, HEX), 16) % 9) + 1).padStart(2, "0");
    return {
      etag: etag(moment),
      zoneType: moment.inputs["zoneType"] ?? "Public",
      maxNumberOfRecordSets: 10_000,
      numberOfRecordSets: 2,
      nameServers: ["com", "net", "org", "info"].map((end, index) => `ns${index + 1}-${set}.azure-dns.${end}.`),
      signingKeys: [],
    };
  },
  seconds: { create: 4, update: 3, delete: 10, source: "estimate" },
});

/** One a zone, always named `default`: nothing of the program names it. */
const { autoName: _, ...signed } = arm({
  name: "dns:DnssecConfig",
  api,
  namespace,
  path: [["dnszones", "zoneName"]],
  references: [{ path: "zoneName", to: [publicZone], by: "name", inside: true }],
  volatile: ["etag"],
  outputs: (moment) => {
    const keyTag = Number.parseInt(moment.random("tag", 4, HEX), 16);
    const digestValue = moment.random("digest", 64, HEX).toUpperCase();
    const publicKey = moment.random("public", 86, HEX);
    return {
      name: "default",
      type: "Microsoft.Network/dnszones/dnssecConfigs",
      etag: etag(moment),
      provisioningState: "Succeeded",
      signingKeys: [
        {
          delegationSignerInfo: [{ digestAlgorithmType: 2, digestValue, record: `${keyTag} 13 2 ${digestValue}` }],
          flags: 257,
          keyTag,
          protocol: 3,
          publicKey,
          securityAlgorithmType: 13,
        },
      ],
    };
  },
  seconds: { create: 30, delete: 30, source: "estimate: the zone is signed before it returns" },
});
const dnssec: Row = { ...signed, id: (moment) => `${signed.id(moment)}/dnssecConfigs/default` };

/** The one field that each type fills, and whether it holds one value. */
const fields: Readonly<Record<string, string>> = {
  A: "aRecords",
  AAAA: "aaaaRecords",
  CAA: "caaRecords",
  CNAME: "cnameRecord",
  DS: "dsRecords",
  MX: "mxRecords",
  NAPTR: "naptrRecords",
  NS: "nsRecords",
  PTR: "ptrRecords",
  SOA: "soaRecord",
  SRV: "srvRecords",
  TLSA: "tlsaRecords",
  TXT: "txtRecords",
};
const typeOf = (type: unknown): string => (text(type as string) ?? "").split("/").at(-1)?.toUpperCase() ?? "";

function fieldRefusals({ inputs }: Moment): readonly Refusal[] {
  const type = typeOf(inputs["recordType"]);
  const own = fields[type];
  if (own === undefined) return [];
  const others = Object.values(fields).filter((field) => field !== own && isSet(inputs[field]));
  const alias = isSet(inputs["targetResource"]);
  return [
    ...others.flatMap((field) => refuse(field, `BadRequest: a record set of type ${type} has ${own} only.`)),
    ...(alias && isSet(inputs[own]) ? refuse(own, "BadRequest: an alias record set has no records of its own.") : []),
    ...(alias && !["A", "AAAA", "CNAME"].includes(type)
      ? refuse("targetResource", "BadRequest: only A, AAAA and CNAME record sets can be aliases.")
      : []),
    ...(!alias && !isSet(inputs[own]) ? refuse(own, `BadRequest: the record set needs ${own}.`) : []),
    ...(type === "CNAME" && inputs["relativeRecordSetName"] === "@"
      ? refuse("relativeRecordSetName", "BadRequest: a CNAME record can't be at the zone apex.")
      : []),
  ];
}

function neighbourRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const same = (one: Item) =>
    one.id !== old?.id &&
    one.inputs["resourceGroupName"] === inputs["resourceGroupName"] &&
    one.inputs["zoneName"] === inputs["zoneName"] &&
    one.inputs["relativeRecordSetName"] === inputs["relativeRecordSetName"];
  const cname = typeOf(inputs["recordType"]) === "CNAME";
  const other = account
    .all(recordSet)
    .find((one) => same(one) && (typeOf(one.inputs["recordType"]) === "CNAME") !== cname);
  return other
    ? refuse(
        "relativeRecordSetName",
        `BadRequest: The record could not be created because a record set of type ${typeOf(other.inputs["recordType"])} with the same name exists.`,
      )
    : [];
}

/** An alias of type A can follow a profile that answers with addresses, no other. */
function aliasRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const profile = account.find([trafficProfile], "id", pick(inputs, "targetResource.id") ?? null);
  if (!profile || typeOf(inputs["recordType"]) !== "A") return [];
  const endpoints = account.all(trafficEndpoint).filter((one) => one.inputs["profileName"] === profile.outputs["name"]);
  const addressed = endpoints.every((one) => /^(\d+\.){3}\d+$/.test(text(one.inputs["target"]) ?? ""));
  return endpoints.length > 0 && addressed
    ? []
    : refuse(
        "targetResource.id",
        "BadRequest: a Traffic Manager profile that an A record set points to has external endpoints with IPv4 addresses only.",
      );
}

const records = arm({
  name: "dns:RecordSet",
  api,
  namespace,
  path: [
    ["dnszones", "zoneName"],
    ["records", "relativeRecordSetName"],
  ],
  parents: [publicZone],
  inside: true,
  own: {
    pattern: /^(@|(\*|[a-zA-Z0-9_]([a-zA-Z0-9_-]*[a-zA-Z0-9_])?)(\.[a-zA-Z0-9_]([a-zA-Z0-9_-]*[a-zA-Z0-9_])?)*)$/,
    rule: "@, or labels of letters, digits, _ and -",
  },
  immutable: ["recordType"],
  unique: { by: ["resourceGroupName", "zoneName", "recordType", "relativeRecordSetName"], scope: "account" },
  references: [
    {
      path: "targetResource.id",
      to: [trafficProfile, token("network:PublicIPAddress"), token("cdn:AFDEndpoint")],
      weak: true,
    },
  ],
  check: (moment) => [
    ...oneOf(moment.inputs, "recordType", Object.keys(fields)),
    ...between(moment.inputs, "ttl", 1, 2_147_483_647),
    ...(isSet(moment.inputs["ttl"]) ? [] : refuse("ttl", "BadRequest: the TTL is required.")),
    ...each(
      moment.inputs,
      "aRecords.*.ipv4Address",
      (value) => isIP(text(value) ?? "") === 4,
      (value) => `BadRequest: ${value} is not an IPv4 address.`,
    ),
    ...each(
      moment.inputs,
      "aaaaRecords.*.ipv6Address",
      (value) => isIP(text(value) ?? "") === 6,
      (value) => `BadRequest: ${value} is not an IPv6 address.`,
    ),
    ...between(moment.inputs, "mxRecords.*.preference", 0, 65535),
    ...between(moment.inputs, "caaRecords.*.flags", 0, 255),
    ...["port", "priority", "weight"].flatMap((field) => between(moment.inputs, `srvRecords.*.${field}`, 0, 65535)),
    ...each(
      moment.inputs,
      "txtRecords.*.value",
      (parts) => list(parts).every((part) => (text(part)?.length ?? 0) <= 255),
      () => "each string of a TXT record has at most 255 characters",
    ),
    ...oneOf(moment.inputs, "caaRecords.*.tag", ["issue", "issuewild", "iodef"]),
    ...long(moment.inputs, "aRecords", 1, 400),
    ...fieldRefusals(moment),
  ],
  admit: (moment) => [...neighbourRefusals(moment), ...aliasRefusals(moment)],
  release: ({ old }) =>
    old?.inputs["relativeRecordSetName"] === "@" && ["NS", "SOA"].includes(typeOf(old.inputs["recordType"]))
      ? `BadRequest: The record set of type ${typeOf(old.inputs["recordType"])} at the zone apex cannot be deleted.`
      : undefined,
  volatile: ["etag"],
  writeOnly: ["recordType"],
  outputs: (moment) => {
    const zoneName = text(moment.inputs["zoneName"]) ?? "";
    const host = text(moment.inputs["relativeRecordSetName"]) ?? "";
    return {
      etag: etag(moment),
      type: `${namespace}/dnszones/${typeOf(moment.inputs["recordType"])}`,
      fqdn: host === "@" ? `${zoneName}.` : `${host}.${zoneName}.`,
      provisioningState: "Succeeded",
      targetResource: moment.inputs["targetResource"] ?? {},
      trafficManagementProfile: {},
    };
  },
  seconds: { create: 3, update: 3, delete: 3, source: "estimate" },
});
const recordRow: Row = {
  ...records,
  id: (moment) =>
    `${records.id(moment).replace(/\/records\/[^/]*$/, "")}/${typeOf(moment.inputs["recordType"])}/${text(moment.inputs["relativeRecordSetName"]) ?? ""}`,
};

export const rows: readonly Row[] = [zone, dnssec, recordRow];
