import * as pulumi from "@pulumi/pulumi";
import type { KeyRef } from "../keys";
import { nativeOf } from "../site";
import type { Statement } from "../site/aws-policy";
import type { Grant } from ".";

type Arn = pulumi.Output<string>;

const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: NonNullable<Statement["Resource"]>,
  Condition?: NonNullable<Statement["Condition"]>,
): Statement => ({ Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });

const decrypt = ["kms:Decrypt"];
const encrypt = ["kms:Decrypt", "kms:GenerateDataKey"];

/** What a grant lets a role do, on that one thing and nothing beside it (SEC-11). */
export function statementsOf(partition: Arn, grant: Grant): Statement[] {
  /** Use of the key through the service that keeps the thing, in whatever region it does. */
  const through = (service: string, actions: readonly string[], key: KeyRef) =>
    allow("UseItsKey", actions, key.id, { StringLike: { "kms:ViaService": `${service}.*.amazonaws.com` } });
  const readSecret = (arn: Arn, key: KeyRef) => [
    allow("ReadSecret", ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], arn),
    through("secretsmanager", decrypt, key),
  ];
  switch (grant.kind) {
    case "bucket":
      return bucket(nativeOf(grant.bucket, "aws", "Grant on a bucket").arn, grant, through);
    case "key":
      return [
        allow(
          "UseKey",
          ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
          grant.key.id,
        ),
      ];
    case "database":
      // The administrator can't have RDS's cloud login as well: a user with it loses the password.
      return readSecret(grant.database.secretRef, grant.key);
    case "cache":
      return readSecret(grant.cache.secretRef, grant.key);
    case "secret":
      return grant.access === "read"
        ? readSecret(grant.secret.id, grant.key)
        : [
            allow(
              "RotateSecret",
              [
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage",
              ],
              grant.secret.id,
            ),
            through("secretsmanager", encrypt, grant.key),
          ];
    case "registry":
      return [
        // Logging in to ECR knows no resource.
        allow("LogIn", ["ecr:GetAuthorizationToken"], "*"),
        allow(
          "Push",
          [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:CompleteLayerUpload",
            "ecr:GetDownloadUrlForLayer",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart",
          ],
          Object.values(nativeOf(grant.registry, "aws", "Grant on a registry").repositoryArns),
        ),
      ];
    case "zone":
      return zone(partition, grant.zoneId);
  }
}

const bucket = (
  arn: Arn,
  { access, key }: Extract<Grant, { kind: "bucket" }>,
  through: (service: string, actions: readonly string[], key: KeyRef) => Statement,
): Statement[] => {
  const objects = pulumi.interpolate`${arn}/*`;
  const put = ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"];
  const list = allow("ListObjects", ["s3:GetBucketLocation", "s3:ListBucket"], arn);
  const read = ["s3:GetObject", "s3:GetObjectVersion"];
  return {
    read: [list, allow("ReadObjects", read, objects), through("s3", decrypt, key)],
    write: [
      list,
      allow("ReadAndWriteObjects", [...read, ...put, "s3:DeleteObject"], objects),
      through("s3", encrypt, key),
    ],
    // Parts of a large object are read back when they are put together, by S3 but in the caller's name.
    add: [allow("AddObjects", put, objects), through("s3", encrypt, key)],
  }[access];
};

const zone = (partition: Arn, zoneId: pulumi.Output<string>): Statement[] => [
  allow(
    "ChangeRecords",
    ["route53:ChangeResourceRecordSets", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
    pulumi.interpolate`arn:${partition}:route53:::hostedzone/${zoneId}`,
  ),
  allow("WatchChanges", ["route53:GetChange"], pulumi.interpolate`arn:${partition}:route53:::change/*`),
  // Finding a zone by its name knows no resource.
  allow("FindZones", ["route53:ListHostedZones", "route53:ListHostedZonesByName"], "*"),
];
