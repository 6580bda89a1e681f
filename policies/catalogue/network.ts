// What the internet can reach, and what can reach the internet; firewall rules are next door.
import type { Texts } from ".";

export const network: Texts = {
  "network-database-not-public": {
    title: "Databases have no public address",
    severity: "critical",
    phase: "resource",
    why: "A database with a public address is one leaked password away from the internet.",
    remedy: {
      aws: "Set publiclyAccessible to false.",
      azure: "Set network.publicNetworkAccess to Disabled.",
      gcp: "Set ipConfiguration.ipv4Enabled to false and privateNetwork to your network.",
    },
  },
  "network-database-private-subnets": {
    title: "Databases live in private subnets",
    severity: "critical",
    phase: "stack",
    why: "A database must have no path from the internet, whatever its own settings say.",
    remedy: {
      aws: "Give the subnet group subnets whose route tables have no internet gateway.",
      azure: "Set network.delegatedSubnetResourceId, or add a PrivateEndpoint for the server.",
      gcp: "Add a servicenetworking.Connection for the instance's private network.",
    },
  },
  "network-cache-private": {
    title: "Caches live in private subnets",
    severity: "critical",
    phase: "stack",
    why: "Caches trust their network: who reaches one can often read all of it.",
    remedy: {
      aws: "Set subnetGroupName to a group of subnets without a route to an internet gateway.",
      azure: "Set publicNetworkAccess to Disabled and add a private endpoint.",
      gcp: "Set connectMode to PRIVATE_SERVICE_ACCESS and authorizedNetwork to your network.",
    },
  },
  "network-search-domain-in-vpc": {
    title: "Search services live in a private network",
    severity: "critical",
    phase: "resource",
    why: "A search endpoint on the internet is found by scanners within minutes.",
    remedy: {
      aws: "Set vpcOptions.subnetIds to private subnets.",
      azure: "Set publicNetworkAccess to disabled and add a private endpoint.",
    },
  },
  "network-messaging-not-public-policy": {
    title: "Queues and topics are for named principals",
    severity: "critical",
    phase: "resource",
    why: "A queue that anyone may write to or read from is a way into the system and out of it.",
    remedy: {
      aws: "Name principals in the policy, or narrow * by aws:SourceArn or aws:PrincipalOrgID.",
      azure: "Set publicNetworkAccess to Disabled and disableLocalAuth to true.",
      gcp: "Name members instead of allUsers and allAuthenticatedUsers.",
    },
  },
  "network-no-default-vpc": {
    title: "Nothing uses the cloud's default network",
    severity: "high",
    phase: "resource",
    why: "Default networks come with open rules and public addresses.",
    remedy: {
      aws: "Build a network of your own and put nothing into the default one.",
      gcp: "Set autoCreateSubnetworks (projects: autoCreateNetwork) to false.",
    },
  },
  "network-subnet-no-auto-public-ip": {
    title: "Subnets outside the public tier assign no public addresses",
    severity: "high",
    phase: "resource",
    why: "A machine that gets a public address by itself is exposed without anybody's decision.",
    remedy: {
      aws: "Set mapPublicIpOnLaunch to false, or tag the subnet Tier = public.",
      azure: "Set defaultOutboundAccess to false.",
      gcp: "Nothing to do on a subnet.",
    },
  },
  "network-private-subnet-no-igw-route": {
    title: "Subnets of data and compute have no route to an internet gateway",
    severity: "critical",
    phase: "stack",
    why: "A route to the internet gateway makes a subnet public, whatever it is called.",
    remedy: {
      aws: "Route 0.0.0.0/0 of private subnets to a NAT gateway, of data subnets nowhere.",
      azure: "Remove the route of 0.0.0.0/0 with nextHopType Internet.",
      gcp: "Limit the route to default-internet-gateway by network tags.",
    },
  },
  "network-compute-private-subnet": {
    title: "Machines have no public address",
    severity: "high",
    phase: "resource",
    why: "A machine with a public address can be attacked directly, past the load balancer and its firewall.",
    remedy: {
      aws: "Set associatePublicIpAddress to false and put a load balancer in front.",
      azure: "Remove publicIPAddress from the interface and put a load balancer in front.",
      gcp: "Remove accessConfigs from the interface; go out through Cloud NAT.",
    },
  },
  "network-default-sg-closed": {
    title: "The default security group has no rules",
    severity: "medium",
    phase: "stack",
    why: "Whatever is made without a group of its own lands in the default one.",
    remedy: {
      aws: "Add a DefaultSecurityGroup without ingress and egress for the VPC.",
      gcp: "Remove the default-allow-* rules, or build a network of your own.",
    },
  },
  "network-subnet-has-nsg": {
    title: "Every subnet has a firewall of its own",
    severity: "high",
    phase: "stack",
    why: "A subnet without a firewall trusts everything that can route to it.",
    remedy: {
      aws: "Give data subnets a NetworkAcl that lets in the network's own range only.",
      azure: "Set networkSecurityGroup on the subnet.",
      gcp: "Add a Firewall or a NetworkFirewallPolicyAssociation for the network.",
    },
  },
  "network-private-service-access": {
    title: "Private networks reach the cloud's own services without the internet",
    severity: "medium",
    phase: "stack",
    why: "Traffic to the cloud's own services should not have to leave the private network.",
    remedy: {
      aws: "Add VpcEndpoints, at least for S3, interface ones with privateDnsEnabled.",
      azure: "Add a PrivateEndpoint for the service.",
      gcp: "Set privateIpGoogleAccess to true.",
    },
  },
  "network-nat-for-egress": {
    title: "The way out is through NAT, outside dev through one a zone",
    severity: "medium",
    phase: "stack",
    why: "One NAT for all zones takes every zone down with its own.",
    remedy: {
      aws: "Add one NAT gateway a zone, each in a public subnet (network.nat: per-zone).",
      azure: "Set zones on the NAT gateway, or use the StandardV2 SKU.",
      gcp: "Set sourceSubnetworkIpRangesToNat and logConfig.enable.",
    },
  },
  "network-peering-and-tgw-restricted": {
    title: "Peerings carry no traffic or routes of others, and none is accepted by itself",
    severity: "medium",
    phase: "resource",
    why: "An attachment that is accepted by itself joins networks that nobody reviewed.",
    remedy: {
      aws: "Set autoAcceptSharedAttachments to disable.",
      azure: "Set allowForwardedTraffic to false.",
      gcp: "Set exportCustomRoutes to false.",
    },
  },
  "network-ip-forwarding-off": {
    title: "Machines forward no packets",
    severity: "medium",
    phase: "resource",
    why: "A machine that forwards packets can take the place of another one.",
    remedy: {
      aws: "Leave sourceDestCheck on, or tag the appliance role = nat.",
      azure: "Set enableIPForwarding to false.",
      gcp: "Set canIpForward to false.",
    },
  },
  "network-ddos-protection": {
    title: "Tier-1 networks have DDoS protection",
    severity: "low",
    phase: "stack",
    why: "Tier-1 addresses need more than the free protection of the cloud.",
    remedy: {
      aws: "Add a shield.Protection for the resource.",
      azure: "Set enableDdosProtection with a ddosProtectionPlan.",
      gcp: "Set adaptiveProtectionConfig.layer7DdosDefenseConfig.enable.",
    },
  },
  "network-vpn-crypto": {
    title: "VPN tunnels use IKEv2 and strong ciphers, with logs",
    severity: "high",
    phase: "resource",
    why: "Weak ciphers of a tunnel can be broken later from traffic recorded today.",
    remedy: {
      aws: "Allow ikev2, AES256, SHA2 and DH group 14 or higher on both tunnels, with logs.",
      azure: "Set ipsecPolicies with AES256, SHA256 and DHGroup14 or better.",
      gcp: "Set ikeVersion to 2.",
    },
  },
  "network-legacy-basic-skus": {
    title: "No retired Basic SKUs or legacy networks",
    severity: "low",
    phase: "resource",
    why: "Basic SKUs are open by default and have been retired.",
    remedy: { aws: "Use domain vpc.", azure: "Set sku.name to Standard.", gcp: "Use a subnet-mode network." },
  },
  "network-firewall-appliance": {
    title: "Central firewalls block, and log what they block",
    severity: "medium",
    phase: "stack",
    why: "A central firewall that only watches, or logs nothing, protects nothing.",
    remedy: {
      aws: "Set deleteProtection, forward stateless traffic to the stateful engine, and log.",
      azure: "Set threatIntelMode and intrusionDetection.mode to Deny.",
      gcp: "Set enableLogging on each rule of the policy.",
    },
  },
  "network-firewall-logging-rules": {
    title: "Firewall rules are logged",
    severity: "low",
    phase: "resource",
    why: "Without logs nobody can tell who tried what.",
    remedy: {
      aws: "Add a LoggingConfiguration for the firewall.",
      azure: "Add a DiagnosticSetting for the firewall.",
      gcp: "Set logConfig.metadata on the rule.",
    },
  },
};
