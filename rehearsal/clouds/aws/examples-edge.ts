// Firewalls and distributions: a good example, and what AWS would refuse of it.
import type { Value } from "../row";
import type { Example } from "../testing/sample";

const seen = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});
const managed = (
  name: string,
  priority: number,
  more: Readonly<Record<string, Value>> = { overrideAction: { none: {} } },
) => ({
  name,
  priority,
  statement: { managedRuleGroupStatement: { name, vendorName: "AWS" } },
  visibilityConfig: seen(name),
  ...more,
});
const common = managed("AWSManagedRulesCommonRuleSet", 1);
const rate = (limit: number, evaluationWindowSec: number) => ({
  name: "rate",
  priority: 0,
  action: { block: {} },
  statement: { rateBasedStatement: { aggregateKeyType: "IP", limit, evaluationWindowSec } },
  visibilityConfig: seen("rate"),
});

const behavior = (more: Readonly<Record<string, Value>> = {}) => ({
  targetOriginId: "assets",
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET", "HEAD", "OPTIONS"],
  cachedMethods: ["GET", "HEAD"],
  cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  ...more,
});
const origin = (originId: string) => ({ originId, domainName: `${originId}.s3.us-east-1.amazonaws.com` });
const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const acl = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/1";
const group = {
  originId: "group",
  failoverCriteria: { statusCodes: [500, 503] },
  members: [{ originId: "assets" }, { originId: "copy" }],
};

export const edgeExamples: readonly Example[] = [
  {
    type: "aws:wafv2/webAcl:WebAcl",
    good: {
      name: "shop",
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rules: [rate(2000, 300), common],
      visibilityConfig: seen("shop"),
    },
    bad: [
      [{ scope: "EDGE" }, "scope"],
      [{ region: "eu-west-1" }, "scope", /us-east-1/],
      [{ name: "the shop" }, "name"],
      [{ rules: [common, common] }, "rules.1.name"],
      [{ rules: [managed("AWSManagedRulesCommonRuleSet", 1, { action: { block: {} } })] }, "rules.0.overrideAction"],
      [{ rules: [managed("AWSManagedRulesEverything", 1)] }, "rules.0.statement.managedRuleGroupStatement.name"],
      [{ rules: [rate(5, 300)] }, "rules.0.statement.rateBasedStatement.limit"],
      [{ rules: [rate(500, 200)] }, "rules.0.statement.rateBasedStatement.evaluationWindowSec"],
      [
        { rules: Array.from({ length: 8 }, (_, index) => ({ ...common, name: `r${index}`, priority: index })) },
        "rules",
        /5600 WCUs/,
      ],
    ],
  },
  {
    type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    good: {
      resourceArn: acl,
      logDestinationConfigs: ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-shop"],
    },
    bad: [
      [
        { logDestinationConfigs: ["arn:aws:logs:us-east-1:123456789012:log-group:shop"] },
        "logDestinationConfigs.0",
        /aws-waf-logs-/,
      ],
      [
        { logDestinationConfigs: ["arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-shop"] },
        "logDestinationConfigs.0",
        /must be in us-east-1/,
      ],
      [{ logDestinationConfigs: [] }, "logDestinationConfigs"],
    ],
  },
  {
    type: "aws:shield/protection:Protection",
    good: { name: "shop", resourceArn: "arn:aws:ec2:us-east-1:123456789012:elastic-ip/eipalloc-1" },
    bad: [[{ resourceArn: "eipalloc-1" }, "resourceArn"]],
  },
  {
    type: "aws:cloudfront/originAccessControl:OriginAccessControl",
    good: { name: "shop", originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
    bad: [
      [{ signingProtocol: "sigv2" }, "signingProtocol"],
      [{ signingBehavior: "maybe" }, "signingBehavior"],
      [{ name: "x".repeat(65) }, "name"],
    ],
  },
  {
    type: "aws:cloudfront/cachePolicy:CachePolicy",
    good: {
      name: "shop",
      minTtl: 0,
      defaultTtl: 60,
      maxTtl: 600,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    },
    bad: [
      [{ maxTtl: 6 }, "maxTtl"],
      [{ minTtl: 61 }, "defaultTtl"],
      [{ name: "a b" }, "name"],
    ],
  },
  {
    type: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    good: { name: "shop", securityHeadersConfig: { frameOptions: { frameOption: "DENY", override: true } } },
    bad: [
      [
        { securityHeadersConfig: { frameOptions: { frameOption: "ALLOW", override: true } } },
        "securityHeadersConfig.frameOptions.frameOption",
      ],
    ],
  },
  {
    type: "aws:cloudfront/distribution:Distribution",
    good: {
      enabled: true,
      aliases: ["www.shop.example"],
      origins: [origin("assets"), origin("copy")],
      originGroups: [group],
      defaultCacheBehavior: behavior({ targetOriginId: "group" }),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: {
        acmCertificateArn: certificate,
        minimumProtocolVersion: "TLSv1.3_2025",
        sslSupportMethod: "sni-only",
      },
      webAclId: acl,
    },
    bad: [
      [{ httpVersion: "http4" }, "httpVersion"],
      [{ viewerCertificate: { cloudfrontDefaultCertificate: true } }, "viewerCertificate", /alternate domain/],
      [
        {
          viewerCertificate: {
            acmCertificateArn: certificate.replace("us-east-1", "eu-west-1"),
            sslSupportMethod: "sni-only",
          },
        },
        "viewerCertificate.acmCertificateArn",
        /us-east-1/,
      ],
      [
        {
          viewerCertificate: {
            acmCertificateArn: certificate,
            minimumProtocolVersion: "TLSv1.3",
            sslSupportMethod: "sni-only",
          },
        },
        "viewerCertificate.minimumProtocolVersion",
      ],
      [
        { defaultCacheBehavior: behavior({ targetOriginId: "api" }) },
        "defaultCacheBehavior.targetOriginId",
        /NoSuchOrigin/,
      ],
      [
        {
          defaultCacheBehavior: behavior({
            targetOriginId: "group",
            allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
          }),
        },
        "defaultCacheBehavior.allowedMethods",
        /origin group/,
      ],
      [{ defaultCacheBehavior: behavior({ allowedMethods: ["GET", "POST"] }) }, "defaultCacheBehavior.allowedMethods"],
      [{ defaultCacheBehavior: behavior({ defaultTtl: 5 }) }, "defaultCacheBehavior.defaultTtl"],
      [{ defaultRootObject: "/index.html" }, "defaultRootObject"],
      [{ webAclId: acl.replace("global", "regional") }, "webAclId"],
      [{ originGroups: [{ ...group, members: [{ originId: "assets" }] }] }, "originGroups.0.members"],
      [{ origins: [origin("assets"), origin("assets")] }, "origins.1.originId"],
    ],
  },
];
