// Databases and caches live in private subnets only.

import { companion } from "../companion";
import { any, equals, fail, filled, notApplicable, oneOf, pass, unknown } from "../judge";
import { privateSubnets } from "../private-subnets";
import { isUnknown, read } from "../read";
import { rule } from "../rule";
import { awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

export const databaseSubnets = rule(
  "network-database-private-subnets",
  awsGraph(
    "rds.SubnetGroup, redshift.SubnetGroup, docdb.SubnetGroup, neptune.SubnetGroup",
    privateSubnets("subnetIds"),
  ),
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
    if (group) return privateSubnets("subnetIds")(group, context);
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
