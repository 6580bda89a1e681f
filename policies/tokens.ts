// Resource types by token, never by class: the pack loads no SDK, and aliases of one resource are one type.
import { kubernetesCanonical, kubernetesToken, objectsIn, told, variants } from "./kubernetes";
import type { Part, Platform, Verdict } from "./rule";

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
  if (type.startsWith("kubernetes:")) return kubernetesCanonical(type);
  const plain = type
    .replace(/^(azure-native:[^/:]+)\/v\d+[^:]*:/, "$1:")
    .replace(/^(azure-native)_([^_:]+)_v\d+[^:]*:[^:]+:/, "$1:$2:")
    .replace(/^aws:(?:alb|applicationloadbalancing|elasticloadbalancingv2)\//, "aws:lb/")
    .replace(/^(aws:s3\/\w+)V2:(\w+)V2$/, "$1:$2");
  return folded[plain] ?? plain;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** `*` is every type of a cloud, `provider` its provider. `rds.Instance` on a cloud -> `aws:rds/instance:Instance`; azure-native has no file part. `apps.Deployment` -> `kubernetes:apps/v1:Deployment`. */
export function token(cloud: Platform, short: string): string {
  const [module = "", name = ""] = short.split(".");
  if (short === "provider") return `pulumi:providers:${packageOf[cloud]}`;
  if (short === "*") return anyOf(`${packageOf[cloud]}:`);
  if (cloud === "kubernetes") return kubernetesToken(short);
  if (cloud === "azure") return `azure-native:${module}:${name}`;
  return `${cloud}:${module}/${lowerFirst(name)}:${name}`;
}

const packages: Readonly<Record<string, Platform>> = {
  aws: "aws",
  "azure-native": "azure",
  gcp: "gcp",
  kubernetes: "kubernetes",
};
const packageOf: Readonly<Record<Platform, string>> = {
  aws: "aws",
  azure: "azure-native",
  gcp: "gcp",
  kubernetes: "kubernetes",
};
/** The platform of a resource, or that of the provider that a resource is. */
export const cloudOf = (type: string): Platform | undefined =>
  packages[type.startsWith("pulumi:providers:") ? type.slice(17) : type.slice(0, type.indexOf(":"))];
/** Stands for every type of a package. */
export const anyOf = (type: string): string => `${type.slice(0, type.indexOf(":"))}:*`;

const part =
  (cloud: Platform, needs: Part["needs"]) =>
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

const flat = (result: Verdict | readonly Verdict[]): readonly Verdict[] =>
  (Array.isArray(result) ? result : [result]) as readonly Verdict[];
const objectPart =
  (needs: Part["needs"]) =>
  (types: string, judge: Part["judge"]): Part => ({
    cloud: "kubernetes",
    types: types.split(",").flatMap((short) => variants(token("kubernetes", short.trim()))),
    needs,
    judge: (view, context) => {
      const found = objectsIn(view);
      if (found === "unknown") return { status: "unknown", path: "items", expected: "every object to pass" };
      return found.flatMap((one) => told(one, flat(judge(one.view, context))));
    },
  });

/** Objects of a cluster; patches and lists of them are looked into as well. */
export const kubernetes = objectPart("inputs");
export const kubernetesGraph = objectPart("graph");
