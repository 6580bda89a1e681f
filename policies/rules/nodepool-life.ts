// CLU, HA: nodes heal, get patches, and outlive a zone.

import { automatic, azurePools, clusterOf, gcpPools, provided } from "../clusters";
import { all, any, atLeast, equals, fail, isTrue, noneOf, pass, unknown } from "../judge";
import { holdsMany } from "../lists";
import { lasting } from "../primaries";
import { asText, isUnknown, join, list, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, gcp, gcpGraph, token } from "../tokens";

export const autoRepair = rule(
  "nodepool-auto-repair-upgrade",
  aws("eks.NodeGroup", isTrue("nodeRepairConfig.enabled")),
  azure(
    "containerservice.ManagedCluster",
    provided(
      automatic,
      "AKS Automatic keeps nodes up to date",
      noneOf("autoUpgradeProfile.nodeOSUpgradeChannel", ["None", "Unmanaged"]),
    ),
  ),
  gcp(
    "container.Cluster, container.NodePool",
    gcpPools((at) =>
      all(isTrue(join(at, "management.autoRepair"), "pass"), isTrue(join(at, "management.autoUpgrade"), "pass")),
    ),
  ),
);

/** Zones by the subnets made here; by their number where they are made elsewhere, or their zone isn't known. */
const subnetZones: Judge = (view, context) => {
  const path = "subnetIds";
  const expected = "subnets in two zones or more";
  const here = context.graph.targets(view, path, [token("aws", "ec2.Subnet")]).sure;
  if (here.length === 0) return holdsMany(path, 2, expected)(view, context);
  const zones = here.map(
    (one) =>
      read(one.props, "availabilityZone") ??
      read(one.props, "availabilityZoneId") ??
      read(one.outputs, "availabilityZone"),
  );
  const known = new Set(zones.filter((zone) => zone !== undefined && !isUnknown(zone)).map(asText));
  if (known.size >= 2) return pass(path, expected);
  const open = zones.some((zone) => zone === undefined || isUnknown(zone));
  return open && here.length >= 2 ? unknown(path, expected) : fail(path, expected);
};

const isZone = (location: string) => /-[a-z]$/.test(location);

/** The pool's own zones, else the cluster's: a region is three, a zone is one and those added to it. */
const zones =
  (at: string): Judge =>
  (view, { graph }) => {
    const path = join(at, "nodeLocations");
    const expected = "two zones or more, or a regional cluster";
    const own = list(view.props, path);
    const isCluster = view.type === token("gcp", "container.Cluster");
    // A zonal cluster's nodeLocations come on top of its own zone.
    if (typeof own !== "symbol" && own.length >= 2) return pass(path, expected);
    if (typeof own !== "symbol" && own.length === 1 && !(isCluster && at === "")) return fail(path, expected);
    const home: View | undefined = isCluster ? view : clusterOf(graph, view);
    const location = read(view.props, "location") ?? (home && read(home.props, "location"));
    if (isUnknown(location) || typeof own === "symbol") return unknown(path, expected);
    if (location === undefined) return home ? fail(path, expected) : unknown(path, expected);
    const more = home ? list(home.props, "nodeLocations") : [];
    return !isZone(asText(location)) || (typeof more !== "symbol" && more.length >= 1)
      ? pass(path, expected)
      : fail(path, expected);
  };

/** Counts are those of each zone, but for `total`. */
const enough =
  (at: string): Judge =>
  (view, context) => {
    const autoscaling = join(at, "autoscaling");
    const spot = any(isTrue(join(at, "nodeConfig.spot")), isTrue(join(at, "nodeConfig.preemptible")))(view, context);
    if (!Array.isArray(spot) && (spot as { status: string }).status === "pass") return spot;
    if (read(view.props, autoscaling) !== undefined)
      return any(atLeast(`${autoscaling}.minNodeCount`, 1), atLeast(`${autoscaling}.totalMinNodeCount`, 2))(
        view,
        context,
      );
    return any(atLeast(join(at, "nodeCount"), 1), atLeast(join(at, "initialNodeCount"), 1))(view, context);
  };

export const multiZone = rule(
  "nodepool-multi-zone",
  // Spare capacity comes and goes by itself: batch work may have none of it standing.
  awsGraph(
    "eks.NodeGroup",
    lasting(all(any(equals("capacityType", "SPOT"), atLeast("scalingConfig.minSize", 2)), subnetZones)),
  ),
  azure(
    "containerservice.ManagedCluster, containerservice.AgentPool",
    lasting(
      azurePools((at) => (view, context) => {
        const scaled = text(view.props, join(at, "enableAutoScaling")) === "true";
        return all(
          holdsMany(join(at, "availabilityZones"), 2, "two zones or more"),
          any(equals(join(at, "scaleSetPriority"), "Spot"), atLeast(join(at, scaled ? "minCount" : "count"), 2)),
        )(view, context);
      }),
    ),
  ),
  gcpGraph("container.Cluster, container.NodePool", lasting(gcpPools((at) => all(zones(at), enough(at))))),
);
