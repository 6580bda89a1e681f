import type { Example } from "../testing/sample";

const network = "projects/shop-prod/global/networks/shop";

export const networkExamples: readonly Example[] = [
  {
    type: "gcp:compute/network:Network",
    good: { name: "shop", autoCreateSubnetworks: false, routingMode: "REGIONAL" },
    bad: [
      [{ name: "Shop" }, "name", /regexp/],
      [{ name: "shop-" }, "name"],
      [{ routingMode: "ZONAL" }, "routingMode"],
      [{ mtu: 1200 }, "mtu"],
      [{ internalIpv6Range: "fd20::/48" }, "internalIpv6Range"],
    ],
  },
  {
    type: "gcp:compute/subnetwork:Subnetwork",
    good: {
      name: "shop",
      network,
      ipCidrRange: "10.20.0.0/20",
      logConfig: { flowSampling: 1 },
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.21.0.0/16" }],
    },
    bad: [
      [{ ipCidrRange: undefined }, "ipCidrRange"],
      [{ ipCidrRange: "10.20.0.0/30" }, "ipCidrRange"],
      [{ ipCidrRange: "10.20.0.1/20" }, "ipCidrRange", /host bits/],
      [{ ipCidrRange: "199.36.153.8/29" }, "ipCidrRange", /may not use/],
      [
        { secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.20.8.0/24" }] },
        "secondaryIpRanges[0].ipCidrRange",
        /overlaps/,
      ],
      [{ secondaryIpRanges: [{ rangeName: "Pods", ipCidrRange: "10.21.0.0/16" }] }, "secondaryIpRanges[0].rangeName"],
      [{ logConfig: { aggregationInterval: "INTERVAL_1_SEC" } }, "logConfig.aggregationInterval"],
      [{ logConfig: { flowSampling: 2 } }, "logConfig.flowSampling"],
      [{ purpose: "REGIONAL_MANAGED_PROXY" }, "role"],
      [{ region: "us-middle1" }, "region"],
    ],
  },
  {
    type: "gcp:compute/firewall:Firewall",
    good: {
      name: "shop",
      network,
      direction: "INGRESS",
      priority: 1000,
      sourceRanges: ["10.0.0.0/8"],
      allows: [{ protocol: "tcp", ports: ["443", "8000-8999"] }],
    },
    bad: [
      [{ allows: undefined }, "allows", /one of allow, deny/],
      [{ denies: [{ protocol: "all" }] }, "denies", /conflicts/],
      [{ sourceRanges: undefined }, "sourceRanges", /must be defined/],
      [{ sourceRanges: ["10.0.0.1/8"] }, "sourceRanges[0]"],
      [{ priority: 65_536 }, "priority"],
      [{ allows: [{ protocol: "http" }] }, "allows[0].protocol"],
      [{ allows: [{ protocol: "icmp", ports: ["8"] }] }, "allows[0].ports"],
      [{ allows: [{ protocol: "tcp", ports: ["70000"] }] }, "allows[0].ports[0]"],
      [{ direction: "EGRESS", sourceTags: ["app"] }, "sourceTags", /EGRESS/],
      [{ targetTags: ["App"] }, "targetTags[0]"],
      [{ targetTags: ["app"], sourceServiceAccounts: ["a@b.c"] }, "targetTags", /conflicts/],
      [{ sourceTags: Array.from({ length: 31 }, (_, index) => `tag-${index}`) }, "sourceTags"],
    ],
  },
  {
    type: "gcp:compute/route:Route",
    good: { name: "shop", network, destRange: "0.0.0.0/0", nextHopGateway: "default-internet-gateway", tags: ["app"] },
    bad: [
      [{ nextHopGateway: undefined }, "nextHopGateway"],
      [{ nextHopGateway: "my-gateway" }, "nextHopGateway"],
      [{ nextHopIp: "10.0.0.1" }, "nextHopIp", /conflicts/],
      [{ destRange: "0.0.0.0" }, "destRange"],
    ],
  },
  {
    type: "gcp:compute/address:Address",
    good: { name: "shop", addressType: "EXTERNAL", networkTier: "PREMIUM" },
    bad: [
      [{ networkTier: "GOLD" }, "networkTier"],
      [{ addressType: "INTERNAL" }, "networkTier", /INTERNAL/],
      [{ address: "34.1.2" }, "address"],
    ],
  },
  {
    type: "gcp:compute/globalAddress:GlobalAddress",
    good: {
      name: "shop",
      addressType: "INTERNAL",
      purpose: "VPC_PEERING",
      prefixLength: 20,
      address: "10.20.240.0",
      network,
    },
    bad: [
      [{ addressType: "EXTERNAL" }, "purpose"],
      [{ prefixLength: undefined }, "prefixLength"],
      [{ prefixLength: 30 }, "prefixLength"],
      [{ network: undefined }, "network"],
      [{ address: "10.20.241.0" }, "address", /first address/],
    ],
  },
  {
    type: "gcp:compute/router:Router",
    good: { name: "shop", network, bgp: { asn: 64_512 } },
    bad: [
      [{ network: undefined }, "network"],
      [{ bgp: { asn: 1 } }, "bgp.asn"],
    ],
  },
  {
    type: "gcp:compute/routerNat:RouterNat",
    good: {
      name: "shop",
      router: "shop",
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      enableDynamicPortAllocation: true,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
    },
    bad: [
      [{ natIpAllocateOption: "MANUAL_ONLY" }, "natIps"],
      [{ natIps: ["a"] }, "natIps", /MANUAL_ONLY/],
      [{ natIpAllocateOption: undefined }, "natIpAllocateOption"],
      [{ minPortsPerVm: 100 }, "minPortsPerVm", /power of two/],
      [{ maxPortsPerVm: 64 }, "maxPortsPerVm", /greater/],
      [{ enableEndpointIndependentMapping: true }, "enableEndpointIndependentMapping"],
      [{ enableDynamicPortAllocation: false }, "maxPortsPerVm"],
      [{ sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS" }, "subnetworks"],
      [{ logConfig: { enable: true } }, "logConfig.filter"],
    ],
  },
  {
    type: "gcp:servicenetworking/connection:Connection",
    good: { network, service: "servicenetworking.googleapis.com", reservedPeeringRanges: ["shop"] },
    bad: [
      [{ reservedPeeringRanges: [] }, "reservedPeeringRanges"],
      [{ deletionPolicy: "KEEP" }, "deletionPolicy"],
    ],
  },
  {
    type: "gcp:dns/managedZone:ManagedZone",
    good: {
      name: "shop",
      dnsName: "example.com.",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: network }] },
    },
    bad: [
      [{ dnsName: "example.com" }, "dnsName", /trailing dot/],
      [{ visibility: "public" }, "privateVisibilityConfig"],
      [{ dnssecConfig: { state: "on" } }, "dnssecConfig"],
      [{ name: "Shop" }, "name"],
      [{ description: "" }, "description"],
    ],
  },
  {
    type: "gcp:dns/recordSet:RecordSet",
    good: { managedZone: "shop", name: "www.example.com.", type: "A", ttl: 300, rrdatas: ["10.0.0.1"] },
    bad: [
      [{ name: "www.example.com" }, "name", /trailing dot/],
      [{ type: "B" }, "type"],
      [{ rrdatas: ["::1"] }, "rrdatas[0]"],
      [{ type: "CNAME", rrdatas: ["a.example.com"] }, "rrdatas[0]"],
      [{ rrdatas: undefined }, "rrdatas"],
    ],
  },
  {
    type: "gcp:dns/policy:Policy",
    good: { name: "shop", enableLogging: true, networks: [{ networkUrl: network }] },
    bad: [[{ name: "Shop" }, "name"]],
  },
];
