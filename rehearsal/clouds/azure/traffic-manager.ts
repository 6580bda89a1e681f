// https://learn.microsoft.com/rest/api/trafficmanager/
import { isIP } from "node:net";
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Refusal, Row } from "../row";
import { isKnown, isSet, list, number, pick, text } from "../values";
import { arm, filled, named } from "./arm";
import { namespace } from "./network";
import { token } from "./types";

export const trafficProfile = token("trafficmanager:Profile");
export const trafficEndpoint = token("trafficmanager:Endpoint");
const api = "2022-04-01";
const profilePath = ["trafficmanagerprofiles", "profileName"] as const;

/** The fast pace leaves an answer less time. https://learn.microsoft.com/azure/traffic-manager/traffic-manager-monitoring */
function paceRefusals({ inputs }: Moment): readonly Refusal[] {
  const fast = number(pick(inputs, "monitorConfig.intervalInSeconds")) === 10;
  return [
    ...oneOf(inputs, "monitorConfig.intervalInSeconds", [10, 30]),
    ...between(inputs, "monitorConfig.timeoutInSeconds", 5, fast ? 9 : 10),
    ...between(inputs, "monitorConfig.toleratedNumberOfFailures", 0, 9),
  ];
}

/** Same page: HTTP and HTTPS ask for a path, TCP has none. */
const pathRefusals = ({ inputs }: Moment): readonly Refusal[] => {
  const [protocol, path] = [text(pick(inputs, "monitorConfig.protocol")), pick(inputs, "monitorConfig.path")];
  if (protocol === undefined) return [];
  if (protocol === "TCP")
    return isSet(path)
      ? refuse("monitorConfig.path", "BadRequest: the path must not be set for the protocol TCP.")
      : [];
  return isSet(path) ? [] : refuse("monitorConfig.path", `BadRequest: the path is required for ${protocol}.`);
};

const profile = arm({
  name: "trafficmanager:Profile",
  api,
  namespace,
  path: [profilePath],
  own: { pattern: /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/, rule: "1 to 63 letters, digits and hyphens" },
  location: "replaces",
  taggable: true,
  check: (moment) => [
    ...oneOf(moment.inputs, "location", ["global", "Global"]),
    ...fits(
      moment.inputs,
      "dnsConfig.relativeName",
      /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/,
      "1 to 63 letters, digits and hyphens",
    ),
    ...between(moment.inputs, "dnsConfig.ttl", 0, 2_147_483_647),
    ...between(moment.inputs, "monitorConfig.port", 1, 65535),
    ...fits(moment.inputs, "monitorConfig.path", /^\//, "a path that begins with /"),
    ...long(moment.inputs, "monitorConfig.customHeaders", 0, 8),
    ...long(moment.inputs, "monitorConfig.expectedStatusCodeRanges", 0, 8),
    ...paceRefusals(moment),
    ...pathRefusals(moment),
  ],
  admit: ({ inputs, account, old }) => {
    const relative = pick(inputs, "dnsConfig.relativeName");
    const before = pick(old?.inputs, "dnsConfig.relativeName");
    const taken = account
      .all(trafficProfile)
      .some((one) => one.id !== old?.id && pick(one.inputs, "dnsConfig.relativeName") === relative);
    if (before !== undefined && before !== relative)
      return refuse(
        "dnsConfig.relativeName",
        `BadRequest: The relativeName of profile ${text(inputs["profileName"]) ?? ""} can't be changed.`,
      );
    return taken
      ? refuse(
          "dnsConfig.relativeName",
          `Conflict: Domain name ${text(relative) ?? ""}.trafficmanager.net already exists.`,
        )
      : [];
  },
  outputs: (moment) => ({
    dnsConfig: {
      ...filled(moment.inputs, "dnsConfig", { ttl: 60 }),
      fqdn: `${text(pick(moment.inputs, "dnsConfig.relativeName")) ?? ""}.trafficmanager.net`,
    },
    monitorConfig: { ...filled(moment.inputs, "monitorConfig", {}), profileMonitorStatus: "CheckingEndpoints" },
    endpoints: moment.inputs["endpoints"] ?? [],
    maxReturn: moment.inputs["maxReturn"] ?? 0,
    profileStatus: moment.inputs["profileStatus"] ?? "Enabled",
    trafficViewEnrollmentStatus: moment.inputs["trafficViewEnrollmentStatus"] ?? "Disabled",
  }),
  seconds: { create: 5, update: 4, delete: 4, source: "estimate" },
});

const kinds = ["AzureEndpoints", "ExternalEndpoints", "NestedEndpoints"];

function twinRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const others = account
    .all(trafficEndpoint)
    .filter((one) => one.id !== old?.id && one.inputs["profileName"] === inputs["profileName"]);
  const twin = (property: "priority" | "target") =>
    others.some((one: Item) => inputs[property] !== undefined && one.inputs[property] === inputs[property]);
  return [
    ...(twin("priority") ? refuse("priority", "BadRequest: the endpoints of a profile can't share a priority.") : []),
    ...(twin("target") ? refuse("target", "BadRequest: the endpoints of a profile can't share a target.") : []),
  ];
}

/** What a way of routing asks of its endpoints: https://learn.microsoft.com/azure/traffic-manager/traffic-manager-routing-methods */
function methodRefusals(moment: Moment): readonly Refusal[] {
  const { inputs } = moment;
  const method = text(
    named(moment, trafficProfile, { namespace, path: [profilePath] })?.inputs["trafficRoutingMethod"],
  );
  const kind = text(inputs["endpointType"]);
  return [
    ...(method === "Performance" && kind !== "AzureEndpoints" && !isSet(inputs["endpointLocation"])
      ? refuse("endpointLocation", "BadRequest: required for endpoints outside of Azure in a Performance profile.")
      : []),
    ...(method === "Geographic" && list(inputs["geoMapping"]).length === 0 && isKnown(inputs["geoMapping"])
      ? refuse("geoMapping", "BadRequest: an endpoint of a Geographic profile needs at least one region.")
      : []),
    ...(method === "MultiValue" && (kind !== "ExternalEndpoints" || isIP(text(inputs["target"]) ?? "") === 0)
      ? refuse("target", "BadRequest: a MultiValue profile has external endpoints with IP addresses only.")
      : []),
    ...(kind === "NestedEndpoints" && !isSet(inputs["minChildEndpoints"])
      ? refuse("minChildEndpoints", "BadRequest: required for nested endpoints.")
      : []),
  ];
}

const endpoints = arm({
  name: "trafficmanager:Endpoint",
  api,
  namespace,
  path: [profilePath, ["endpoints", "endpointName"]],
  parents: [trafficProfile],
  inside: true,
  own: { pattern: /^[^/?#]{1,260}$/, rule: "1 to 260 characters without / ? #" },
  immutable: ["endpointType"],
  check: ({ inputs }) => [
    ...oneOf(inputs, "endpointType", kinds),
    ...between(inputs, "priority", 1, 1000),
    ...between(inputs, "weight", 1, 1000),
    ...(inputs["endpointType"] === "ExternalEndpoints" && inputs["target"] === undefined
      ? refuse("target", "BadRequest: an external endpoint needs a target.")
      : []),
  ],
  admit: (moment) => [...twinRefusals(moment), ...methodRefusals(moment)],
  writeOnly: ["endpointType"],
  outputs: (moment) => ({
    type: `${namespace}/trafficManagerProfiles/${text(moment.inputs["endpointType"]) ?? ""}`,
    endpointMonitorStatus: "CheckingEndpoint",
    endpointStatus: moment.inputs["endpointStatus"] ?? "Enabled",
    alwaysServe: moment.inputs["alwaysServe"] ?? "Disabled",
    weight: moment.inputs["weight"] ?? 1,
  }),
  seconds: { create: 4, update: 4, delete: 3, source: "estimate" },
});
const endpoint: Row = {
  ...endpoints,
  id: (moment) =>
    endpoints.id(moment).replace("/endpoints/", `/${text(moment.inputs["endpointType"]) ?? "endpoints"}/`),
};

export const rows: readonly Row[] = [profile, endpoint];
