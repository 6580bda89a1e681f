import type { PerCloud } from "./cloud";

// The generally available regions and the zones that a new account sees in them, on 2026-11-21. Data, never looked up:
// a cloud that adds a zone must not move anybody's subnets. A region that isn't here works too, with its zones by name.

const ofEach = (zones: string, regions: string): Record<string, string> =>
  Object.fromEntries(regions.split(/\s+/).map((region) => [region, zones]));

/**
 * Region -> last characters of its zones, in the order in which they are taken; "" where it has none, "?" where an
 * account's own letters decide.
 *
 * AWS: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html and @pulumi/aws 7.48's
 * list of regions (without the isolated partitions). us-east-1e takes few of the current machine classes.
 * Azure: the subscription API's list of 2026-08-21 (logical zones, without regions for testing).
 * https://learn.microsoft.com/azure/reliability/regions-list
 * GCP: https://cloud.google.com/compute/docs/regions-zones (without AI zones)
 */
export const regions: PerCloud<Readonly<Record<string, string>>> = {
  aws: {
    ...ofEach(
      "abc",
      `us-east-2 ca-west-1 mx-central-1 sa-east-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-central-2 eu-north-1
       eu-south-1 eu-south-2 af-south-1 il-central-1 me-central-1 me-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-1
       ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7
       us-gov-east-1 us-gov-west-1 cn-northwest-1`,
    ),
    "us-east-1": "abcdf",
    "us-west-1": "?",
    "us-west-2": "abcd",
    "ca-central-1": "abd",
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
    "cn-north-1": "abd",
  },
  azure: {
    ...ofEach(
      "123",
      `australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus chilecentral denmarkeast
       eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast
       japanwest koreacentral malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral qatarcentral
       southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth
       westeurope westus2 westus3`,
    ),
    ...ofEach(
      "",
      `australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth
       jioindiacentral jioindiawest koreasouth northcentralus norwaywest southafricawest southindia switzerlandwest
       uaecentral ukwest westcentralus westindia westus`,
    ),
  },
  gcp: {
    ...ofEach(
      "abc",
      `africa-south1 asia-east1 asia-east2 asia-northeast1 asia-northeast2 asia-northeast3 asia-south1 asia-south2
       asia-southeast1 asia-southeast2 australia-southeast1 australia-southeast2 europe-central2 europe-north1 europe-north2
       europe-southwest1 europe-west2 europe-west3 europe-west4 europe-west6 europe-west8 europe-west9 europe-west10
       europe-west12 me-central1 me-central2 me-west1 northamerica-northeast1 northamerica-northeast2 northamerica-south1
       southamerica-east1 southamerica-west1 us-east4 us-east5 us-south1 us-west1 us-west2 us-west3 us-west4`,
    ),
    "europe-west1": "bcd",
    "us-central1": "abcf",
    "us-east1": "bcd",
  },
};

/** Where a stack goes that names a cloud and no region. */
export const defaultRegion: PerCloud<string> = { aws: "us-east-1", azure: "eastus2", gcp: "us-central1" };
