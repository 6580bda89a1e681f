import { parseCidr } from "../cidr";
import { each, fits, long, refuse } from "../limits";
import type { Row, Value } from "../row";
import { flag, isSet, list, pickAll, text } from "../values";
import {
  computeId,
  computeLink,
  deletionPolicy,
  fullLink,
  gceName,
  network,
  preventedBy,
  projectOf,
  said,
  since,
} from "./common";

const tag = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const tagRule = "a network tag is 1 to 63 lower case letters, digits and -";
/** Names that the API knows, or a protocol's number. */
const protocol = /^(all|tcp|udp|icmp|esp|ah|sctp|ipip|\d{1,3})$/i;
const portShape = /^\d{1,5}(-\d{1,5})?$/;
const sources = ["sourceRanges", "sourceTags", "sourceServiceAccounts"];

function validPort(value: Value): boolean {
  if (!portShape.test(said(value))) return false;
  const [from = 0, to = from] = said(value).split("-").map(Number);
  return from <= to && to <= 65_535;
}

export const firewall: Row = {
  type: "gcp:compute/firewall:Firewall",
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: ["name", "project", "direction"],
  unordered: ["allows", "denies", ...sources, "destinationRanges", "targetTags", "targetServiceAccounts"],
  unique: { by: ["project", "name"], scope: "account" },
  references: [network("network")],
  check: ({ inputs }) => {
    const egress = inputs["direction"] === "EGRESS";
    return [
      ...gceName(inputs),
      ...(flag(inputs["enableLogging"]) === false && isSet(inputs["logConfig"])
        ? refuse("logConfig", "log_config cannot be defined when enable_logging is false")
        : []),
      ...(isSet(inputs["allows"]) || isSet(inputs["denies"])
        ? []
        : refuse("allows", "one of allow, deny must be specified")),
      ...["allows", "denies"].flatMap((side) => [
        ...list(inputs[side]).flatMap((_, index) =>
          pickAll(inputs, `${side}.${index}.protocol`).length > 0
            ? []
            : refuse(`${side}.${index}.protocol`, "is required"),
        ),
        ...fits(
          inputs,
          `${side}.*.protocol`,
          protocol,
          "tcp, udp, icmp, esp, ah, sctp, ipip, all, or a protocol's number",
        ),
        ...each(
          inputs,
          `${side}.*.ports.*`,
          validPort,
          (value) => `Invalid port ${value}: write "443" or "8000-8999", 65535 at most`,
        ),
        ...list(inputs[side]).flatMap((_, index) => {
          const [found] = pickAll(inputs, `${side}.${index}.protocol`);
          const ports = pickAll(inputs, `${side}.${index}.ports.*`);
          return ports.length > 0 &&
            found &&
            !["tcp", "udp", "sctp", "6", "17", "132"].includes(said(found.value).toLowerCase())
            ? refuse(`${side}.${index}.ports`, `ports go with tcp, udp and sctp only, not with ${said(found.value)}`)
            : [];
        }),
      ]),
      ...["sourceRanges", "destinationRanges"].flatMap((property) =>
        each(
          inputs,
          `${property}.*`,
          (value) => parseCidr(said(value))?.canonical === true,
          (value) => `${value} is not a CIDR range with no host bits set`,
        ),
      ),
      ...["sourceTags", "targetTags"].flatMap((property) => fits(inputs, `${property}.*`, tag, tagRule)),
      ...long(inputs, "sourceTags", 0, 30),
      ...long(inputs, "targetTags", 0, 70),
      ...(egress
        ? sources
            .filter((name) => name !== "sourceRanges" && isSet(inputs[name]))
            .flatMap((name) => refuse(name, `${name} cannot be specified for an EGRESS rule`))
        : sources.some((name) => isSet(inputs[name]))
          ? []
          : refuse("sourceRanges", "one of source_tags, source_ranges, or source_service_accounts must be defined")),
      ...(text(inputs["description"]) !== undefined && (text(inputs["description"]) ?? "").length > 2048
        ? refuse("description", "has 2048 characters at most")
        : []),
    ];
  },
  release: preventedBy,
  id: (moment) => computeId(moment, "firewalls"),
  outputs: (moment) => {
    const direction = moment.inputs["direction"] ?? "INGRESS";
    return {
      ...deletionPolicy(moment),
      ...since(moment, "creationTimestamp"),
      project: projectOf(moment),
      selfLink: computeLink(moment.id),
      network: fullLink(moment.inputs["network"], moment, "networks"),
      direction,
      destinationRanges: moment.inputs["destinationRanges"] ?? (direction === "EGRESS" ? ["0.0.0.0/0"] : []),
      enableLogging: isSet(moment.inputs["logConfig"]) ? true : (moment.inputs["enableLogging"] ?? false),
    };
  },
  seconds: { create: 11, update: 11, delete: 11, source: "typical of provider logs: 11 s" },
};
