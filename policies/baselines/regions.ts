// Where baselines let data be, as the clouds write it.

/** DoD IL4 and IL5: regions that only the United States' government and its contractors reach, and Google's regions for Assured Workloads. */
export const dodRegions: readonly string[] = [
  ...["us-gov-west-1", "us-gov-east-1"],
  ...["usgovvirginia", "usgovarizona", "usgovtexas", "usdodcentral", "usdodeast"],
  ...["us-central1", "us-east1", "us-east4", "us-east5", "us-south1", "us-west1", "us-west2", "us-west3", "us-west4"],
];

/** GDPR 44 to 46: inside the Union nothing needs a transfer mechanism. */
export const euRegions: readonly string[] = [
  ...["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"],
  ...["westeurope", "northeurope", "francecentral", "francesouth", "germanywestcentral", "germanynorth"],
  ...["swedencentral", "polandcentral", "italynorth", "spaincentral", "austriaeast", "belgiumcentral", "denmarkeast"],
  ...["europe-west1", "europe-west3", "europe-west4", "europe-west8", "europe-west9", "europe-west10", "europe-west12"],
  ...["europe-north1", "europe-north2", "europe-central2", "europe-southwest1", "eu"],
];
