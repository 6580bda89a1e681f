// The bucket itself, and who may reach it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
import { exclusive, fits, oneOf, refuse } from "../limits";
import type { AccountView, Moment, Reference, Refusal, Row } from "../row";
import { arn, HEX, partition } from "../shapes";
import { flag, object, text } from "../values";
import { policyRefusals, principalRefusals, statementsOf } from "./policy-document";
import { hostedZones } from "./regions";
import { awsRow, regionOf } from "./row";
import { T } from "./types";

export const ofBucket: Reference = { path: "bucket", to: [T.bucket, "aws:s3/bucketV2:BucketV2"], by: ["id", "bucket"] };

export const bucketNameRefusals = (inputs: Moment["inputs"], path: string): readonly Refusal[] => [
  ...fits(
    inputs,
    path,
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    "3 to 63 lower case letters, digits, dots and hyphens, beginning and ending with a letter or digit",
  ),
  ...fits(
    inputs,
    path,
    /^(?!.*\.\.)(?!.*(\.-|-\.)).*$/,
    "it must not hold two adjacent dots, or a dot beside a hyphen",
  ),
  ...fits(inputs, path, /^(?!\d+\.\d+\.\d+\.\d+$)/, "it must not be formatted as an IP address"),
  ...fits(
    inputs,
    path,
    /^(?!(xn--|sthree-|amzn-s3-demo-))(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)/,
    "prefix or suffix is reserved by S3",
  ),
];

/** A program that still sets everything on the bucket itself is understood as far as the arguments mirror. */
const bucketOf = (type: string) =>
  awsRow({
    type,
    autoName: { property: "bucket", max: 63, lower: true },
    immutable: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"],
    unique: { by: ["bucket"], scope: "world" },
    inputDefaults: () => ({ forceDestroy: false }),
    check: ({ inputs }) => [
      ...bucketNameRefusals(inputs, "bucket"),
      ...oneOf(inputs, "acl", cannedAcls),
      ...(typeof inputs["acl"] === "string" && inputs["acl"] !== "private"
        ? refuse(
            "acl",
            "AccessControlListNotSupported: the bucket does not allow ACLs: a new bucket enforces its owner's",
          )
        : []),
      ...oneOf(inputs, "accelerationStatus", ["Enabled", "Suspended"]),
      ...oneOf(inputs, "requestPayer", ["BucketOwner", "Requester"]),
      ...policyRefusals({ inputs }, "policy", "resource"),
    ],
    id: ({ inputs }) => text(inputs["bucket"]) ?? "",
    outputs: (moment) => {
      const region = regionOf(moment);
      const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
      return {
        arn: arn({ service: "s3", resource: moment.id, partition: partition(region) }),
        accelerationStatus: text(moment.inputs["accelerationStatus"]) ?? "",
        bucketDomainName: `${moment.id}.s3.${suffix}`,
        bucketNamespace: text(moment.inputs["bucketNamespace"]) ?? "global",
        bucketPrefix: "",
        bucketRegion: region,
        bucketRegionalDomainName: `${moment.id}.s3.${region}.${suffix}`,
        hostedZoneId: hostedZones[region]?.s3 ?? "",
        objectLockEnabled: flag(moment.inputs["objectLockEnabled"]) ?? false,
        requestPayer: text(moment.inputs["requestPayer"]) ?? "BucketOwner",
      };
    },
    seconds: { create: 3, update: 2, delete: 1, source: "estimate" },
  });

const cannedAcls = [
  "private",
  "public-read",
  "public-read-write",
  "aws-exec-read",
  "authenticated-read",
  "bucket-owner-read",
  "bucket-owner-full-control",
  "log-delivery-write",
];

/** The setting of one kind that a bucket has; there can be one only, so any will do. */
export const settingOf = (account: AccountView, type: string, bucket: Moment["inputs"][string] | undefined) =>
  account.find([type], "bucket", bucket ?? null);

const publicAccessBlock = awsRow({
  type: T.bucketPublicAccessBlock,
  taggable: false,
  immutable: ["bucket"],
  references: [ofBucket],
  inputDefaults: () => ({
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  }),
  id: ({ inputs }) => text(inputs["bucket"]) ?? "",
  outputs: () => ({}),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const ownershipControls = awsRow({
  type: T.bucketOwnershipControls,
  taggable: false,
  immutable: ["bucket"],
  references: [ofBucket],
  check: ({ inputs }) =>
    oneOf(inputs, "rule.objectOwnership", ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"]),
  id: ({ inputs }) => text(inputs["bucket"]) ?? "",
  outputs: () => ({}),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const bucketPolicy = awsRow({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  taggable: false,
  immutable: ["bucket"],
  references: [ofBucket],
  check: (moment) => policyRefusals(moment, "policy", "resource"),
  admit: (moment) => [...principalRefusals(moment, "policy"), ...foreignResources(moment), ...publicRefusals(moment)],
  id: ({ inputs }) => text(inputs["bucket"]) ?? "",
  outputs: () => ({}),
  seconds: { create: 2, update: 2, delete: 1, source: "estimate" },
});

function foreignResources({ inputs }: Moment): readonly Refusal[] {
  const bucket = text(inputs["bucket"]);
  const odd = statementsOf(inputs["policy"])
    .flatMap(({ resources }) => resources)
    .find(
      (resource) =>
        bucket !== undefined &&
        resource !== "*" &&
        !new RegExp(`^arn:[\\w-]+:s3:::${bucket.replaceAll(".", "\\.")}(/.*)?$`).test(resource.replaceAll("*", "x")),
    );
  return odd === undefined
    ? []
    : refuse("policy", `MalformedPolicy: policy has invalid resource: ${odd} is not in ${bucket ?? ""}`);
}

/** New buckets block public policies (since April 2023) until somebody sets the block to false. */
function publicRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const block = settingOf(account, T.bucketPublicAccessBlock, inputs["bucket"]);
  const open = statementsOf(inputs["policy"]).some(
    ({ effect, principals, conditioned }) =>
      effect === "Allow" && !conditioned && principals.some((one) => one === "* *" || one === "AWS *"),
  );
  return open && block?.outputs["blockPublicPolicy"] !== false
    ? refuse(
        "policy",
        "AccessDenied: not authorized to perform s3:PutBucketPolicy because public policies are blocked by the BlockPublicPolicy setting in Block Public Access",
      )
    : [];
}

const bucketAcl = awsRow({
  type: "aws:s3/bucketAcl:BucketAcl",
  taggable: false,
  immutable: ["bucket", "expectedBucketOwner"],
  references: [ofBucket],
  check: ({ inputs }) => oneOf(inputs, "acl", cannedAcls),
  admit: ({ inputs, account }) => {
    const ownership = text(
      object(settingOf(account, T.bucketOwnershipControls, inputs["bucket"])?.outputs["rule"])["objectOwnership"],
    );
    const block = settingOf(account, T.bucketPublicAccessBlock, inputs["bucket"]);
    const open = text(inputs["acl"])?.startsWith("public-") === true;
    if (ownership === undefined || ownership === "BucketOwnerEnforced")
      return refuse("acl", "AccessControlListNotSupported: the bucket does not allow ACLs");
    return open && block?.outputs["blockPublicAcls"] !== false
      ? refuse("acl", "AccessDenied: public ACLs are blocked by the BlockPublicAcls setting in Block Public Access")
      : [];
  },
  id: ({ inputs }) => [text(inputs["bucket"]), text(inputs["acl"])].filter(Boolean).join(","),
  outputs: () => ({}),
  seconds: { create: 1, update: 1, delete: 0, source: "estimate" },
});

/** Objects: their content isn't kept, a fingerprint of what was given is. */
const objectOf = (type: string) =>
  awsRow({
    type,
    autoName: { property: "key", max: 1024, random: 0, separator: "" },
    immutable: ["bucket", "key"],
    references: [ofBucket],
    unique: { by: ["bucket", "key"], scope: "region" },
    inputDefaults: () => ({
      ...(type === "aws:s3/bucketObject:BucketObject" && { acl: "private" }),
      forceDestroy: false,
    }),
    check: ({ inputs }) => [
      ...exclusive(inputs, "source", "content", "contentBase64"),
      ...oneOf(inputs, "serverSideEncryption", ["AES256", "aws:kms", "aws:kms:dsse"]),
      ...oneOf(inputs, "acl", cannedAcls),
    ],
    id: ({ inputs }) =>
      type.endsWith("V2") || type.endsWith("v2")
        ? `${text(inputs["bucket"]) ?? ""}/${text(inputs["key"]) ?? ""}`
        : (text(inputs["key"]) ?? ""),
    outputs: (moment) => ({
      arn: arn({
        service: "s3",
        resource: `${text(moment.inputs["bucket"]) ?? ""}/${text(moment.inputs["key"]) ?? ""}`,
        partition: partition(regionOf(moment)),
      }),
      bucketKeyEnabled: flag(moment.inputs["bucketKeyEnabled"]) ?? false,
      contentType: text(moment.inputs["contentType"]) ?? "application/octet-stream",
      etag: text(moment.inputs["etag"]) ?? moment.random("etag", 32, HEX),
      serverSideEncryption: text(moment.inputs["serverSideEncryption"]) ?? "AES256",
      storageClass: text(moment.inputs["storageClass"]) ?? "STANDARD",
      versionId: "",
    }),
    seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
  });

export const rows: readonly Row[] = [
  bucketOf(T.bucket),
  bucketOf("aws:s3/bucketV2:BucketV2"),
  publicAccessBlock,
  ownershipControls,
  bucketPolicy,
  bucketAcl,
  objectOf("aws:s3/bucketObject:BucketObject"),
  objectOf("aws:s3/bucketObjectv2:BucketObjectv2"),
];

export const isLocked = (account: AccountView, bucket: Moment["inputs"][string] | undefined): boolean =>
  account.find([T.bucket], "id", bucket ?? null)?.outputs["objectLockEnabled"] === true;
