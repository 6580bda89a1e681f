// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
import { between, each, fits, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Refusal, Row } from "../row";
import { LOWER } from "../shapes";
import { isKnown, isSet, list, object, pickAll, texts } from "../values";
import { behaviorRefusals } from "./cloudfront-behaviors";
import { edgeArn, edgeId, edgeTag } from "./cloudfront-policies";
import { awsRow, told } from "./row";
import { T } from "./types";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html */
const protocols =
  "SSLv3 TLSv1 TLSv1_2016 TLSv1.1_2016 TLSv1.2_2018 TLSv1.2_2019 TLSv1.2_2021 TLSv1.2_2025 TLSv1.3_2025".split(" ");

function certificateRefusals({ inputs }: Moment): readonly Refusal[] {
  const viewer = object(inputs["viewerCertificate"]);
  const own = isSet(viewer["acmCertificateArn"]) || isSet(viewer["iamCertificateId"]);
  return [
    ...(texts(inputs["aliases"]).length > 0 && isKnown(inputs["viewerCertificate"]) && !own
      ? refuse(
          "viewerCertificate",
          "InvalidViewerCertificate: to add an alternate domain name (CNAME), a trusted certificate that covers it must be attached",
        )
      : []),
    ...(isSet(viewer["acmCertificateArn"]) && !isSet(viewer["sslSupportMethod"])
      ? refuse("viewerCertificate.sslSupportMethod", "is required with acmCertificateArn")
      : []),
    ...fits(
      inputs,
      "viewerCertificate.acmCertificateArn",
      /^arn:aws[\w-]*:acm:us-east-1:/,
      "InvalidViewerCertificate: the certificate must be in US East (N. Virginia), us-east-1",
    ),
    ...oneOf(inputs, "viewerCertificate.minimumProtocolVersion", protocols),
    ...oneOf(inputs, "viewerCertificate.sslSupportMethod", ["sni-only", "static-ip", "vip"]),
    ...(viewer["cloudfrontDefaultCertificate"] === true &&
    isSet(viewer["minimumProtocolVersion"]) &&
    viewer["minimumProtocolVersion"] !== "TLSv1"
      ? refuse("viewerCertificate.minimumProtocolVersion", "CloudFront's own certificate is served with TLSv1")
      : []),
  ];
}

function originRefusals({ inputs }: Moment): readonly Refusal[] {
  const ids = pickAll(inputs, "origins.*.originId").map(({ value }) => value);
  return [
    ...long(inputs, "origins", 1, 100),
    ...ids.flatMap((id, index) =>
      ids.indexOf(id) < index ? refuse(`origins.${index}.originId`, "InvalidArgument: origin ids must be unique") : [],
    ),
    ...list(inputs["origins"])
      .map(object)
      .flatMap((origin, index) =>
        isSet(origin["customOriginConfig"]) && isSet(origin["s3OriginConfig"])
          ? refuse(`origins.${index}.s3OriginConfig`, "conflicts with customOriginConfig")
          : [],
      ),
    ...fits(
      inputs,
      "origins.*.domainName",
      /^(?!https?:)[A-Za-z0-9.-]{1,253}$/,
      "a host name without protocol or path",
    ),
    ...oneOf(inputs, "origins.*.customOriginConfig.originProtocolPolicy", ["http-only", "https-only", "match-viewer"]),
    ...oneOf(inputs, "origins.*.customOriginConfig.originSslProtocols.*", ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"]),
    ...between(inputs, "origins.*.customOriginConfig.originReadTimeout", 1, 120),
    ...each(
      inputs,
      "originGroups.*.members",
      (members) => Array.isArray(members) && members.length === 2,
      () => "InvalidArgument: an origin group has exactly two members",
    ),
    ...each(
      inputs,
      "originGroups.*.members.*.originId",
      (id) => ids.includes(id as string),
      (id) => `NoSuchOrigin: ${id} is no origin of the distribution`,
    ),
    ...oneOf(inputs, "originGroups.*.failoverCriteria.statusCodes.*", [400, 403, 404, 416, 429, 500, 502, 503, 504]),
  ];
}

/** A name is one distribution's in the world; its certificate must be issued, and be for it. */
function aliasRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const aliases = texts(inputs["aliases"]);
  const others = account.all(T.distribution).filter(({ id }) => id !== old?.id);
  const arn = object(inputs["viewerCertificate"])["acmCertificateArn"] ?? null;
  const certificate = account.find([T.certificate], "arn", arn);
  const issued = account.find([T.certificateValidation], "certificateArn", arn) !== undefined;
  return [
    ...aliases.flatMap((alias, index) =>
      others.some((other) => texts(other.outputs["aliases"]).includes(alias))
        ? refuse(
            `aliases.${index}`,
            "CNAMEAlreadyExists: one or more of the CNAMEs you provided are already associated with a different resource",
          )
        : [],
    ),
    ...(certificate && !issued
      ? refuse(
          "viewerCertificate.acmCertificateArn",
          "InvalidViewerCertificate: the specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain",
        )
      : []),
    ...(certificate
      ? aliases.flatMap((alias, index) =>
          covers(certificate, alias)
            ? []
            : refuse(`aliases.${index}`, `InvalidViewerCertificate: the certificate doesn't cover ${alias}`),
        )
      : []),
  ];
}

const covers = (certificate: Item, alias: string): boolean =>
  texts(certificate.outputs["subjectAlternativeNames"]).some(
    (name) => name === alias || (name.startsWith("*.") && alias.replace(/^[^.]+/, "*") === name),
  );

const distribution = awsRow({
  type: T.distribution,
  global: true,
  immutable: ["staging"],
  unordered: ["aliases", "origins", "originGroups", "customErrorResponses", "restrictions.geoRestriction.locations"],
  references: [
    { path: "viewerCertificate.acmCertificateArn", to: [T.certificate], by: "arn" },
    { path: "webAclId", to: [T.webAcl], by: "arn" },
    { path: "origins.*.originAccessControlId", to: [T.originAccessControl] },
    // CloudFront's own policies have ids that are the same everywhere.
    ...["defaultCacheBehavior", "orderedCacheBehaviors.*"].flatMap((behavior) => [
      {
        path: `${behavior}.cachePolicyId`,
        to: [T.cachePolicy],
        except: /^(658327ea-f89d-4fab-a63d-7e88639e58f6|4135ea2d-6df8-44a3-9df3-4b5a84be39ad)$/,
      },
      { path: `${behavior}.responseHeadersPolicyId`, to: [T.responseHeadersPolicy] },
    ]),
  ],
  inputDefaults: () => ({
    httpVersion: "http2",
    priceClass: "PriceClass_All",
    retainOnDelete: false,
    staging: false,
    waitForDeployment: true,
  }),
  check: (moment) => [
    ...long(moment.inputs, "comment", 0, 128),
    ...oneOf(moment.inputs, "httpVersion", ["http1.1", "http2", "http2and3", "http3"]),
    ...oneOf(moment.inputs, "priceClass", ["PriceClass_100", "PriceClass_200", "PriceClass_All"]),
    ...oneOf(moment.inputs, "restrictions.geoRestriction.restrictionType", ["none", "whitelist", "blacklist"]),
    ...fits(moment.inputs, "defaultRootObject", /^[^/].{0,254}$/, "a name that doesn't begin with /"),
    ...fits(
      moment.inputs,
      "webAclId",
      /^(arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.*|[0-9a-f-]{36})$/,
      "InvalidWebACLId: an ACL of scope CLOUDFRONT",
    ),
    ...certificateRefusals(moment),
    ...originRefusals(moment),
    ...behaviorRefusals(moment),
  ],
  admit: aliasRefusals,
  id: edgeId,
  outputs: (moment) => ({
    ...edgeTag(moment),
    arn: edgeArn(moment, "distribution"),
    callerReference: told(moment.old, "callerReference") ?? moment.random("caller", 20, "0123456789"),
    continuousDeploymentPolicyId: moment.inputs["continuousDeploymentPolicyId"] ?? "",
    domainName: `d${moment.random("domain", 13, `${LOWER}0123456789`)}.cloudfront.net`,
    // All distributions': https://docs.aws.amazon.com/general/latest/gr/cf_region.html
    hostedZoneId: "Z2FDTNDATAQYW2",
    inProgressValidationBatches: 0,
    lastModifiedTime: moment.now,
    loggingV1Enabled: isSet(moment.inputs["loggingConfig"]),
    status: "Deployed",
    trustedKeyGroups: [{ enabled: false, items: [] }],
    trustedSigners: [{ enabled: false, items: [] }],
  }),
  volatile: ["etag", "lastModifiedTime"],
  seconds: {
    create: 240,
    update: 210,
    delete: 300,
    source: "estimate: 3 to 5 minutes until all locations have it; it is disabled before it is deleted",
  },
});

export const rows: readonly Row[] = [distribution];
