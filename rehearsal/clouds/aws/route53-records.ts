// Records, and the checks that some of them follow.
import { isIPv4, isIPv6 } from "node:net";
import { between, each, fits, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Refusal, Row, Value } from "../row";
import { arn, uuid } from "../shapes";
import { flag, isList, isSet, list, object, pickAll, text, texts } from "../values";
import { plainName } from "./route53";
import { awsRow, told } from "./row";
import { T } from "./types";

const kinds = "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT".split(" ");
const policies = [
  "cidrRoutingPolicy",
  "failoverRoutingPolicies",
  "geolocationRoutingPolicies",
  "geoproximityRoutingPolicy",
  "latencyRoutingPolicies",
  "multivalueAnswerRoutingPolicy",
  "weightedRoutingPolicies",
];
/** Each string of a TXT record: quoted, 255 characters at most. */
const quoted = /^("([^"\\]|\\.){0,255}"|[^\s"]{1,255})( "([^"\\]|\\.){0,255}")*$/s;

function shapeRefusals({ inputs }: Moment): readonly Refusal[] {
  const type = text(inputs["type"]);
  const alias = list(inputs["aliases"]).length > 0;
  const given = (value: Value | undefined) => isSet(value) && value !== false && !(isList(value) && value.length === 0);
  const routed = policies.some((policy) => given(inputs[policy]));
  return [
    ...(alias || inputs["records"] !== undefined ? [] : refuse("records", "one of `alias,records` must be specified")),
    ...(!alias && !isSet(inputs["ttl"]) ? refuse("ttl", "all of `records,ttl` must be specified") : []),
    ...(!routed && isSet(inputs["setIdentifier"])
      ? refuse("setIdentifier", "InvalidInput: a set identifier needs a routing policy: weight, region, failover ...")
      : []),
    ...(type === "AAAA"
      ? each(
          inputs,
          "records.*",
          (value) => typeof value === "string" && isIPv6(value),
          (value) => `InvalidChangeBatch: invalid resource record: ${value} is not a valid IPv6 address`,
        )
      : []),
    ...(type === "MX"
      ? fits(inputs, "records.*", /^\d{1,5} \S+$/, "InvalidChangeBatch: [priority] [mail server host name]")
      : []),
    ...(routed && !isSet(inputs["setIdentifier"]) ? refuse("setIdentifier", "is required with a routing policy") : []),
    ...(type === "CNAME" && list(inputs["records"]).length > 1
      ? refuse("records", "InvalidChangeBatch: a CNAME resource record set has one value")
      : []),
    ...(type === "A"
      ? each(
          inputs,
          "records.*",
          (value) => typeof value === "string" && isIPv4(value),
          (value) => `InvalidChangeBatch: invalid resource record: ${value} is not a valid IPv4 address`,
        )
      : []),
    ...(type === "TXT"
      ? fits(inputs, "records.*", quoted, "InvalidCharacterString: quote each string of up to 255 characters")
      : []),
    ...(type === "CAA"
      ? fits(inputs, "records.*", /^\d{1,3} (issue|issuewild|iodef) ".*"$/, 'InvalidCAARecord: [flags] [tag] "[value]"')
      : []),
  ];
}

/** The zone's name is behind it, as the provider writes it. */
const wholeName = ({ inputs, account }: Moment): string => {
  const name = plainName(inputs["name"]);
  const zone = plainName(told(account.find([T.zone], "id", inputs["zoneId"] ?? null), "name"));
  return zone === "" || name === zone || name.endsWith(`.${zone}`) ? name : [name, zone].filter(Boolean).join(".");
};

function twinRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account, old } = moment;
  const name = wholeName(moment);
  const same = (one: Item) =>
    one.id !== old?.id && one.outputs["zoneId"] === inputs["zoneId"] && plainName(one.outputs["fqdn"]) === name;
  const neighbours = account.all(T.record).filter(same);
  const twin = neighbours.find(
    (one) => one.inputs["type"] === inputs["type"] && one.inputs["setIdentifier"] === inputs["setIdentifier"],
  );
  const alone = neighbours.find((one) => (one.inputs["type"] === "CNAME") !== (inputs["type"] === "CNAME"));
  return [
    ...(twin && flag(inputs["allowOverwrite"]) !== true
      ? refuse(
          "name",
          `InvalidChangeBatch: [Tried to create resource record set [name='${name}.', type='${text(inputs["type"])}'] but it already exists]`,
        )
      : []),
    ...(alone
      ? refuse(
          "name",
          `InvalidChangeBatch: [RRSet of type ${text(inputs["type"])} with DNS name ${name}. is not permitted as it conflicts with other records with the same DNS name]`,
        )
      : []),
  ];
}

const record = awsRow({
  type: T.record,
  global: true,
  taggable: false,
  immutable: ["name", "setIdentifier", "type", "zoneId"],
  unordered: ["records"],
  deleteBeforeReplace: false,
  references: [
    { path: "zoneId", to: [T.zone] },
    { path: "healthCheckId", to: [T.healthCheck] },
    { path: "aliases.*.name", to: [T.distribution], by: "domainName", except: /(?<!\.cloudfront\.net)$/ },
  ],
  check: (moment) => [...oneOf(moment.inputs, "type", kinds), ...shapeRefusals(moment)],
  admit: twinRefusals,
  id: (moment) =>
    [
      text(moment.inputs["zoneId"]),
      wholeName(moment),
      text(moment.inputs["type"]),
      text(moment.inputs["setIdentifier"]),
    ]
      .filter((part) => part !== undefined)
      .join("_"),
  outputs: (moment) => ({
    fqdn: wholeName(moment),
    name: plainName(moment.inputs["name"]),
    allowOverwrite: flag(moment.inputs["allowOverwrite"]) ?? false,
  }),
  seconds: { create: 35, update: 35, delete: 35, source: "estimate: 30 to 60 s until the change is INSYNC" },
});

const checkKinds = [
  "HTTP",
  "HTTPS",
  "HTTP_STR_MATCH",
  "HTTPS_STR_MATCH",
  "TCP",
  "CALCULATED",
  "CLOUDWATCH_METRIC",
  "RECOVERY_CONTROL",
];
const reserved = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
const healthCheck = awsRow({
  type: T.healthCheck,
  global: true,
  immutable: ["measureLatency", "referenceName", "requestInterval", "routingControlArn", "type"],
  unordered: ["childHealthchecks", "regions"],
  references: [{ path: "childHealthchecks.*", to: [T.healthCheck] }],
  inputDefaults: () => ({ disabled: false }),
  check: ({ inputs }) => [
    ...oneOf(inputs, "type", checkKinds),
    ...oneOf(inputs, "requestInterval", [10, 30]),
    ...between(inputs, "failureThreshold", 1, 10),
    ...between(inputs, "port", 1, 65535),
    ...between(inputs, "childHealthThreshold", 0, 256),
    ...long(inputs, "fqdn", 0, 255),
    ...long(inputs, "resourcePath", 0, 255),
    ...each(
      inputs,
      "ipAddress",
      (value) => typeof value === "string" && !reserved.test(value),
      (value) => `InvalidInput: the IP address ${value} is in a range that can't be checked: it must be a public one`,
    ),
    ...(/^(HTTP|TCP)/.test(text(inputs["type"]) ?? "") && !isSet(inputs["ipAddress"]) && !isSet(inputs["fqdn"])
      ? refuse("fqdn", "InvalidInput: either an IP address or a domain name is required")
      : []),
    ...(inputs["type"] === "CALCULATED" && list(inputs["childHealthchecks"]).length === 0
      ? refuse("childHealthchecks", "InvalidInput: a calculated health check has 1 to 256 children")
      : []),
    ...(pickAll(inputs, "childHealthchecks.*").length > 256
      ? refuse("childHealthchecks", "InvalidInput: a calculated health check has 1 to 256 children")
      : []),
  ],
  id: (moment) => uuid(moment.random("id", 32)),
  outputs: (moment) => {
    const called = /^HTTPS/.test(text(moment.inputs["type"]) ?? "");
    return {
      arn: arn({ service: "route53", resource: `healthcheck/${moment.id}` }),
      enableSni: flag(moment.inputs["enableSni"]) ?? called,
      failureThreshold: moment.inputs["failureThreshold"] ?? (moment.inputs["type"] === "CALCULATED" ? 0 : 3),
      regions: texts(moment.inputs["regions"]),
      tags: object(moment.inputs["tags"]),
    };
  },
  seconds: { create: 3, update: 3, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [record, healthCheck];
