// Networks, load balancers and content delivery.
import type { Addition, Remediations } from "./remedy";

const backendLogs: readonly Addition[] = [["logConfig.enable", true]];

export const edge: Remediations = {
  "network-subnet-no-auto-public-ip": {
    azure: {
      "network.Subnet": [["defaultOutboundAccess", false]],
      "network.VirtualNetwork": [["subnets[].defaultOutboundAccess", false]],
    },
  },
  "logging-network-flow-logs": {
    gcp: {
      "compute.Subnetwork": [
        ["logConfig.aggregationInterval", "INTERVAL_5_MIN"],
        ["logConfig.flowSampling", 0.5],
        ["logConfig.metadata", "INCLUDE_ALL_METADATA"],
      ],
    },
  },
  "network-firewall-logging-rules": {
    gcp: { "compute.Firewall": [["logConfig.metadata", "INCLUDE_ALL_METADATA"]] },
  },
  "cdn-https-only": { azure: { "cdn.Route": [["httpsRedirect", "Enabled"]] } },
  "cdn-min-tls": {
    gcp: {
      "compute.SSLPolicy": [
        ["minTlsVersion", "TLS_1_2"],
        ["profile", "MODERN"],
      ],
    },
  },
  "cdn-origin-tls": {
    azure: { "cdn.Route": [["forwardingProtocol", "HttpsOnly"]] },
  },
  "cdn-access-logging": { gcp: { "compute.BackendService": backendLogs } },
  "lb-tls-policy": { aws: { "lb.Listener": [["sslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06"]] } },
  "lb-access-logging": { gcp: { "compute.BackendService, compute.RegionBackendService": backendLogs } },
  "lb-deletion-protection": { aws: { "lb.LoadBalancer": [["enableDeletionProtection", true]] } },
  "lb-drop-invalid-headers": { aws: { "lb.LoadBalancer": [["dropInvalidHeaderFields", true]] } },
  "dns-query-logging": { gcp: { "dns.ManagedZone": [["cloudLoggingConfig.enableLogging", true]] } },
};
