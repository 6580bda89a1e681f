import { isIP } from "node:net";
import { between, each, fits, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, isSet, list, pick, same, text } from "../values";
import {
  deletionPolicy,
  kept,
  labelOutputs,
  labelSecrets,
  labels,
  nameOf,
  network,
  preventedBy,
  projectOf,
  said,
  since,
} from "./common";
import { routingRefusals } from "./dns-routing";
import { checkType } from "./health-check";

export const zoneType = "gcp:dns/managedZone:ManagedZone";
const recordType = "gcp:dns/recordSet:RecordSet";
const fqdn = /^(?=.{1,254}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/i;
const recordName = /^(?=.{1,254}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/i;

export const managedZone: Row = {
  type: zoneType,
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: ["name", "dnsName", "visibility", "project", "reverseLookup", "serviceDirectoryConfig"],
  unordered: ["privateVisibilityConfig.networks"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [
    network("privateVisibilityConfig.networks.*.networkUrl"),
    network("peeringConfig.targetNetwork.networkUrl"),
  ],
  secrets: labelSecrets,
  inputDefaults: () => ({ description: "Managed by Pulumi" }),
  check: ({ inputs, before }) => [
    ...fits(
      inputs,
      "name",
      /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "1 to 63 lower case letters, digits and -, beginning with a letter",
    ),
    ...fits(inputs, "dnsName", fqdn, "a domain with its trailing dot, such as example.com."),
    ...labels(inputs),
    ...(text(inputs["description"]) === "" ? refuse("description", "expected not to be an empty string") : []),
    ...((inputs["visibility"] ?? "public") === "public" && isSet(inputs["privateVisibilityConfig"])
      ? refuse("privateVisibilityConfig", "is for zones with visibility private only")
      : []),
    ...(inputs["visibility"] === "private" && ["on", "transfer"].includes(said(pick(inputs, "dnssecConfig.state")))
      ? refuse("dnssecConfig", "is for public zones only")
      : []),
    ...((inputs["visibility"] ?? "public") === "public"
      ? ["forwardingConfig", "peeringConfig"].flatMap((property) =>
          isSet(inputs[property]) ? refuse(property, "is for zones with visibility private only") : [],
        )
      : []),
    ...signing(inputs, before),
  ],
  admit: (moment) =>
    moment.account
      .all(zoneType)
      .filter((item) => item.id !== moment.old?.id && item.inputs["dnsName"] === moment.inputs["dnsName"])
      .filter(
        (item) =>
          moment.inputs["visibility"] === "private" &&
          item.inputs["visibility"] === "private" &&
          sharesNetwork(item.inputs["privateVisibilityConfig"], moment.inputs["privateVisibilityConfig"]),
      )
      .flatMap((item) =>
        refuse(
          "dnsName",
          `The DNS name ${text(moment.inputs["dnsName"])} is already bound to one of the networks by ${item.id}`,
        ),
      ),
  release: (moment) => {
    const prevented = preventedBy(moment);
    const records = moment.account
      .all(recordType)
      .filter((item) => item.inputs["managedZone"] === moment.inputs["name"]);
    return (
      prevented ??
      (records.length > 0 && flag(moment.inputs["forceDestroy"]) !== true
        ? `The resource named '${nameOf(moment)}' cannot be deleted because it contains one or more 'resource records', containerNotEmpty`
        : undefined)
    );
  },
  id: (moment) => `projects/${projectOf(moment)}/managedZones/${nameOf(moment)}`,
  outputs: (moment) => {
    const letter = "abcde"[Number.parseInt(moment.random("servers", 2), 16) % 5];
    return {
      ...labelOutputs(moment),
      ...deletionPolicy(moment),
      ...since(moment, "creationTime"),
      ...kept(moment, "managedZoneId", () => moment.random("managedZoneId", 19, "123456789")),
      project: projectOf(moment),
      nameServers:
        moment.inputs["visibility"] === "private"
          ? ["ns-gcp-private.googledomains.com."]
          : [1, 2, 3, 4].map((n) => `ns-cloud-${letter}${n}.googledomains.com.`),
      cloudLoggingConfig: moment.inputs["cloudLoggingConfig"] ?? { enableLogging: false },
      ...(moment.inputs["visibility"] === "private"
        ? {}
        : { dnssecConfig: moment.inputs["dnssecConfig"] ?? { state: "off" } }),
    };
  },
  seconds: { create: 3, update: 3, delete: 2, source: "estimate: one API call" },
};

/** How a zone is signed is fixed while it is. https://cloud.google.com/dns/docs/reference/rest/v1/managedZones#ManagedZoneDnsSecConfig */
const signing = (inputs: Moment["inputs"], before: Moment["before"]): readonly Refusal[] =>
  pick(before, "dnssecConfig.state") === "on" && pick(inputs, "dnssecConfig.state") === "on"
    ? ["nonExistence", "defaultKeySpecs"].flatMap((key) =>
        same(pick(before, `dnssecConfig.${key}`), pick(inputs, `dnssecConfig.${key}`))
          ? []
          : refuse(`dnssecConfig.${key}`, "can only be changed while DNSSEC is off"),
      )
    : [];

type Config = Parameters<Row["id"]>[0]["inputs"][string] | undefined;
const urls = (config: Config): string[] => JSON.stringify(config ?? null).match(/networks\/[a-z0-9-]+/g) ?? [];
const sharesNetwork = (a: Config, b: Config) => urls(a).some((url) => urls(b).includes(url));

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

export const policy: Row = {
  type: "gcp:dns/policy:Policy",
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: ["name", "project", "dns64Config"],
  unordered: ["networks"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [network("networks.*.networkUrl")],
  inputDefaults: () => ({ description: "Managed by Pulumi" }),
  check: ({ inputs }) =>
    fits(
      inputs,
      "name",
      /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "1 to 63 lower case letters, digits and -, beginning with a letter",
    ),
  admit: (moment) =>
    moment.account
      .all("gcp:dns/policy:Policy")
      .filter((item) => item.id !== moment.old?.id && sharesNetwork(item.inputs["networks"], moment.inputs["networks"]))
      .flatMap((item) => refuse("networks", `a network has one DNS policy; ${item.id} has one of these`)),
  release: preventedBy,
  id: (moment) => `projects/${projectOf(moment)}/policies/${nameOf(moment)}`,
  outputs: (moment) => ({ ...deletionPolicy(moment), project: projectOf(moment) }),
  seconds: { create: 2, update: 2, delete: 2, source: "estimate: one API call" },
};
