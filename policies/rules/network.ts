// NET: machines, services and addresses that may not be reached from outside.

import { companion } from "../companion";
import { document } from "../documents";
import { tierOne } from "../first-tier";
import { letsAnyoneIn } from "../iam";
import {
  all,
  any,
  each,
  equals,
  fail,
  filled,
  holds,
  isFalse,
  isTrue,
  noneOf,
  pass,
  unknown,
  unset,
  when,
  where,
} from "../judge";
import { publicMembers } from "../members";
import { folded, list } from "../read";
import { type Judge, rule, type View } from "../rule";
import { tagOf } from "../tags";
import { aws, awsGraph, azure, gcp, token } from "../tokens";

export const databaseNotPublic = rule(
  "network-database-not-public",
  aws("rds.Instance, rds.ClusterInstance", isFalse("publiclyAccessible", "pass")),
  aws("redshift.Cluster, dms.ReplicationInstance", isFalse("publiclyAccessible")),
  azure(
    "dbforpostgresql.Server, dbformysql.Server",
    any(
      equals("network.publicNetworkAccess", "Disabled"),
      filled("network.delegatedSubnetResourceId", "a delegated subnet"),
    ),
  ),
  azure("sql.Server, cosmosdb.DatabaseAccount", equals("publicNetworkAccess", "Disabled")),
  gcp(
    "sql.DatabaseInstance",
    all(
      isFalse("settings.ipConfiguration.ipv4Enabled"),
      any(filled("settings.ipConfiguration.privateNetwork", "a network"), filled("settings.ipConfiguration.pscConfig")),
    ),
  ),
);

export const searchInVpc = rule(
  "network-search-domain-in-vpc",
  aws("opensearch.Domain", filled("vpcOptions.subnetIds", "private subnets")),
  azure("search.Service", equals("publicNetworkAccess", "disabled")),
);

export const messagingPolicy = rule(
  "network-messaging-not-public-policy",
  aws(
    "sns.TopicPolicy, sqs.QueuePolicy, sns.Topic, sqs.Queue",
    document("policy", "no statement that lets anyone in", letsAnyoneIn),
  ),
  azure(
    "servicebus.Namespace, eventhub.Namespace",
    all(equals("publicNetworkAccess", "Disabled"), isTrue("disableLocalAuth")),
  ),
  gcp(
    "pubsub.TopicIAMMember, pubsub.TopicIAMBinding, pubsub.SubscriptionIAMMember, pubsub.SubscriptionIAMBinding",
    publicMembers,
  ),
);

const noAddress =
  (path: string): Judge =>
  ({ props }) => {
    const interfaces = list(props, path);
    const expected = "no accessConfigs: no public address";
    if (typeof interfaces === "symbol") return unknown(path, expected);
    const open = interfaces.some((one) => {
      const configs = list(one, "accessConfigs");
      return typeof configs === "symbol" || configs.length > 0;
    });
    return open ? fail(`${path}.0.accessConfigs`, expected) : pass(path, expected);
  };

export const computePrivate = rule(
  "network-compute-private-subnet",
  aws("ec2.Instance, ec2.LaunchConfiguration", isFalse("associatePublicIpAddress", "pass")),
  aws(
    "ec2.LaunchTemplate",
    each("networkInterfaces", (at) => isFalse(`${at}.associatePublicIpAddress`, "pass")),
  ),
  azure(
    "network.NetworkInterface",
    each("ipConfigurations", (at) => unset(`${at}.publicIPAddress`, "no public address")),
  ),
  gcp("compute.Instance, compute.InstanceTemplate, compute.RegionInstanceTemplate", noAddress("networkInterfaces")),
);

const empty = all(unset("ingress", "no rule"), unset("egress", "no rule"));

export const defaultGroup = rule(
  "network-default-sg-closed",
  aws("ec2.DefaultSecurityGroup", empty),
  awsGraph("ec2.Vpc", companion([token("aws", "ec2.DefaultSecurityGroup")], "vpcId", empty)),
  gcp(
    "compute.Firewall",
    holds("name", "not one of the default network's rules", (name) => !/^default-allow-/.test(String(name)), "pass"),
  ),
);

/** NAT instances and appliances forward by design; they say so with the tag `role: appliance`. */
const forwards = (view: View) =>
  !/^(nat|router|firewall|appliance)$/.test(folded({ role: tagOf(view, "role") }, "role"));

export const ipForwarding = rule(
  "network-ip-forwarding-off",
  aws("ec2.Instance, ec2.NetworkInterface", when(forwards, "an appliance", noneOf("sourceDestCheck", ["false"]))),
  azure("network.NetworkInterface", when(forwards, "an appliance", isFalse("enableIPForwarding", "pass"))),
  gcp("compute.Instance, compute.InstanceTemplate", isFalse("canIpForward", "pass")),
);

export const ddos = rule(
  "network-ddos-protection",
  awsGraph(
    "lb.LoadBalancer, ec2.Eip, cloudfront.Distribution",
    tierOne(companion([token("aws", "shield.Protection")], "resourceArn", () => pass(""))),
  ),
  azure("network.VirtualNetwork", tierOne(isTrue("enableDdosProtection"))),
  gcp(
    "compute.SecurityPolicy",
    when(
      where("type", ["CLOUD_ARMOR"], true),
      "an edge policy has no adaptive protection",
      isTrue("adaptiveProtectionConfig.layer7DdosDefenseConfig.enable"),
    ),
  ),
);
