// What distributions share: access to origins, cache keys, headers. https://docs.aws.amazon.com/cloudfront/latest/APIReference/
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { arn, DIGITS, UPPER, uuid } from "../shapes";
import { number, pick } from "../values";
import { awsRow } from "./row";
import { T } from "./types";

export const edgeId = (moment: Moment): string => `E${moment.random("id", 13, UPPER + DIGITS)}`;
export const edgeArn = (moment: Moment & { readonly id: string }, kind: string): string =>
  arn({ service: "cloudfront", account: moment.place.account, resource: `${kind}/${moment.id}` });
export const edgeTag = (moment: Moment): Props => ({
  etag: `E${moment.random(`etag ${moment.now}`, 13, UPPER + DIGITS)}`,
});

const accessControl = awsRow({
  type: T.originAccessControl,
  global: true,
  taggable: false,
  autoName: { property: "name", max: 64 },
  immutable: ["name"],
  unique: { by: ["name"], scope: "account" },
  inputDefaults: () => ({ description: "Managed by Pulumi" }),
  check: ({ inputs }) => [
    ...long(inputs, "name", 1, 64),
    ...long(inputs, "description", 0, 256),
    ...oneOf(inputs, "originAccessControlOriginType", ["lambda", "mediapackagev2", "mediastore", "s3"]),
    ...oneOf(inputs, "signingBehavior", ["always", "never", "no-override"]),
    ...oneOf(inputs, "signingProtocol", ["sigv4"]),
  ],
  id: edgeId,
  outputs: (moment) => ({ ...edgeTag(moment), arn: edgeArn(moment, "origin-access-control") }),
  volatile: ["etag"],
  seconds: { create: 2, update: 2, delete: 2, source: "estimate" },
});

function lifetimeRefusals({ inputs }: Moment): readonly Refusal[] {
  const [least, usual, most] = ["minTtl", "defaultTtl", "maxTtl"].map((property) => number(inputs[property]));
  const key = "parametersInCacheKeyAndForwardedToOrigin";
  return [
    ...(least !== undefined && usual !== undefined && usual < least
      ? refuse("defaultTtl", "InvalidArgument: DefaultTTL must be at least MinTTL")
      : []),
    ...(usual !== undefined && most !== undefined && most < usual
      ? refuse("maxTtl", "InvalidArgument: MaxTTL must be at least DefaultTTL")
      : []),
    ...(most === 0 && pick(inputs, `${key}.enableAcceptEncodingGzip`) === true
      ? refuse(
          `${key}.enableAcceptEncodingGzip`,
          "InvalidArgument: EnableAcceptEncodingGzip isn't for caching that is off",
        )
      : []),
  ];
}

const named = { property: "name", max: 128 } as const;
const nameRule = (inputs: Props) => fits(inputs, "name", /^[\w-]{1,128}$/, "1 to 128 letters, digits, _ and -");

const cachePolicy = awsRow({
  type: T.cachePolicy,
  global: true,
  taggable: false,
  autoName: named,
  unique: { by: ["name"], scope: "account" },
  inputDefaults: () => ({ defaultTtl: 86_400, maxTtl: 31_536_000, minTtl: 0 }),
  check: (moment) => [
    ...nameRule(moment.inputs),
    ...["minTtl", "defaultTtl", "maxTtl"].flatMap((ttl) => between(moment.inputs, ttl, 0, Number.MAX_SAFE_INTEGER)),
    ...oneOf(moment.inputs, "parametersInCacheKeyAndForwardedToOrigin.cookiesConfig.cookieBehavior", [
      "none",
      "whitelist",
      "allExcept",
      "all",
    ]),
    ...oneOf(moment.inputs, "parametersInCacheKeyAndForwardedToOrigin.headersConfig.headerBehavior", [
      "none",
      "whitelist",
    ]),
    ...oneOf(moment.inputs, "parametersInCacheKeyAndForwardedToOrigin.queryStringsConfig.queryStringBehavior", [
      "none",
      "whitelist",
      "allExcept",
      "all",
    ]),
    ...lifetimeRefusals(moment),
  ],
  id: (moment) => uuid(moment.random("id", 32)),
  outputs: (moment) => ({ ...edgeTag(moment), arn: edgeArn(moment, "cache-policy") }),
  volatile: ["etag"],
  seconds: { create: 2, update: 2, delete: 2, source: "estimate" },
});

const headersPolicy = awsRow({
  type: T.responseHeadersPolicy,
  global: true,
  taggable: false,
  autoName: named,
  unique: { by: ["name"], scope: "account" },
  check: ({ inputs }) => [
    ...nameRule(inputs),
    ...long(inputs, "comment", 0, 128),
    ...oneOf(inputs, "securityHeadersConfig.frameOptions.frameOption", ["DENY", "SAMEORIGIN"]),
    ...oneOf(inputs, "securityHeadersConfig.referrerPolicy.referrerPolicy", [
      "no-referrer",
      "no-referrer-when-downgrade",
      "origin",
      "origin-when-cross-origin",
      "same-origin",
      "strict-origin",
      "strict-origin-when-cross-origin",
      "unsafe-url",
    ]),
    ...between(inputs, "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec", 0, 63_072_000 * 10),
  ],
  id: (moment) => uuid(moment.random("id", 32)),
  outputs: (moment) => ({ ...edgeTag(moment), arn: edgeArn(moment, "response-headers-policy") }),
  volatile: ["etag"],
  seconds: { create: 2, update: 2, delete: 2, source: "estimate" },
});

export const rows: readonly Row[] = [accessControl, cachePolicy, headersPolicy];
