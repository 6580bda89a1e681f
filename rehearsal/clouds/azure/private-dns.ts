// Private DNS zones and their links to networks.
import { oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { pick, text } from "../values";
import { arm, etag } from "./arm";
import { namespace, networkName, virtualNetwork } from "./network";
import { token } from "./types";

export const privateZone = token("privatedns:PrivateZone");
const privateZoneLink = token("privatedns:VirtualNetworkLink");

const label = "[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?";
const zoneRow = arm({
  name: "privatedns:PrivateZone",
  api: "2024-06-01",
  namespace,
  path: [["privateDnsZones", "privateZoneName"]],
  own: {
    pattern: new RegExp(`^(?=.{1,253}$)${label}(\\.${label}){1,33}$`),
    rule: "2 to 34 labels of 1 to 63 letters, digits, _ and -, 253 characters at most",
  },
  location: "replaces",
  taggable: true,
  check: ({ inputs }) => [
    ...oneOf(inputs, "location", ["global", "Global"]),
    ...(/^(azure\.com|windows\.net|azure\.net)$/i.test(text(inputs["privateZoneName"]) ?? "")
      ? refuse("privateZoneName", "ReservedZoneName: the zone name is reserved.")
      : []),
  ],
  volatile: ["etag"],
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    etag: etag(moment),
    internalId: `SW1tdXRhYmxlWm9uZUlkZW50aXR5${moment.random("id", 12)}`,
    maxNumberOfRecordSets: 25000,
    maxNumberOfVirtualNetworkLinks: 1000,
    maxNumberOfVirtualNetworkLinksWithRegistration: 100,
    numberOfRecordSets: 1,
    numberOfVirtualNetworkLinks: 0,
    numberOfVirtualNetworkLinksWithRegistration: 0,
  }),
  seconds: { create: 35, update: 10, delete: 25, source: "estimate: 30 s from deployments' logs" },
});

const zoneLinkRow = arm({
  name: "privatedns:VirtualNetworkLink",
  api: "2024-06-01",
  namespace,
  path: [
    ["privateDnsZones", "privateZoneName"],
    ["virtualNetworkLinks", "virtualNetworkLinkName"],
  ],
  parents: [privateZone],
  own: networkName(80),
  location: "replaces",
  taggable: true,
  references: [
    {
      path: "virtualNetwork.id",
      to: [virtualNetwork],
    },
  ],
  check: ({ inputs }) => [...oneOf(inputs, "location", ["global", "Global"])],
  admit: (moment) => linkRefusals(moment),
  volatile: ["etag"],
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    virtualNetworkLinkState: "Completed",
    etag: etag(moment),
    registrationEnabled: moment.inputs["registrationEnabled"] ?? false,
    resolutionPolicy: moment.inputs["resolutionPolicy"] ?? "Default",
  }),
  seconds: { create: 40, update: 15, delete: 40, source: "estimate: 30 to 60 s from deployments' logs" },
});

function linkRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const network = pick(inputs, "virtualNetwork.id");
  const others = account
    .all(privateZoneLink)
    .filter((other) => other.id !== old?.id && pick(other.inputs, "virtualNetwork.id") === network);
  return [
    ...(old && pick(old.inputs, "virtualNetwork.id") !== network
      ? refuse("virtualNetwork.id", "BadRequest: the virtual network of an existing link can't be changed.")
      : []),
    ...(others.some((other) => other.inputs["privateZoneName"] === inputs["privateZoneName"])
      ? refuse(
          "virtualNetwork.id",
          "Conflict: A virtual network cannot be linked to multiple zones with overlapping namespaces.",
        )
      : []),
    ...(inputs["registrationEnabled"] === true && others.some((other) => other.inputs["registrationEnabled"] === true)
      ? refuse("registrationEnabled", "Conflict: a virtual network can register its names in one private zone only.")
      : []),
  ];
}

export const rows: readonly Row[] = [zoneRow, zoneLinkRow];
