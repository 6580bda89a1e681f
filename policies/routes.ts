// Which subnets can be reached from the internet: a subnet is public when a route of its table leads to an internet
// gateway, whatever its name or tags say. Main and default tables count for subnets with no table of their own.
import type { Graph } from "./graph";
import { fail, pass, unknown } from "./judge";
import { isObject, isUnknown, join, list, read } from "./read";
import type { Verdict, View } from "./rule";
import { token } from "./tokens";

const subnetType = token("aws", "ec2.Subnet");
const tableType = token("aws", "ec2.RouteTable");
const defaultTable = token("aws", "ec2.DefaultRouteTable");
const mainType = token("aws", "ec2.MainRouteTableAssociation");
const associationType = token("aws", "ec2.RouteTableAssociation");
const routeType = token("aws", "ec2.Route");
const gatewayType = token("aws", "ec2.InternetGateway");
const vpcType = token("aws", "ec2.Vpc");

/** true: routed to the internet; false: surely not; unknown: a table or route can't be told yet. */
export type Reach = boolean | "unknown";

const or = (reaches: readonly Reach[]): Reach =>
  reaches.includes(true) ? true : reaches.includes("unknown") ? "unknown" : false;

/** Does a gateway property name an internet gateway? A value (`igw-...`), or a dependency on one made here. */
function toInternet(graph: Graph, view: View, path: string, sources: string): Reach {
  const value = read(view.props, path);
  if (value === undefined) return false;
  if (typeof value === "string")
    return value.startsWith("igw-") || graph.targets(view, path, [gatewayType]).sure.length > 0;
  const made = graph.sources(view, sources).some(({ type }) => type === gatewayType);
  if (made) return true;
  return isUnknown(value) && (view.propertyDependencies[sources] ?? []).length === 0 ? "unknown" : false;
}

function tableReach(graph: Graph, table: View): Reach {
  const inline = list(table.props, "routes");
  const own =
    typeof inline === "symbol"
      ? ["unknown" as const]
      : inline.map((route, index) =>
          isObject(route) ? toInternet(graph, table, join("routes", index, "gatewayId"), "routes") : false,
        );
  const { sure, maybe } = graph.companions(table, [routeType], "routeTableId");
  const standing = sure.map((route) => toInternet(graph, route, "gatewayId", "gatewayId"));
  const loose = maybe.map((route) =>
    toInternet(graph, route, "gatewayId", "gatewayId") === false ? false : ("unknown" as const),
  );
  return or([...own, ...standing, ...loose]);
}

/** Asked once a graph: many clusters and databases name one subnet. */
const reaches = new WeakMap<Graph, Map<View, Reach>>();
export function subnetReach(graph: Graph, subnet: View): Reach {
  const known = reaches.get(graph) ?? new Map<View, Reach>();
  reaches.set(graph, known);
  const reach = known.get(subnet) ?? reachOf(graph, subnet);
  known.set(subnet, reach);
  return reach;
}

/** The tables of a subnet: associated ones, else its VPC's main table. */
function reachOf(graph: Graph, subnet: View): Reach {
  const { sure, maybe } = graph.companions(subnet, [associationType], "subnetId");
  const tables = (associations: readonly View[]) =>
    associations.flatMap((one) => graph.targets(one, "routeTableId", [tableType, defaultTable]).sure);
  if (sure.length > 0) return or(tables(sure).map((table) => tableReach(graph, table)));
  if (maybe.length > 0)
    return or(tables(maybe).map((table) => (tableReach(graph, table) === false ? false : "unknown")));
  return or(mainTables(graph, subnet).map((table) => tableReach(graph, table)));
}

function mainTables(graph: Graph, subnet: View): readonly View[] {
  return graph.targets(subnet, "vpcId", [vpcType]).sure.flatMap((vpc) => {
    const chosen = graph
      .companions(vpc, [mainType], "vpcId")
      .sure.flatMap((one) => graph.targets(one, "routeTableId", [tableType]).sure);
    const adopted = graph
      .ofType(defaultTable)
      .filter((table) => graph.sources(table, "defaultRouteTableId").includes(vpc));
    return [...chosen, ...adopted];
  });
}

/** The subnets that a list property names, with what is made elsewhere counted as not known. */
export function subnetsOf(graph: Graph, view: View, property: string): { here: readonly View[]; elsewhere: boolean } {
  const here = graph.targets(view, property, [subnetType]).sure;
  return { here, elsewhere: here.length === 0 };
}

/** A reach as a verdict of a rule that wants none. */
export const reached = (reach: Reach, path: string, expected: string): Verdict =>
  reach === true ? fail(path, expected) : reach === "unknown" ? unknown(path, expected) : pass(path, expected);
