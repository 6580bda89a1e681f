/** https://learn.microsoft.com/azure/reliability/regions-list; West US 3, Brazil South and West India have a partner that has another one itself. */
const partners: readonly (readonly [string, string])[] = [
  ["eastus", "westus"],
  ["eastus2", "centralus"],
  ["northcentralus", "southcentralus"],
  ["westus2", "westcentralus"],
  ["canadacentral", "canadaeast"],
  ["northeurope", "westeurope"],
  ["uksouth", "ukwest"],
  ["francecentral", "francesouth"],
  ["germanywestcentral", "germanynorth"],
  ["norwayeast", "norwaywest"],
  ["swedencentral", "swedensouth"],
  ["switzerlandnorth", "switzerlandwest"],
  ["eastasia", "southeastasia"],
  ["japaneast", "japanwest"],
  ["koreacentral", "koreasouth"],
  ["centralindia", "southindia"],
  ["jioindiawest", "jioindiacentral"],
  ["australiaeast", "australiasoutheast"],
  ["australiacentral", "australiacentral2"],
  ["southafricanorth", "southafricawest"],
  ["uaenorth", "uaecentral"],
];
const oneWay: Readonly<Record<string, string>> = {
  westus3: "eastus",
  brazilsouth: "southcentralus",
  westindia: "southindia",
};
const both = new Map(partners.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]));

/** The region that Azure itself copies a region's backups to; undefined for regions without, or younger than this list. */
export const partnerOf = (region: string): string | undefined => both.get(region) ?? oneWay[region];
