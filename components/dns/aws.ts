import { LogGroup, LogResourcePolicy } from "@pulumi/aws/cloudwatch";
import { Key } from "@pulumi/aws/kms";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import { edgeLogsKey, edgeRegion } from "../keys/aws-edge";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import { policyText } from "../site/aws-policy";
import type { BuildZone, CompleteZoneArgs } from ".";
import { signingKeyPolicy } from "./aws-signing";

type Context = BuildContext<CompleteZoneArgs>;

/** A hosted zone with a signing key of our own, CAA, and every query in a log group: the last two in Route 53's home region. */
export const build: BuildZone = (context) => {
  const { name, site, args, child } = context;
  if (args.existing !== undefined) return adopted(context, args.existing);
  const zone = new route53.Zone(
    name,
    {
      name: args.domain,
      comment: `${site.prefix}: ${args.domain}`,
      // Records of others (ACME challenges, a cluster's) hold a zone back, unless it may go with its contents.
      forceDestroy: site.safeguards.disposable,
      tags: tagsOf(site, name),
    },
    { ...child, protect: site.safeguards.deletionProtection },
  );
  const signing = sign(context, zone);
  new route53.Record(
    `${name}-caa`,
    {
      zoneId: zone.zoneId,
      name: args.domain,
      type: "CAA",
      ttl: 3600,
      records: args.authorities.map((authority) => `0 issue "${authority}"`),
    },
    child,
  );
  logQueries(context, zone);
  return {
    id: zone.zoneId,
    domain: args.domain,
    nameServers: zone.nameServers,
    dsRecord: signing.dsRecord,
    native: { cloud: "aws", zoneId: zone.zoneId },
  };
};

function adopted({ name, args, child }: Context, id: string) {
  const zone = route53.Zone.get(name, id, {}, child);
  return {
    id: zone.zoneId,
    domain: args.domain,
    nameServers: zone.nameServers,
    dsRecord: pulumi.output(""),
    native: { cloud: "aws", zoneId: zone.zoneId },
  } as const;
}

/** DNSSEC: Route 53 signs with a key of ours, which has to be an ECC key in us-east-1. */
function sign({ name, site, child }: Context, zone: route53.Zone): route53.KeySigningKey {
  const key = new Key(
    `${name}-signing`,
    {
      region: edgeRegion,
      description: `${site.prefix}: signs ${name}`,
      customerMasterKeySpec: "ECC_NIST_P256",
      keyUsage: "SIGN_VERIFY",
      deletionWindowInDays: standards.keyDeletionWindowDays,
      policy: signingKeyPolicy(site),
      tags: tagsOf(site, `${name}-signing`),
    },
    { ...child, protect: site.safeguards.deletionProtection },
  );
  const signingKey = new route53.KeySigningKey(
    name,
    // The only characters that Route 53 takes here are letters, digits and `_`.
    { hostedZoneId: zone.zoneId, keyManagementServiceArn: key.arn, name: name.replace(/[^a-zA-Z0-9_]/g, "_") },
    child,
  );
  new route53.HostedZoneDnsSec(name, { hostedZoneId: zone.zoneId }, { ...child, dependsOn: [signingKey] });
  return signingKey;
}

/** Who asked for which name. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html */
function logQueries(context: Context, zone: route53.Zone): void {
  const { name, site, args, child } = context;
  const { accountId, partition } = nativeOf(site, "aws", `Zone "${name}"`);
  const group = new LogGroup(
    `${name}-queries`,
    {
      region: edgeRegion,
      name: physicalName(awsNames.logGroup, ["/aws/route53", `${site.prefix}-${name}`]),
      retentionInDays: args.logRetentionDays,
      kmsKeyId: edgeLogsKey(context, args.keys),
      tags: tagsOf(site, `${name}-queries`),
    },
    { ...child, deleteBeforeReplace: true },
  );
  const allowed = new LogResourcePolicy(
    `${name}-queries`,
    {
      region: edgeRegion,
      policyName: siteName(site, awsNames.logResourcePolicy, name, "queries"),
      policyDocument: policyText({
        Sid: "WriteQueries",
        Effect: "Allow",
        Principal: { Service: "route53.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${group.arn}:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:${partition}:route53:::hostedzone/${zone.zoneId}` },
        },
      }),
    },
    { ...child, deleteBeforeReplace: true },
  );
  new route53.QueryLog(
    name,
    { zoneId: zone.zoneId, cloudwatchLogGroupArn: group.arn },
    { ...child, dependsOn: [allowed], deleteBeforeReplace: true },
  );
}
