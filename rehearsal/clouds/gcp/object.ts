import { fits, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { isSet, number, pick, text } from "../values";
import { bucketType } from "./storage";
import { classes } from "./storage-checks";

export const objectType = "gcp:storage/bucketObject:BucketObject";

/** Not the content: only that there is something, which keeps its bucket from being deleted. */
export const bucketObject: Row = {
  type: objectType,
  autoName: { property: "name", max: 255 },
  required: ["name"],
  immutable: [
    "bucket",
    "name",
    "cacheControl",
    "contentDisposition",
    "contentEncoding",
    "contentLanguage",
    "contentType",
    "kmsKeyName",
    "storageClass",
  ],
  unique: { by: ["bucket", "name"], scope: "world" },
  secrets: ["content", "customerEncryption"],
  references: [
    { path: "bucket", to: [bucketType], by: ["name", "id"], weak: true },
    { path: "kmsKeyName", to: ["gcp:kms/cryptoKey:CryptoKey"] },
  ],
  check: ({ inputs }) => [
    ...(isSet(inputs["content"]) || isSet(inputs["source"])
      ? []
      : refuse("source", "one of content, source must be specified")),
    ...fits(inputs, "name", /^[^\r\n]{1,1024}$/, "1 to 1024 bytes without line breaks"),
    ...oneOf(inputs, "storageClass", classes),
  ],
  release: ({ inputs, account, now, old }) => {
    const parent = account.find([bucketType], "name", inputs["bucket"] ?? null);
    const period = Number(pick(parent?.inputs, "retentionPolicy.retentionPeriod"));
    // An object's generation is the time of its writing, in microseconds.
    const age = (Date.parse(now) * 1000 - (number(old?.outputs["generation"]) ?? Date.parse(now) * 1000)) / 1_000_000;
    return period > age
      ? `Error 403: Object '${text(inputs["bucket"])}/${text(inputs["name"])}' is subject to bucket's retention policy or object retention and cannot be deleted or overwritten until ${new Date(Date.parse(now) + (period - age) * 1000).toISOString()}, retentionPolicyNotMet`
      : undefined;
  },
  id: ({ inputs }) => `${text(inputs["bucket"])}-${text(inputs["name"])}`,
  outputs: (moment) => ({
    crc32c: `${moment.random("crc32c", 6, "ABCDEFGHIJKLMNOP")}==`,
    md5hexhash: moment.random("md5hex", 32),
    md5hash: `${moment.random("md5", 22, "ABCDEFGHIJKLMNOP")}==`,
    generation: moment.old?.outputs["generation"] ?? Date.parse(moment.now) * 1000,
    kmsKeyName: moment.inputs["kmsKeyName"] ?? "",
    storageClass: moment.inputs["storageClass"] ?? "STANDARD",
    contentType: moment.inputs["contentType"] ?? "text/plain; charset=utf-8",
    outputName: text(moment.inputs["name"]) ?? "",
    selfLink: `https://www.googleapis.com/storage/v1/b/${text(moment.inputs["bucket"])}/o/${encodeURIComponent(text(moment.inputs["name"]) ?? "")}`,
    mediaLink: `https://storage.googleapis.com/download/storage/v1/b/${text(moment.inputs["bucket"])}/o/${encodeURIComponent(text(moment.inputs["name"]) ?? "")}?alt=media`,
  }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate: one small upload" },
};
