import * as pulumi from "@pulumi/pulumi";
import { nativeOf, type Site } from "../site";
import { policyText } from "../site/aws-policy";

/**
 * Route 53 signs with the key, for this account's zones only; the account runs it and can't sign with it.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-managing-permissions.html#KMS-key-policy-for-DNSSEC
 */
export function signingKeyPolicy(site: Site): pulumi.Output<string> {
  const { accountId, partition } = nativeOf(site, "aws", "Signing key");
  const route53 = { Service: "dnssec-route53.amazonaws.com" };
  const ours = {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:${partition}:route53:::hostedzone/*` },
  };
  return policyText(
    {
      Sid: "Administer",
      Effect: "Allow",
      Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
      Action: [
        "kms:CancelKeyDeletion",
        "kms:Describe*",
        "kms:DisableKey",
        "kms:EnableKey",
        "kms:Get*",
        "kms:List*",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:Update*",
      ],
      Resource: "*",
    },
    {
      Sid: "Sign",
      Effect: "Allow",
      Principal: route53,
      Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
      Resource: "*",
      Condition: ours,
    },
    {
      Sid: "GrantToRoute53",
      Effect: "Allow",
      Principal: route53,
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { ...ours, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  );
}
