import { block, listOf, record, text } from "../fields";

const subnets = (tier: string) =>
  listOf("a list of subnet ids", "subnet-0123456789abcdef0", `Subnets of the ${tier} tier, one a zone.`);

const privateZone = (service: string) =>
  text(
    /./,
    "the resource id of a private DNS zone",
    "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/privateDnsZones/Z",
    `The zone that the network already resolves ${service} by.`,
  );

/** `network.existing` (bring your own). */
export const existing = record("Bring your own network: nothing is made in it but what a component needs.", {
  id: text(
    /./,
    "the network's id",
    "vpc-0123456789abcdef0",
    "AWS: vpc id. Azure: resource id. GCP: projects/P/global/networks/N.",
  ),
  cidr: text(/./, "the network's IPv4 range", "10.20.0.0/16", "Its address range."),
  subnets: record("Subnet ids by tier.", {
    public: subnets("public"),
    private: subnets("private"),
    data: subnets("data"),
  }),
  databaseSubnet: text(
    /./,
    "the resource id of a subnet",
    "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/N/subnets/X",
    "Azure only, and needed there: the subnet delegated to Microsoft.DBforPostgreSQL/flexibleServers.",
  ).optional(),
  clusterSubnet: text(
    /./,
    "the resource id of a subnet",
    "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/N/subnets/X",
    "Azure only, and needed there: the subnet delegated to Microsoft.ContainerService/managedClusters, for the API server.",
  ).optional(),
  secondaryRanges: record("Google Cloud only, and needed there: names of the private subnet's second ranges.", {
    pods: text(/./, "the name of a range", "pods", "Range that pods take their addresses from."),
    services: text(/./, "the name of a range", "services", "Range that services take their addresses from."),
  }).optional(),
  privateZones: block("Azure only: private DNS zones linked to the network already; those left out are made.", {
    postgres: privateZone("PostgreSQL servers"),
    blob: privateZone("storage accounts"),
    vault: privateZone("key vaults"),
    redis: privateZone("caches"),
    registry: privateZone("container registries"),
  }).optional(),
});
