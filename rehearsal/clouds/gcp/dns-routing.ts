// https://cloud.google.com/dns/docs/routing-policies-overview
import { isIP } from "node:net";
import { each, fits, oneOf, refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { isSet, list, object, pick, pickAll, text } from "../values";
import { said } from "./common";
import { regions } from "./regions";

const kinds = ["geos", "primaryBackup", "wrrs"];
const outside = [
  "routingPolicy.primaryBackup.primary.externalEndpoints",
  "routingPolicy.primaryBackup.backupGeos.*.healthCheckedTargets.externalEndpoints",
  "routingPolicy.wrrs.*.healthCheckedTargets.externalEndpoints",
  "routingPolicy.geos.*.healthCheckedTargets.externalEndpoints",
];

/** One policy a record; outside endpoints are addresses that a health check looks at. */
export function routingRefusals(inputs: Props): readonly Refusal[] {
  const policy = object(inputs["routingPolicy"]);
  if (Object.keys(policy).length === 0) return [];
  const checked = outside.some((path) => pickAll(inputs, `${path}.*`).length > 0);
  return [
    ...(kinds.filter((kind) => isSet(policy[kind])).length === 1
      ? []
      : refuse("routingPolicy", `exactly one of ${kinds.join(", ")} must be specified`)),
    ...(checked && !isSet(policy["healthCheck"])
      ? refuse("routingPolicy.healthCheck", "is required with externalEndpoints")
      : []),
    ...outside.flatMap((path) =>
      each(
        inputs,
        `${path}.*`,
        (value) => isIP(said(value)) > 0,
        (value) => `${value} is no IP address`,
      ),
    ),
    ...oneOf(inputs, "routingPolicy.primaryBackup.backupGeos.*.location", Object.keys(regions)),
    ...fits(inputs, "type", /^(A|AAAA|CNAME|MX|SRV|TXT)$/, "routing policies are for A, AAAA, CNAME, MX, SRV and TXT"),
    ...(isSet(policy["primaryBackup"]) &&
    list(pick(policy, "primaryBackup.backupGeos")).length === 0 &&
    text(pick(policy, "primaryBackup.backupGeos")) === undefined
      ? refuse("routingPolicy.primaryBackup.backupGeos", "at least one is needed")
      : []),
  ];
}
