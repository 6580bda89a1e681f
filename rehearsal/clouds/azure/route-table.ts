import { each, refuse } from "../limits";
import type { Props, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, text } from "../values";
import { arm, objectsAt } from "./arm";
import { api, namespace, networkName, provisioned } from "./network";
import { isPeer } from "./network-rules";

/** https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined */
const routeRefusals = (inputs: Props): readonly Refusal[] => {
  const all = objectsAt(inputs, "routes.*");
  return all.flatMap(({ path, value }, index) => {
    const [hop, address] = [text(value["nextHopType"]), value["nextHopIpAddress"]];
    const twin = all.findIndex((other) => isSet(value["name"]) && other.value["name"] === value["name"]) < index;
    return [
      ...(hop === "VirtualAppliance" && !isSet(address)
        ? refuse(
            `${path}.nextHopIpAddress`,
            "InvalidRouteNextHopIpAddress: required with the next hop VirtualAppliance.",
          )
        : []),
      ...(hop !== undefined && hop !== "VirtualAppliance" && isSet(address)
        ? refuse(`${path}.nextHopIpAddress`, `InvalidRouteNextHopIpAddress: can't be given with the next hop ${hop}.`)
        : []),
      ...(isSet(value["name"]) && twin
        ? refuse(`${path}.name`, "InvalidRequestFormat: names of routes are unique in a table.")
        : []),
    ];
  });
};

const routes = arm({
  name: "network:RouteTable",
  api,
  namespace,
  path: [["routeTables", "routeTableName"]],
  own: networkName(80),
  location: "refused",
  taggable: true,
  check: ({ inputs }) => [
    ...routeRefusals(inputs),
    ...each(
      inputs,
      "routes.*.addressPrefix",
      isPeer,
      (value) => `${value} is neither an address range nor a service tag`,
    ),
  ],
  volatile: ["etag"],
  outputs: (moment) => ({
    ...provisioned(moment),
    resourceGuid: moment.old?.outputs["resourceGuid"] ?? uuid(moment.random("guid", 32, HEX)),
    routes: moment.inputs["routes"] ?? [],
    subnets: [],
  }),
  seconds: { create: 4, update: 4, delete: 6, source: "estimate" },
});

export const rows: readonly Row[] = [routes];
