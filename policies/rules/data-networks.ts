// Databases and caches live in private subnets only.

import { companion } from "../companion";
import { any, equals, fail, filled, notApplicable, oneOf, pass, unknown } from "../judge";
import { isUnknown, read } from "../read";
import { reached, subnetReach, subnetsOf } from "../routes";
import { type Judge, rule } from "../rule";
import { awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

/** All subnets of a group are private. Subnets made outside the stack can't be seen. */
const privateGroup =
  (property: string): Judge =>
  (view, { graph }) => {
    const expected = "subnets without a route to an internet gateway";
    const { here, elsewhere } = subnetsOf(graph, view, property);
    if (elsewhere)
      return isUnknown(read(view.props, property))
        ? unknown(property, expected)
        : notApplicable("the subnets are made elsewhere");
    const reaches = here.map((subnet) => subnetReach(graph, subnet));
    return reached(reaches.includes(true) ? true : reaches.includes("unknown") ? "unknown" : false, property, expected);
  };

export const databaseSubnets = rule(
  "network-database-private-subnets",
  awsGraph("rds.SubnetGroup, redshift.SubnetGroup, docdb.SubnetGroup, neptune.SubnetGroup", privateGroup("subnetIds")),
  azureGraph(
    "dbforpostgresql.Server, dbformysql.Server",
    any(
      filled("network.delegatedSubnetResourceId", "a delegated subnet"),
      companion(
        [token("azure", "network.PrivateEndpoint")],
        "privateLinkServiceConnections.0.privateLinkServiceId",
        () => pass(""),
      ),
    ),
  ),
  gcpGraph("sql.DatabaseInstance", (view, { graph }) => {
    const path = "settings.ipConfiguration.privateNetwork";
    const expected = "a network with a private services connection";
    const psc = read(view.props, "settings.ipConfiguration.pscConfig");
    if (psc !== undefined && !isUnknown(psc)) return pass("settings.ipConfiguration.pscConfig", expected);
    if (read(view.props, path) === undefined) return fail(path, expected);
    const networks = graph.targets(view, path, [token("gcp", "compute.Network")]).sure;
    if (networks.length === 0)
      return isUnknown(read(view.props, path))
        ? unknown(path, expected)
        : notApplicable("the network is made elsewhere");
    const connected = networks.map((one) =>
      graph.companions(one, [token("gcp", "servicenetworking.Connection")], "network"),
    );
    if (connected.some(({ sure }) => sure.length > 0)) return pass(path, expected);
    return connected.some(({ maybe }) => maybe.length > 0) ? unknown(path, expected) : fail(path, expected);
  }),
);

export const cachePrivate = rule(
  "network-cache-private",
  awsGraph("elasticache.ReplicationGroup, elasticache.Cluster, memorydb.Cluster", (view, context) => {
    if (read(view.props, "replicationGroupId") !== undefined) return notApplicable("in its group's subnets");
    const property = "subnetGroupName";
    if (read(view.props, property) === undefined)
      return fail(property, "a subnet group of private subnets, not the default one");
    const types = [token("aws", "elasticache.SubnetGroup"), token("aws", "memorydb.SubnetGroup")];
    const [group] = context.graph.targets(view, property, types).sure;
    if (group) return privateGroup("subnetIds")(group, context);
    return isUnknown(read(view.props, property))
      ? unknown(property, "a subnet group of private subnets")
      : notApplicable("the subnet group is made elsewhere");
  }),
  azure("redis.Redis, redisenterprise.RedisEnterprise", equals("publicNetworkAccess", "Disabled")),
  gcp("redis.Instance", oneOf("connectMode", ["PRIVATE_SERVICE_ACCESS"])),
  gcp("redis.Instance", filled("authorizedNetwork", "a network of one's own, not default")),
  gcp(
    "memorystore.Instance",
    any(
      filled("desiredAutoCreatedEndpoints", "private endpoints"),
      filled("desiredPscAutoConnections", "private endpoints"),
    ),
  ),
);
