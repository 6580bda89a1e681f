// Keys, identities, secrets and stores: a good example, and what AWS would refuse of it.
import { UNKNOWN } from "../row";
import type { Example } from "../testing/sample";
import { trust } from "./sample";
import { T } from "./types";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const dataExamples: readonly Example[] = [
  {
    type: T.logGroup,
    good: { name: "/aws/vpc-flow-logs/shop", retentionInDays: 90 },
    bad: [
      [{ retentionInDays: 100 }, "retentionInDays"],
      [{ name: "aws/mine" }, "name"],
      [{ name: "with space" }, "name"],
      [{ kmsKeyId: "1234" }, "kmsKeyId", /ARN/],
    ],
  },
  {
    type: T.key,
    good: { enableKeyRotation: true, rotationPeriodInDays: 90, deletionWindowInDays: 30 },
    bad: [
      [{ rotationPeriodInDays: 30 }, "rotationPeriodInDays", /90 to 2560/],
      [{ enableKeyRotation: false }, "rotationPeriodInDays"],
      [{ deletionWindowInDays: 6 }, "deletionWindowInDays"],
      [{ customerMasterKeySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" }, "enableKeyRotation", /symmetric/],
      [
        { policy: policy({ ...statement, Principal: "*", Action: "kms:Decrypt" }) },
        "policy",
        /will not allow you to update the key policy/,
      ],
      [{ policy: policy({ ...statement, Action: "kms:*" }) }, "policy", /principal/],
    ],
  },
  {
    type: T.keyAlias,
    good: { name: "alias/shop-prod", targetKeyId: UNKNOWN },
    bad: [
      [{ name: "shop" }, "name", /alias\//],
      [{ name: "alias/aws/s3" }, "name"],
      [{ targetKeyId: undefined }, "targetKeyId"],
    ],
  },
  {
    type: T.role,
    good: { assumeRolePolicy: trust("ec2.amazonaws.com") },
    bad: [
      [
        { assumeRolePolicy: policy({ ...statement, Action: "sts:AssumeRole", Principal: "*" }) },
        "assumeRolePolicy",
        /prohibited field Resource/,
      ],
      [{ assumeRolePolicy: policy({ Effect: "Allow", Action: "sts:AssumeRole" }) }, "assumeRolePolicy", /principal/],
      [{ assumeRolePolicy: "nonsense" }, "assumeRolePolicy", /JSON/],
      [{ name: "x".repeat(65) }, "name"],
      [{ maxSessionDuration: 60 }, "maxSessionDuration"],
      [{ path: "team" }, "path"],
    ],
  },
  {
    type: T.rolePolicy,
    good: {
      role: UNKNOWN,
      policy: policy({
        ...statement,
        Condition: {
          StringEquals: { "aws:PrincipalTag/team": "a" },
          "ForAnyValue:StringLike": { "aws:TagKeys": ["b*"] },
        },
      }),
    },
    bad: [
      [{ policy: policy({ ...statement, Sid: "has space" }) }, "policy", /alpha-numeric/],
      [{ policy: policy({ ...statement, Principal: "*" }) }, "policy", /principal/],
      [{ policy: policy({ ...statement, Action: "GetObject" }) }, "policy", /vendor/],
      [{ policy: policy({ ...statement, Effect: "allow" }) }, "policy", /Effect/],
      [{ policy: policy({ ...statement, Condition: { StringEqual: {} } }) }, "policy", /Condition type/],
      [{ policy: policy({ Effect: "Allow", Action: "s3:*" }) }, "policy", /resources/],
      [{ policy: JSON.stringify({ Version: "2020-01-01", Statement: [statement] }) }, "policy", /version/],
      [{ policy: policy({ ...statement, Sid: "A" }, { ...statement, Sid: "A" }) }, "policy", /unique/],
    ],
  },
  {
    type: T.rolePolicyAttachment,
    good: { role: UNKNOWN, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    bad: [[{ policyArn: "ReadOnlyAccess" }, "policyArn"]],
  },
  {
    type: T.secret,
    good: { name: "shop-prod/database/admin", recoveryWindowInDays: 30 },
    bad: [
      [{ recoveryWindowInDays: 5 }, "recoveryWindowInDays"],
      [{ name: "a b" }, "name"],
    ],
  },
  {
    type: T.secretVersion,
    good: { secretId: UNKNOWN, secretString: "{}" },
    bad: [
      [{ secretString: undefined }, "secretString"],
      [{ secretBinary: "AA==" }, "secretBinary"],
    ],
  },
  {
    type: T.bucket,
    good: { bucket: "shop-prod-uploads" },
    bad: [
      [{ bucket: "Shop" }, "bucket"],
      [{ bucket: "10.0.0.1" }, "bucket", /IP address/],
      [{ bucket: "a..b" }, "bucket", /adjacent/],
      [{ bucket: "xn--shop" }, "bucket", /reserved/],
      [{ acl: "public-read" }, "acl", /does not allow ACLs/],
    ],
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    good: {
      bucket: UNKNOWN,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN } }],
    },
    bad: [
      [
        { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "kms" } }] },
        "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
      ],
      [
        { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "k" } }] },
        "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
      ],
    ],
  },
  {
    type: T.bucketVersioning,
    good: { bucket: UNKNOWN, versioningConfiguration: { status: "Enabled" } },
    bad: [[{ versioningConfiguration: { status: "On" } }, "versioningConfiguration.status"]],
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    good: {
      bucket: UNKNOWN,
      rules: [{ id: "a", status: "Enabled", transitions: [{ days: 90, storageClass: "GLACIER" }] }],
    },
    bad: [
      [{ rules: [{ id: "a", status: "Enabled" }] }, "rules.0", /at least one action/],
      [{ rules: [{ id: "a", status: "On", expiration: { days: 1 } }] }, "rules.0.status"],
      [
        { rules: [{ id: "a", status: "Enabled", transitions: [{ days: 20, storageClass: "STANDARD_IA" }] }] },
        "rules.0.transitions.0.days",
        /30/,
      ],
      [
        {
          rules: [
            {
              id: "a",
              status: "Enabled",
              expiration: { days: 90 },
              transitions: [{ days: 90, storageClass: "GLACIER" }],
            },
          ],
        },
        "rules.0.transitions.0.days",
      ],
      [
        { rules: [{ id: "a", status: "Enabled", expiration: { days: 1, expiredObjectDeleteMarker: true } }] },
        "rules.0.expiration",
      ],
      [
        {
          rules: [
            { id: "a", status: "Enabled", expiration: { days: 1 } },
            { id: "a", status: "Enabled", expiration: { days: 2 } },
          ],
        },
        "rules",
        /unique/,
      ],
    ],
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    good: { bucket: UNKNOWN, policy: policy({ ...statement, Principal: { Service: "logging.s3.amazonaws.com" } }) },
    bad: [
      [{ policy: policy(statement) }, "policy", /principal/],
      [{ policy: policy({ ...statement, Principal: "*", Extra: 1 }) }, "policy", /unknown element/],
    ],
  },
];
