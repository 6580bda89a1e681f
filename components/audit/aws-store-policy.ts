import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { nativeOf, type Site } from "../site";
import { policyText, type Statement } from "../site/aws-policy";

type Arn = pulumi.Output<string>;

/** HTTPS of a recent kind or nothing (STO-06). */
const transport = (arn: Arn): Statement[] => {
  const refuse = (Sid: string, Condition: NonNullable<Statement["Condition"]>): Statement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, pulumi.interpolate`${arn}/*`],
    Condition,
  });
  return [
    refuse("DenyPlainHttp", { Bool: { "aws:SecureTransport": "false" } }),
    refuse("DenyOldTls", { NumericLessThan: { "s3:TlsVersion": standards.dataMinTls } }),
  ];
};

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
export function trailPolicy(site: Site, arn: Arn, trailArn: Arn): pulumi.Output<string> {
  const { accountId } = nativeOf(site, "aws", "The trail's bucket");
  const trail = { Principal: { Service: "cloudtrail.amazonaws.com" }, Effect: "Allow" as const };
  const own = { "aws:SourceArn": trailArn };
  return policyText(
    ...transport(arn),
    { ...trail, Sid: "LookAtTheBucket", Action: "s3:GetBucketAcl", Resource: arn, Condition: { StringEquals: own } },
    {
      ...trail,
      Sid: "WriteRecords",
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${arn}/AWSLogs/${accountId}/*`,
      Condition: { StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  );
}

/** Who read the records is written down by S3, for this account's buckets only. */
export function readersPolicy(site: Site, arn: Arn): pulumi.Output<string> {
  const { accountId } = nativeOf(site, "aws", "The trail's access logs");
  return policyText(...transport(arn), {
    Sid: "TakeAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${arn}/*`,
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  });
}
