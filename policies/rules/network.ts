// NET: machines, services and links that may not be reached from, or trust, what is outside.
import { companion } from "../companion";
import { diagnosticsOf } from "../diagnostics";
import { document } from "../documents";
import { letsAnyoneIn } from "../iam";
import {
  all,
  any,
  atLeast,
  each,
  equals,
  fail,
  filled,
  holds,
  isFalse,
  isTrue,
  noneOf,
  oneOf,
  pass,
  unknown,
  unset,
  when,
  where,
} from "../judge";
import { publicMembers } from "../members";
import { folded, list, read } from "../read";
import { type Judge, rule, type View } from "../rule";
import { tagOf } from "../tags";
import { aws, awsGraph, azure, azureGraph, gcp, token } from "../tokens";

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

export const peering = rule(
  "network-peering-and-tgw-restricted",
  aws("ec2transitgateway.TransitGateway", equals("autoAcceptSharedAttachments", "disable", "pass")),
  azure("network.VirtualNetworkPeering", isFalse("allowForwardedTraffic", "pass")),
  gcp("compute.NetworkPeering", isFalse("exportCustomRoutes", "pass")),
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

const firstTier = (view: View) => /^(1|tier-?1|critical)$/.test(folded({ tier: tagOf(view, "tier") }, "tier"));
const tierOne = (judge: Judge) => when(firstTier, "not tagged as tier 1", judge);
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

/** Ciphers and groups of a list are all from the strong ones; an unset list means every one that AWS offers. */
const onlyOf = (path: string, strong: RegExp, expected: string): Judge =>
  holds(
    path,
    expected,
    (value) => Array.isArray(value) && value.length > 0 && value.every((one) => strong.test(String(one))),
  );
const tunnel = (n: 1 | 2): Judge =>
  all(
    onlyOf(`tunnel${n}IkeVersions`, /^ikev2$/, "ikev2 only"),
    onlyOf(`tunnel${n}Phase1EncryptionAlgorithms`, /^AES256/, "AES256 or AES256-GCM-16"),
    onlyOf(`tunnel${n}Phase2EncryptionAlgorithms`, /^AES256/, "AES256 or AES256-GCM-16"),
    onlyOf(`tunnel${n}Phase1IntegrityAlgorithms`, /^SHA2/, "SHA2"),
    onlyOf(`tunnel${n}Phase1DhGroupNumbers`, /^(1[4-9]|2[0-4])$/, "14 or higher"),
    isTrue(`tunnel${n}LogOptions.cloudwatchLogOptions.logEnabled`),
  );
export const vpn = rule(
  "network-vpn-crypto",
  aws("ec2.VpnConnection", all(tunnel(1), tunnel(2))),
  azure(
    "network.VirtualNetworkGatewayConnection",
    when(
      where("connectionType", ["IPsec"]),
      "no VPN",
      all(
        equals("connectionProtocol", "IKEv2", "pass"),
        each(
          "ipsecPolicies",
          (at) =>
            all(
              oneOf(`${at}.ikeEncryption`, ["AES256", "GCMAES256"]),
              oneOf(`${at}.ipsecEncryption`, ["AES256", "GCMAES256"]),
              oneOf(`${at}.ikeIntegrity`, ["SHA256", "SHA384", "GCMAES256"]),
              oneOf(`${at}.dhGroup`, ["DHGroup14", "DHGroup2048", "DHGroup24", "ECP256", "ECP384"]),
            ),
          fail("ipsecPolicies", "a policy: the default ones take weak ciphers"),
        ),
      ),
    ),
  ),
  gcp("compute.VPNTunnel", atLeast("ikeVersion", 2, "pass")),
);

export const legacySkus = rule(
  "network-legacy-basic-skus",
  aws("ec2.Eip", noneOf("domain", ["standard"])),
  azure("network.PublicIPAddress", oneOf("sku.name", ["Standard", "StandardV2"])),
  azure("network.LoadBalancer", oneOf("sku.name", ["Standard", "Gateway"])),
  gcp("compute.Network", unset("ipv4Range", "not set: a legacy network")),
);

export const appliance = rule(
  "network-firewall-appliance",
  awsGraph(
    "networkfirewall.Firewall",
    all(
      isTrue("deleteProtection"),
      companion([token("aws", "networkfirewall.LoggingConfiguration")], "firewallArn", () => pass("")),
    ),
  ),
  aws("networkfirewall.FirewallPolicy", (view) => {
    const path = "firewallPolicy.statelessDefaultActions";
    const actions = list(view.props, path);
    if (typeof actions === "symbol") return unknown(path, "aws:forward_to_sfe or aws:drop");
    const sound = actions.length > 0 && actions.every((one) => one !== "aws:pass");
    return sound ? pass(path) : fail(path, "aws:forward_to_sfe or aws:drop");
  }),
  azure(
    "network.AzureFirewall",
    when(
      ({ props }) => read(props, "firewallPolicy") === undefined,
      "its policy decides",
      equals("threatIntelMode", "Deny"),
    ),
  ),
  azure("network.FirewallPolicy", all(equals("threatIntelMode", "Deny"), equals("intrusionDetection.mode", "Deny"))),
  gcp("compute.NetworkFirewallPolicyRule", isTrue("enableLogging")),
);

export const firewallLogging = rule(
  "network-firewall-logging-rules",
  awsGraph(
    "networkfirewall.Firewall",
    companion([token("aws", "networkfirewall.LoggingConfiguration")], "firewallArn", filled("loggingConfiguration")),
  ),
  azureGraph("network.AzureFirewall", diagnosticsOf(filled("logs"))),
  gcp(
    "compute.Firewall",
    when(({ props }) => folded(props, "disabled") !== "true", "disabled", filled("logConfig")),
  ),
);
