// Resource types by token, never by class: the pack loads no SDK, and aliases of one resource are one type.
import type { Cloud, Part } from "./rule";

const folded: Readonly<Record<string, string>> = {
  "aws:elasticsearch/domain:Domain": "aws:opensearch/domain:Domain",
  "aws:ec2/securityGroupIngressRule:SecurityGroupIngressRule":
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:ec2/securityGroupEgressRule:SecurityGroupEgressRule": "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "azure-native:network:PrivateZone": "azure-native:privatedns:PrivateZone",
  "azure-native:documentdb:DatabaseAccount": "azure-native:cosmosdb:DatabaseAccount",
  "azure-native:insights:DiagnosticSetting": "azure-native:monitor:DiagnosticSetting",
};

/**
 * The one token of a type: `aws:s3/bucketV2:BucketV2` is `aws:s3/bucket:Bucket`, `aws:alb/...` is `aws:lb/...`,
 * `azure-native:storage/v20240101:StorageAccount` is `azure-native:storage:StorageAccount`.
 */
export function canonical(type: string): string {
  const plain = type
    .replace(/^(azure-native:[^/:]+)\/v\d+[^:]*:/, "$1:")
    .replace(/^(azure-native)_([^_:]+)_v\d+[^:]*:[^:]+:/, "$1:$2:")
    .replace(/^aws:(?:alb|applicationloadbalancing|elasticloadbalancingv2)\//, "aws:lb/")
    .replace(/^(aws:s3\/\w+)V2:(\w+)V2$/, "$1:$2");
  return folded[plain] ?? plain;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** `rds.Instance` on a cloud -> `aws:rds/instance:Instance`; azure-native has no file part. */
export function token(cloud: Cloud, short: string): string {
  const [module = "", name = ""] = short.split(".");
  if (cloud === "azure") return `azure-native:${module}:${name}`;
  return `${cloud}:${module}/${lowerFirst(name)}:${name}`;
}

const packages: Readonly<Record<string, Cloud>> = { aws: "aws", "azure-native": "azure", gcp: "gcp" };
export const cloudOf = (type: string): Cloud | undefined => packages[type.slice(0, type.indexOf(":"))];

const part =
  (cloud: Cloud, needs: Part["needs"]) =>
  /** @param types short names, comma separated: `"rds.Instance, rds.Cluster"` */
  (types: string, judge: Part["judge"]): Part => ({
    cloud,
    types: types.split(",").map((short) => token(cloud, short.trim())),
    needs,
    judge,
  });

/** Parts judged by a resource's own inputs, before it is made ... */
export const aws = part("aws", "inputs");
export const azure = part("azure", "inputs");
export const gcp = part("gcp", "inputs");
/** ... and those that need its neighbours. */
export const awsGraph = part("aws", "graph");
export const azureGraph = part("azure", "graph");
export const gcpGraph = part("gcp", "graph");
