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
  // CloudWatch Logs uses the key as itself, not on behalf of a caller: see `logDelivery`.
  logs: [],
  secrets: ["secretsmanager"],
};

/** Keys whose service works on after the request that brought it in: a database restarts, and does so by a grant. */
const outlives: ReadonlySet<KeyPurpose> = new Set(["database"]);

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

/**
 * Who may do what with a key (SEC-01, SEC-11). The account delegates to its IAM policies, as AWS recommends, but in two
 * halves, so that an administrator who may "kms:*" still can't read: running the key, and using it through the one
 * service that it is for. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(site: Site, purpose: KeyPurpose): pulumi.Output<string> {
  const { accountId, partition } = nativeOf(site, "aws", `Key policy "${purpose}"`);
  const account = { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` };
  const administer: Statement = {
    Sid: "Administer",
    Effect: "Allow",
    Principal: account,
    Action: administration,
    Resource: "*",
  };
  const through = services[purpose].map((service) => `${service}.${site.region}.amazonaws.com`);
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
    ...(through.length > 0 ? [use] : []),
    ...(outlives.has(purpose) ? [grant] : []),
    ...(purpose === "logs" ? [logDelivery(site)] : []),
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logDelivery(site: Site): Statement {
  const { accountId, partition } = nativeOf(site, "aws", "Log delivery");
  const groups = pulumi.interpolate`arn:${partition}:logs:${site.region}:${accountId}:log-group:*`;
  return {
    Sid: "EncryptLogGroups",
    Effect: "Allow",
    Principal: { Service: `logs.${site.region}.amazonaws.com` },
    Action: usage,
    Resource: "*",
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups } },
  };
}
