// Names, certificates and logs that are delivered: a good example, and what AWS would refuse of it.
import { UNKNOWN } from "../row";
import type { Example } from "../testing/sample";

const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1";

export const nameExamples: readonly Example[] = [
  {
    type: "aws:route53/zone:Zone",
    good: { name: "shop.example", comment: "the shop" },
    bad: [
      [{ name: "shop..example" }, "name"],
      [{ name: undefined }, "name"],
      [{ comment: "x".repeat(257) }, "comment"],
    ],
  },
  {
    type: "aws:route53/keySigningKey:KeySigningKey",
    good: {
      hostedZoneId: "Z1",
      keyManagementServiceArn: "arn:aws:kms:us-east-1:123456789012:key/1",
      name: "shop",
    },
    bad: [
      [{ name: "my-key" }, "name", /underscores/],
      [{ keyManagementServiceArn: "arn:aws:kms:eu-west-1:123456789012:key/1" }, "keyManagementServiceArn", /us-east-1/],
      [{ status: "ON" }, "status"],
    ],
  },
  {
    type: "aws:route53/queryLog:QueryLog",
    good: { zoneId: UNKNOWN, cloudwatchLogGroupArn: UNKNOWN },
    bad: [
      [
        { cloudwatchLogGroupArn: "arn:aws:logs:eu-west-1:123456789012:log-group:q" },
        "cloudwatchLogGroupArn",
        /us-east-1/,
      ],
    ],
  },
  {
    type: "aws:route53/record:Record",
    good: { zoneId: "Z1", name: "www.shop.example", type: "A", ttl: 60, records: ["203.0.113.7"] },
    bad: [
      [{ type: "B" }, "type"],
      [{ ttl: undefined }, "ttl"],
      [{ records: undefined }, "records"],
      [{ records: ["2001:db8::1"] }, "records.0", /IPv4/],
      [{ aliases: [{ name: UNKNOWN, zoneId: "Z2", evaluateTargetHealth: false }] }, "ttl", /alias/],
      [{ failoverRoutingPolicies: [{ type: "PRIMARY" }] }, "setIdentifier"],
      [{ type: "CNAME", records: ["a.example", "b.example"] }, "records"],
      [{ type: "TXT", records: ["x".repeat(256)] }, "records.0", /255/],
      [{ type: "CAA", records: ["letsencrypt.org"] }, "records.0"],
    ],
  },
  {
    type: "aws:route53/healthCheck:HealthCheck",
    good: { type: "HTTPS", fqdn: "shop.example", port: 443, requestInterval: 10, failureThreshold: 3 },
    bad: [
      [{ requestInterval: 20 }, "requestInterval"],
      [{ failureThreshold: 11 }, "failureThreshold"],
      [{ ipAddress: "10.0.0.1" }, "ipAddress", /public/],
      [{ fqdn: undefined }, "fqdn"],
      [{ type: "CALCULATED" }, "childHealthchecks"],
    ],
  },
  {
    type: "aws:acm/certificate:Certificate",
    good: { domainName: "www.shop.example", validationMethod: "DNS", keyAlgorithm: "EC_prime256v1" },
    bad: [
      [{ domainName: "shop" }, "domainName"],
      [{ keyAlgorithm: "EC" }, "keyAlgorithm"],
      [{ validationMethod: undefined }, "validationMethod"],
    ],
  },
  {
    type: "aws:acm/certificateValidation:CertificateValidation",
    good: { certificateArn: certificate, validationRecordFqdns: [UNKNOWN] },
    bad: [[{ region: "eu-west-1" }, "certificateArn", /is in us-east-1/]],
  },
  {
    type: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    good: { name: "shop", logType: "ACCESS_LOGS", resourceArn: "arn:aws:cloudfront::123456789012:distribution/E1" },
    bad: [
      [{ logType: "ALL" }, "logType"],
      [{ region: "eu-west-1" }, "resourceArn", /us-east-1/],
      [{ name: "the shop" }, "name"],
    ],
  },
  {
    type: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    good: { name: "shop", outputFormat: "json", deliveryDestinationConfiguration: { destinationResourceArn: UNKNOWN } },
    bad: [[{ outputFormat: "xml" }, "outputFormat"]],
  },
  {
    type: "aws:cloudwatch/logDelivery:LogDelivery",
    good: {
      deliverySourceName: "shop",
      deliveryDestinationArn: UNKNOWN,
      s3DeliveryConfigurations: [{ suffixPath: "{yyyy}" }],
    },
    bad: [[{ s3DeliveryConfigurations: [{ suffixPath: "x".repeat(257) }] }, "s3DeliveryConfigurations.0.suffixPath"]],
  },
  {
    type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    good: {
      policyName: "queries",
      policyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "route53.amazonaws.com" },
            Action: "logs:PutLogEvents",
            Resource: "*",
          },
        ],
      }),
    },
    bad: [[{ policyDocument: "{" }, "policyDocument"]],
  },
];
