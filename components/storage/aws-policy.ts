import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { nativeOf, type Site } from "../site";
import { policyText, type Statement } from "../site/aws-policy";
import type { BucketPurpose } from ".";

/** HTTPS of a recent kind or nothing (STO-06); the bucket for logs takes them from S3, for this account's buckets only. */
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
  if (purpose !== "logs") return policyText(...statements);
  const { accountId } = nativeOf(site, "aws", "Access logs");
  return policyText(...statements, {
    Sid: "TakeAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: objects,
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  });
}
