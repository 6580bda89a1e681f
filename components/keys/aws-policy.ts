import * as pulumi from "@pulumi/pulumi";
import type { Site } from "../site";
import { nativeOf } from "../site";
import { policyText, type Statement } from "../site/aws-policy";
import type { KeyPurpose } from ".";

/** Through which services principals of the account may use a key; nobody uses one directly. */
const services: Readonly<Record<KeyPurpose, readonly string[]>> = {
  database: ["rds"],
  storage: ["s3"],
  backups: ["s3"],
  // Those who read the trail. CloudWatch Logs and CloudTrail write as themselves, not on behalf of a caller: `logWriters`.
  logs: ["s3"],
  // Secrets, and the queue of rotations that failed.
  secrets: ["secretsmanager", "sqs"],
  // Secrets in etcd; disks of nodes, and volumes that the EBS driver makes.
  cluster: ["eks", "ec2"],
  cache: ["elasticache"],
  registry: ["ecr"],
};

/** Keys whose service works on after the request that brought it in: a database restarts, and does so by a grant. */
const outlives: ReadonlySet<KeyPurpose> = new Set(["database", "cluster", "cache", "registry"]);

/** What it takes to run a key, without what it takes to read with it: CreateGrant and the cryptographic actions are missing. */
const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:Describe*",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:Get*",
  "kms:List*",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:Update*",
];
const usage = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

/** Tag of a role that may use keys of a site by itself, without a service between: which of them, its own policy says. */
export const usesKeysOf = "UsesKeysOf";

/**
 * Who may do what with a key (SEC-01, SEC-11). The account delegates to its IAM policies, as AWS recommends, but in two
 * halves, so that an administrator who may "kms:*" still can't read: running the key, and using it through the one
 * service that it is for. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(site: Site, purpose: KeyPurpose, region = site.region): pulumi.Output<string> {
  const { accountId, partition } = nativeOf(site, "aws", `Key policy "${purpose}"`);
  const account = { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` };
  const administer: Statement = {
    Sid: "Administer",
    Effect: "Allow",
    Principal: account,
    Action: administration,
    Resource: "*",
  };
  const through = services[purpose].map((service) => `${service}.${region}.amazonaws.com`);
  const via = { "kms:ViaService": through, "kms:CallerAccount": accountId };
  const use: Statement = {
    Sid: "UseThroughService",
    Effect: "Allow",
    Principal: account,
    Action: usage,
    Resource: "*",
    Condition: { StringEquals: via },
  };
  const grant: Statement = {
    Sid: "GrantToService",
    Effect: "Allow",
    Principal: account,
    Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
    Resource: "*",
    Condition: { StringEquals: via, Bool: { "kms:GrantIsForAWSResource": "true" } },
  };
  return policyText(
    administer,
    use,
    byWorkloads(site),
    ...(outlives.has(purpose) ? [grant] : []),
    ...(purpose === "logs" ? logWriters(site, region) : []),
    ...(purpose === "storage" ? [edgeReading(site)] : []),
    ...(purpose === "cluster" ? clusterServices(site) : []),
  );
}

/** A workload identity with a grant of the kind `key` (components/identity): being tagged is not enough, nor is a policy. */
function byWorkloads(site: Site): Statement {
  const { accountId, partition } = nativeOf(site, "aws", "Workload's key");
  return {
    Sid: "UseByWorkloads",
    Effect: "Allow",
    Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
    Action: usage,
    Resource: "*",
    Condition: {
      StringEquals: { "kms:CallerAccount": accountId, [`aws:PrincipalTag/${usesKeysOf}`]: site.prefix },
    },
  };
}

/**
 * EKS makes its grant in the name of who makes the cluster, and says of none that it is for a resource of AWS.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_EncryptionConfig.html
 * Auto Scaling starts nodes as its own service-linked role. The role is named by a condition and not as a principal: a
 * principal must exist when the policy is written, and in a young account the role comes with the first group.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
function clusterServices(site: Site): Statement[] {
  const { accountId, partition } = nativeOf(site, "aws", "Cluster's key");
  const starter = pulumi.interpolate`arn:${partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  const asStarter = {
    StringEquals: { "kms:CallerAccount": accountId },
    ArnEquals: { "aws:PrincipalArn": starter },
  };
  return [
    {
      Sid: "GrantToCluster",
      Effect: "Allow",
      Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: {
        StringEquals: { "kms:ViaService": `eks.${site.region}.amazonaws.com`, "kms:CallerAccount": accountId },
      },
    },
    {
      Sid: "UseToStartNodes",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: usage,
      Resource: "*",
      Condition: asStarter,
    },
    {
      Sid: "GrantToStartNodes",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { ...asStarter, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
function logWriters(site: Site, region: string): Statement[] {
  const { accountId, partition } = nativeOf(site, "aws", "Log delivery");
  const groups = pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:*`;
  const trails = pulumi.interpolate`arn:${partition}:cloudtrail:${site.region}:${accountId}:trail/*`;
  return [
    {
      Sid: "EncryptLogGroups",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: usage,
      Resource: "*",
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups } },
    },
    {
      Sid: "EncryptTrail",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: ["kms:DescribeKey", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { ArnLike: { "aws:SourceArn": trails, "kms:EncryptionContext:aws:cloudtrail:arn": trails } },
    },
  ];
}

/**
 * CloudFront reads the private assets for this account's distributions (CDN-05). They don't exist yet when the key does.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function edgeReading(site: Site): Statement {
  const { accountId, partition } = nativeOf(site, "aws", "The CDN's reading");
  const distributions = pulumi.interpolate`arn:${partition}:cloudfront::${accountId}:distribution/*`;
  return {
    Sid: "ReadAssetsAtTheEdge",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { ArnLike: { "aws:SourceArn": distributions } },
  };
}
