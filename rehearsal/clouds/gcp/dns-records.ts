// https://cloud.google.com/dns/docs/reference/rest/v1/resourceRecordSets
import { isIP } from "node:net";
import { between, each, fits, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { isSet, list, text } from "../values";
import { deletionPolicy, nameOf, preventedBy, projectOf, said } from "./common";
import { recordType, zoneType } from "./dns";
import { routingRefusals } from "./dns-routing";
import { checkType } from "./health-check";

const recordName = /^(?=.{1,254}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/i;

const types = [
  "A",
  "AAAA",
  "ALIAS",
  "CAA",
  "CNAME",
  "DNSKEY",
  "DS",
  "HTTPS",
  "IPSECKEY",
  "MX",
  "NAPTR",
  "NS",
  "PTR",
  "SOA",
  "SPF",
  "SRV",
  "SSHFP",
  "SVCB",
  "TLSA",
  "TXT",
];

/** How the data of a record is written. https://cloud.google.com/dns/docs/records#record_type */
const forms: Readonly<Record<string, readonly [form: RegExp, rule: string]>> = {
  CAA: [
    /^\d{1,3} (issue|issuewild|iodef|issuemail|issuevmc|contactemail|contactphone) \S.*$/i,
    '0 issue "letsencrypt.org"',
  ],
  CNAME: [/\.$/, "a target ends with a dot"],
  MX: [/^\d{1,5}\s+\S*\.$/, "10 mail.example.com."],
  NS: [/\.$/, "a name server ends with a dot"],
  PTR: [/\.$/, "a name ends with a dot"],
  SRV: [/^\d{1,5}\s+\d{1,5}\s+\d{1,5}\s+\S*\.$/, "0 5 5060 sip.example.com."],
};

export const recordSet: Row = {
  type: recordType,
  immutable: ["managedZone", "name", "project"],
  unordered: ["rrdatas"],
  unique: { by: ["project", "managedZone", "name", "type"], scope: "account" },
  references: [
    { path: "managedZone", to: [zoneType], by: ["name", "id"], weak: true },
    { path: "routingPolicy.healthCheck", to: [checkType], by: ["id", "selfLink"] },
  ],
  check: ({ inputs }) => {
    const type = text(inputs["type"]);
    return [
      ...fits(inputs, "name", recordName, "name field must end with trailing dot, for example test.example.com."),
      ...oneOf(inputs, "type", types),
      ...between(inputs, "ttl", 0, 2_147_483_647),
      ...(isSet(inputs["rrdatas"]) || isSet(inputs["routingPolicy"])
        ? []
        : refuse("rrdatas", "one of rrdatas, routing_policy must be specified")),
      ...(type === "A" || type === "AAAA"
        ? each(
            inputs,
            "rrdatas.*",
            (value) => isIP(said(value)) === (type === "A" ? 4 : 6),
            (value) => `${value} is not an address for a record of type ${type}`,
          )
        : []),
      ...routingRefusals(inputs),
      ...(type !== undefined && Object.hasOwn(forms, type)
        ? fits(
            inputs,
            "rrdatas.*",
            forms[type]?.[0] ?? /./,
            `Invalid value for a ${type} record: ${forms[type]?.[1] ?? ""}`,
          )
        : []),
      ...(type === "CNAME" && list(inputs["rrdatas"]).length > 1 ? refuse("rrdatas", "a CNAME has one target") : []),
    ];
  },
  admit: ({ inputs, account, old }) => {
    const zone = account.find([zoneType], "name", inputs["managedZone"] ?? null);
    const [name, domain] = [text(inputs["name"]), text(zone?.inputs["dnsName"])];
    const same = account
      .all(recordType)
      .filter(
        (item) =>
          item.id !== old?.id && item.inputs["managedZone"] === inputs["managedZone"] && item.inputs["name"] === name,
      );
    const cname = inputs["type"] === "CNAME" ? same[0] : same.find((item) => item.inputs["type"] === "CNAME");
    return [
      ...(name !== undefined && domain !== undefined && name !== domain && !name.endsWith(`.${domain}`)
        ? refuse("name", `Invalid value for 'entity.change.additions[0].name': '${name}' is outside zone ${domain}`)
        : []),
      ...(inputs["type"] === "CNAME" && name !== undefined && name === domain
        ? refuse("type", "a zone's own name can't be a CNAME")
        : []),
      ...(cname ? refuse("name", `a CNAME stands alone: ${cname.id} has this name`) : []),
    ];
  },
  release: preventedBy,
  id: (moment) =>
    `projects/${projectOf(moment)}/managedZones/${(text(moment.inputs["managedZone"]) ?? "").replace(/^.*\//, "")}/rrsets/${nameOf(moment)}/${text(moment.inputs["type"])}`,
  outputs: (moment) => ({ ...deletionPolicy(moment), project: projectOf(moment) }),
  seconds: { create: 3, update: 4, delete: 3, source: "estimate: one change of the zone" },
};
