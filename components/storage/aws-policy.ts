import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { nativeOf, type Site } from "../site";
import { policyText, type Statement } from "../site/aws-policy";
import type { BucketPurpose } from ".";

/**
 * HTTPS of a recent kind or nothing (STO-06); the bucket for logs takes them from S3 and CloudFront, for this account's
 * own only; that of assets is read by this account's distributions, which come later (CDN-05, CDN-09).
 */
export function bucketPolicy(site: Site, arn: pulumi.Output<string>, purpose: BucketPurpose): pulumi.Output<string> {
  const objects = pulumi.interpolate`${arn}/*`;
  const refuse = (sid: string, condition: NonNullable<Statement["Condition"]>): Statement => ({
    Sid: sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, objects],
    Condition: condition,
  });
  const statements = [
    refuse("DenyPlainHttp", { Bool: { "aws:SecureTransport": "false" } }),
    refuse("DenyOldTls", { NumericLessThan: { "s3:TlsVersion": standards.dataMinTls } }),
  ];
  return policyText(...statements, ...allowances(site, arn, purpose));
}

/** What services of AWS do with a store, by what it is for. */
function allowances(site: Site, arn: pulumi.Output<string>, purpose: BucketPurpose): readonly Statement[] {
  const { accountId, partition } = nativeOf(site, "aws", "A bucket's policy");
  const own = { "aws:SourceAccount": accountId };
  const allow = (service: string, statement: Omit<Statement, "Effect" | "Principal">): Statement => ({
    Effect: "Allow",
    Principal: { Service: service },
    ...statement,
  });
  if (purpose === "assets")
    return [
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
      allow("cloudfront.amazonaws.com", {
        Sid: "ReadByTheCdn",
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`${arn}/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:${partition}:cloudfront::${accountId}:distribution/*` },
        },
      }),
    ];
  if (purpose !== "logs") return [];
  // CloudFront's logs come by the log delivery of its home region, us-east-1.
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
  const source = pulumi.interpolate`arn:${partition}:logs:us-east-1:${accountId}:*`;
  return [
    allow("logging.s3.amazonaws.com", {
      Sid: "TakeAccessLogs",
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${arn}/*`,
      Condition: { StringEquals: own },
    }),
    allow("delivery.logs.amazonaws.com", {
      Sid: "TakeDeliveredLogs",
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${arn}/AWSLogs/${accountId}/*`,
      Condition: {
        StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" },
        ArnLike: { "aws:SourceArn": source },
      },
    }),
    allow("delivery.logs.amazonaws.com", {
      Sid: "CheckForDeliveredLogs",
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: arn,
      Condition: { StringEquals: own, ArnLike: { "aws:SourceArn": source } },
    }),
  ];
}
