// Buckets that face the web, and the lock in front of all of them.
import { each, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { isSet, text } from "../values";
import { setting } from "./bucket-settings";
import { awsRow, regionOf } from "./row";

const website = setting({
  type: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  check: ({ inputs }) => [
    ...(isSet(inputs["indexDocument"]) || isSet(inputs["redirectAllRequestsTo"])
      ? []
      : refuse("indexDocument", "one of indexDocument, redirectAllRequestsTo must be specified")),
  ],
  outputs: (moment) => {
    const domain = `s3-website-${regionOf(moment)}.amazonaws.com`;
    return { websiteDomain: domain, websiteEndpoint: `${text(moment.inputs["bucket"]) ?? ""}.${domain}` };
  },
});

const cors = setting({
  type: "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  check: ({ inputs }) => [
    ...oneOf(inputs, "corsRules.*.allowedMethods.*", ["GET", "PUT", "HEAD", "POST", "DELETE"]),
    ...each(
      inputs,
      "corsRules.*.allowedOrigins",
      (origins) => Array.isArray(origins) && origins.length > 0,
      () => "at least one origin is required",
    ),
  ],
});

const accountBlock = awsRow({
  type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
  global: true,
  taggable: false,
  inputDefaults: () => ({
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  }),
  id: ({ inputs, place }) => text(inputs["accountId"]) ?? place.account,
  outputs: ({ inputs, place }) => ({ accountId: text(inputs["accountId"]) ?? place.account }),
  seconds: { create: 2, update: 2, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [website, cors, accountBlock];
