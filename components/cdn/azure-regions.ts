/**
 * Where Front Door has no private endpoints of its own, and the region nearby where it has. A region that isn't here is
 * taken to have them. https://learn.microsoft.com/azure/frontdoor/private-link#region-availability
 */
const nearby: Readonly<Record<string, string>> = {
  australiacentral: "australiaeast",
  australiasoutheast: "australiaeast",
  canadaeast: "canadacentral",
  francesouth: "francecentral",
  germanynorth: "germanywestcentral",
  japanwest: "japaneast",
  koreasouth: "koreacentral",
  northcentralus: "centralus",
  norwaywest: "norwayeast",
  southafricawest: "southafricanorth",
  southindia: "centralindia",
  swedensouth: "swedencentral",
  switzerlandwest: "switzerlandnorth",
  uaecentral: "uaenorth",
  ukwest: "uksouth",
  westcentralus: "westus3",
  westindia: "centralindia",
  westus: "westus3",
};

export const privateLinkRegion = (region: string): string => nearby[region] ?? region;
