import { fits, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { flag, isSet, pick, same, text } from "../values";
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

export const zoneType = "gcp:dns/managedZone:ManagedZone";
export const recordType = "gcp:dns/recordSet:RecordSet";
const fqdn = /^(?=.{1,254}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/i;

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
