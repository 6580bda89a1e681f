// https://cloud.google.com/certificate-manager/docs/reference/certificate-manager/rest
import { each, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { isObject, isSet, list, object, text } from "../values";
import {
  deletionPolicy,
  labelOutputs,
  labelSecrets,
  labels,
  nameOf,
  preventedBy,
  projectOf,
  said,
  since,
} from "./common";
import { recordType } from "./dns";

const authorizationType = "gcp:certificatemanager/dnsAuthorization:DnsAuthorization";
const certificateType = "gcp:certificatemanager/certificate:Certificate";
export const mapType = "gcp:certificatemanager/certificateMap:CertificateMap";
const entryType = "gcp:certificatemanager/certificateMapEntry:CertificateMapEntry";

const named = (inputs: Moment["inputs"]) =>
  fits(
    inputs,
    "name",
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "1 to 63 lower case letters, digits and -, beginning with a letter",
  );
const domain = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const placeOf = (moment: Moment, kind: string, location = "global") =>
  `projects/${projectOf(moment)}/locations/${location}/${kind}`;
const shared = (moment: Moment) => ({
  ...labelOutputs(moment),
  ...deletionPolicy(moment),
  project: projectOf(moment),
});
const locationOf = ({ inputs }: Moment) => text(inputs["location"]) ?? "global";
const auto = { property: "name", max: 63 } as const;

/** https://cloud.google.com/certificate-manager/docs/domain-authorization#dns-auth */
const kindOf = (moment: Moment) =>
  text(moment.inputs["type"]) ?? (locationOf(moment) === "global" ? "FIXED_RECORD" : "PER_PROJECT_RECORD");

export const dnsAuthorization: Row = {
  type: authorizationType,
  autoName: auto,
  required: ["name"],
  immutable: ["domain", "location", "name", "project", "type"],
  unique: { by: ["project", "location", "name"], scope: "account" },
  secrets: labelSecrets,
  check: ({ inputs }) => [
    ...named(inputs),
    ...labels(inputs),
    ...fits(inputs, "domain", domain, "a host name without a dot at the end"),
  ],
  release: preventedBy,
  id: (moment) => `${placeOf(moment, "dnsAuthorizations", locationOf(moment))}/${nameOf(moment)}`,
  outputs: (moment) => ({
    ...shared(moment),
    dnsResourceRecords: [
      {
        // A record of a project's own lets several projects prove one domain.
        name: `${kindOf(moment) === "FIXED_RECORD" ? "_acme-challenge" : `_acme-challenge_${moment.random("record", 16, "abcdefghijklmnopqrstuvwxyz234567")}`}.${text(moment.inputs["domain"]) ?? ""}.`,
        type: "CNAME",
        data: `${moment.random("token", 8)}-${moment.random("token 2", 4)}-${moment.random("token 3", 12)}.${moment.random("batch", 2, "123456789")}.authorize.certificatemanager.goog.`,
      },
    ],
    type: kindOf(moment),
  }),
  seconds: { create: 12, update: 8, delete: 8, source: "estimate" },
};

/** Google finds its record before it issues; without, the certificate stays PROVISIONING, which no error tells. */
export const certificate: Row = {
  type: certificateType,
  autoName: auto,
  required: ["name"],
  immutable: ["location", "managed", "name", "project", "scope"],
  unique: { by: ["project", "location", "name"], scope: "account" },
  references: [{ path: "managed.dnsAuthorizations.*", to: [authorizationType] }],
  secrets: labelSecrets,
  check: ({ inputs }) => [
    ...named(inputs),
    ...labels(inputs),
    ...oneOf(inputs, "scope", ["ALL_REGIONS", "CLIENT_AUTH", "DEFAULT", "EDGE_CACHE"]),
    ...fits(inputs, "managed.domains.*", domain, "a host name without a dot at the end"),
    ...long(inputs, "managed.domains", 1, 100),
    // https://cloud.google.com/certificate-manager/docs/domain-authorization
    ...(isObject(inputs["managed"]) &&
    !["dnsAuthorizations", "issuanceConfig"].some((key) => isSet(object(inputs["managed"])[key]))
      ? each(
          inputs,
          "managed.domains.*",
          (value) => !said(value).startsWith("*."),
          (value) => `${value} is a wildcard: it needs a DNS authorization`,
        )
      : []),
    ...(isSet(inputs["managed"]) === isSet(inputs["selfManaged"])
      ? refuse("managed", "one of managed, self_managed must be specified")
      : []),
  ],
  admit: strayDomains,
  release: preventedBy,
  id: (moment) => `${placeOf(moment, "certificates", locationOf(moment))}/${nameOf(moment)}`,
  outputs: (moment) => ({
    ...shared(moment),
    managed: {
      ...object(moment.inputs["managed"]),
      authorizationAttemptInfos: [],
      provisioningIssues: [],
      state: isProved(moment) ? "ACTIVE" : "PROVISIONING",
    },
    sanDnsnames: list(object(moment.inputs["managed"])["domains"]),
  }),
  ripens: ["managed"],
  seconds: { create: 20, update: 10, delete: 12, source: "estimate; it is issued minutes later by itself" },
};

/** Pending when it is asked for; issued once each authorization's record stands in a zone. */
function isProved({ inputs, account, old }: Moment): boolean {
  const given = list(object(inputs["managed"])["dnsAuthorizations"]);
  if (old === undefined || given.length === 0) return false;
  return given.every((id) => {
    const wanted = list(account.find([authorizationType], "id", id)?.outputs["dnsResourceRecords"]).map(object);
    return (
      wanted.length > 0 &&
      wanted.every(({ name, type, data }) =>
        account
          .all(recordType)
          .some(
            (one) =>
              one.inputs["name"] === name &&
              one.inputs["type"] === type &&
              list(one.inputs["rrdatas"]).some((value) => value === data),
          ),
      )
    );
  });
}

/** Each domain needs an authorization of its own, or one of its parent for a wildcard. */
function strayDomains({ inputs, account }: Moment): readonly Refusal[] {
  const managed = object(inputs["managed"]);
  const given = list(managed["dnsAuthorizations"]);
  const proved = given.flatMap((id) => {
    const found = account.find([authorizationType], "id", id);
    return found ? [text(found.inputs["domain"])] : [];
  });
  if (given.length === 0 || proved.length < given.length) return [];
  return list(managed["domains"]).flatMap((one, index) =>
    proved.includes((text(one) ?? "").replace(/^\*\./, ""))
      ? []
      : refuse(`managed.domains.${index}`, `Invalid value: no DNS authorization is for ${text(one) ?? ""}`),
  );
}

export const certificateMap: Row = {
  type: mapType,
  autoName: auto,
  required: ["name"],
  immutable: ["name", "project"],
  unique: { by: ["project", "name"], scope: "account" },
  secrets: labelSecrets,
  check: ({ inputs }) => [...named(inputs), ...labels(inputs)],
  release: preventedBy,
  id: (moment) => `${placeOf(moment, "certificateMaps")}/${nameOf(moment)}`,
  outputs: (moment) => ({
    ...shared(moment),
    ...since(moment, "createTime"),
    gclbTargets: [],
    updateTime: moment.now,
  }),
  volatile: ["updateTime"],
  seconds: { create: 12, update: 8, delete: 8, source: "estimate" },
};

export const certificateMapEntry: Row = {
  type: entryType,
  autoName: auto,
  required: ["name"],
  immutable: ["hostname", "map", "matcher", "name", "project"],
  unique: { by: ["project", "map", "name"], scope: "account" },
  references: [
    { path: "map", to: [mapType], by: ["name", "id"] },
    { path: "certificates.*", to: [certificateType] },
  ],
  secrets: labelSecrets,
  check: ({ inputs }) => [
    ...named(inputs),
    ...labels(inputs),
    ...long(inputs, "certificates", 1, 4),
    ...fits(inputs, "hostname", domain, "a host name without a dot at the end"),
    ...oneOf(inputs, "matcher", ["PRIMARY"]),
    ...(isSet(inputs["hostname"]) === isSet(inputs["matcher"])
      ? refuse("hostname", "one of hostname, matcher must be specified")
      : []),
  ],
  release: preventedBy,
  id: (moment) =>
    `${placeOf(moment, "certificateMaps")}/${(text(moment.inputs["map"]) ?? "").replace(/^.*\//, "")}/certificateMapEntries/${nameOf(moment)}`,
  outputs: (moment) => ({
    ...shared(moment),
    ...since(moment, "createTime"),
    state: "ACTIVE",
    updateTime: moment.now,
  }),
  volatile: ["updateTime"],
  seconds: { create: 14, update: 10, delete: 10, source: "estimate" },
};
