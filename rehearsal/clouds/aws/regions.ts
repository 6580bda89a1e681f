/**
 * Regions that @pulumi/aws 7 knows, each with the last letters of its zones as most accounts see them.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
export const zoneLetters: Readonly<Record<string, string>> = {
  "af-south-1": "abc",
  "ap-east-1": "abc",
  "ap-east-2": "abc",
  "ap-northeast-1": "abcd",
  "ap-northeast-2": "abcd",
  "ap-northeast-3": "abc",
  "ap-south-1": "abc",
  "ap-south-2": "abc",
  "ap-southeast-1": "abc",
  "ap-southeast-2": "abc",
  "ap-southeast-3": "abc",
  "ap-southeast-4": "abc",
  "ap-southeast-5": "abc",
  "ap-southeast-6": "abc",
  "ap-southeast-7": "abc",
  "ca-central-1": "abd",
  "ca-west-1": "abc",
  "cn-north-1": "abd",
  "cn-northwest-1": "abc",
  "eu-central-1": "abc",
  "eu-central-2": "abc",
  "eu-north-1": "abc",
  "eu-south-1": "abc",
  "eu-south-2": "abc",
  "eu-west-1": "abc",
  "eu-west-2": "abc",
  "eu-west-3": "abc",
  "il-central-1": "abc",
  "me-central-1": "abc",
  "me-south-1": "abc",
  "mx-central-1": "abc",
  "sa-east-1": "abc",
  "us-east-1": "abcdef",
  "us-east-2": "abc",
  "us-gov-east-1": "abc",
  "us-gov-west-1": "abc",
  // An account sees two of the three.
  "us-west-1": "abc",
  "us-west-2": "abcd",
};

export const zonesIn = (region: string): readonly string[] =>
  [...(zoneLetters[region] ?? "")].map((letter) => `${region}${letter}`);

/** `use1-az1` of `us-east-1a`: the zone's own id, with the region's short form. */
export function zoneId(zone: string): string {
  const match = /^([a-z]+)(?:-(gov))?-([a-z]+)-(\d)([a-z])$/.exec(zone);
  if (!match) return "";
  const [, land = "", gov = "", direction = "", number = "", letter = "a"] = match;
  const short = (/north|south|east|west|central/g[Symbol.match](direction) ?? []).map((word) => word[0]).join("");
  return `${land}${gov && "g"}${short}${number}-az${letter.charCodeAt(0) - 96}`;
}

/** Hosted zone ids of the services' own endpoints. https://docs.aws.amazon.com/general/latest/gr/s3.html, .../rds-service.html */
export const hostedZones: Readonly<Record<string, { readonly s3: string; readonly rds: string }>> = {
  "us-east-1": { s3: "Z3AQBSTGFYJSTF", rds: "Z2R2ITUGPM61AM" },
  "us-east-2": { s3: "Z2O1EMRO9K5GLX", rds: "Z2XHWR1WZ565X2" },
  "us-west-1": { s3: "Z2F56UZL2M1ACD", rds: "Z10WI91S59XXQN" },
  "us-west-2": { s3: "Z3BJ6K6RIION7M", rds: "Z1PVIF0B656C1W" },
  "ca-central-1": { s3: "Z1QDHH18159H29", rds: "Z1JYC2MFUZEDUB" },
  "eu-central-1": { s3: "Z21DNDUVLTQW6Q", rds: "Z1RLNUO7B9Q6NB" },
  "eu-west-1": { s3: "Z1BKCTXD74EZPE", rds: "Z29XKXDKYMONMX" },
  "eu-west-2": { s3: "Z3GKZC51ZF0DB4", rds: "Z1TTGA775OQIYO" },
  "eu-west-3": { s3: "Z3R1K369G5AVDG", rds: "ZMESEXB7ZGGQ3" },
  "eu-north-1": { s3: "Z3BAZG2TWCNX0D", rds: "Z1KU8DKPAZ3ZDU" },
  "ap-northeast-1": { s3: "Z2M4EHUR26P7ZW", rds: "Z24O6O9L7SGTNB" },
  "ap-southeast-1": { s3: "Z3O0J2DXBE1FTB", rds: "Z2G0U3KFCY8NZ5" },
  "ap-southeast-2": { s3: "Z1WCIGYICN2BYD", rds: "Z32T0VRHXEXS0V" },
  "ap-south-1": { s3: "Z11RGJOFQNVJUP", rds: "Z2VFMSZA74J7XZ" },
  "sa-east-1": { s3: "Z7KQH4QJS55SO", rds: "ZU7VMA9XHWJTD" },
};
