// NET: peerings, tunnels, SKUs and central firewalls.
import { companion } from "../companion";
import { diagnosticsOf } from "../diagnostics";
import {
  all,
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
import { folded, isUnknown, list, read } from "../read";
import { type Judge, rule } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, token } from "../tokens";

export const peering = rule(
  "network-peering-and-tgw-restricted",
  aws("ec2transitgateway.TransitGateway", equals("autoAcceptSharedAttachments", "disable", "pass")),
  azure("network.VirtualNetworkPeering", isFalse("allowForwardedTraffic", "pass")),
  gcp("compute.NetworkPeering", isFalse("exportCustomRoutes", "pass")),
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

const turnedOn = (logs: unknown) =>
  Array.isArray(logs) && logs.some((one) => isUnknown(one) || folded(one, "enabled") === "true");

export const firewallLogging = rule(
  "network-firewall-logging-rules",
  awsGraph(
    "networkfirewall.Firewall",
    companion(
      [token("aws", "networkfirewall.LoggingConfiguration")],
      "firewallArn",
      filled("loggingConfiguration.logDestinationConfigs", "where its logs go"),
    ),
  ),
  azureGraph("network.AzureFirewall", diagnosticsOf(holds("logs", "a category that is turned on", turnedOn))),
  gcp(
    "compute.Firewall",
    when(({ props }) => folded(props, "disabled") !== "true", "disabled", filled("logConfig")),
  ),
);
