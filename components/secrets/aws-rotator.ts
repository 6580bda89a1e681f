import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { CodeSigningConfig, Function as LambdaFunction } from "@pulumi/aws/lambda";
import { SigningProfile } from "@pulumi/aws/signer";
import { Queue } from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { egress, ports, securityGroup } from "../network/aws-firewall";
import { siteName, tagsOf } from "../site/aws-identity";
import type { Place, Rotated } from "./aws-rotation";
import { buildRotatorRole } from "./aws-rotator-role";

/** The function that rotates: in the private tier, with nothing to read but the secrets, and a queue for what fails. */
export function buildRotator(context: Place, rotated: Rotated): LambdaFunction {
  const { name, site, child } = context;
  const label = `${name}-rotation`;
  const functionName = siteName(site, awsNames.lambdaFunction, label);
  const logs = new LogGroup(
    label,
    {
      name: physicalName(awsNames.logGroup, ["/aws/lambda", functionName]),
      retentionInDays: standards.accessLogRetentionDays,
      kmsKeyId: rotated.keys.for("logs").id,
      tags: tagsOf(site, label),
    },
    child,
  );
  const failures = new Queue(
    label,
    {
      kmsMasterKeyId: rotated.keys.for("secrets").id,
      // The longest that SQS keeps: two weeks to look at what failed.
      messageRetentionSeconds: 1_209_600,
      tags: tagsOf(site, label),
    },
    child,
  );
  const { role, grants } = buildRotatorRole(context, label, rotated, { logs, failures });
  const group = securityGroup(context, "rotation", rotated.network.id, "Rotation of secrets: out to the APIs of AWS");
  egress(context, "rotation", group, { ...ports("tcp", 443), cidrIpv4: "0.0.0.0/0", description: "APIs of AWS" });
  return new LambdaFunction(
    label,
    {
      name: functionName,
      description: `Rotates secrets of ${site.prefix}-${name}`,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      code: archive(rotated.kind),
      codeSigningConfigArn: buildSigning(context, label).arn,
      role: role.arn,
      memorySize: 128,
      // A cache's user takes its time to change.
      timeout: 120,
      vpcConfig: { subnetIds: rotated.network.subnetIds.private, securityGroupIds: [group] },
      deadLetterConfig: { targetArn: failures.arn },
      tracingConfig: { mode: "Active" },
      loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      tags: tagsOf(site, label),
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...grants] },
  );
}

/** rotate.mjs is the order of things, tested without AWS; index.mjs gives it the SDK that the runtime brings. */
function archive(kind: Rotated["kind"]): pulumi.asset.AssetArchive {
  const source = (file: string) =>
    new pulumi.asset.StringAsset(readFileSync(join(__dirname, "aws-rotate", file), "utf8"));
  return new pulumi.asset.AssetArchive({
    "index.mjs": source("index.mjs"),
    "rotate.mjs": source("rotate.mjs"),
    "kind.mjs": source(`${kind}.mjs`),
  });
}

/**
 * Code that isn't signed is told about, in SignatureValidationErrors, and not kept out: this program hands the code over
 * with the function itself, and there is no store between them that a signature could bridge.
 */
function buildSigning({ site, child }: Place, label: string): CodeSigningConfig {
  const profile = new SigningProfile(
    label,
    {
      namePrefix: `${siteName(site, awsNames.signingProfilePrefix, label)}_`,
      platformId: "AWSLambda-SHA384-ECDSA",
      tags: tagsOf(site, label),
    },
    child,
  );
  return new CodeSigningConfig(
    label,
    {
      description: `Functions of ${site.prefix}-${label}`,
      allowedPublishers: { signingProfileVersionArns: [profile.versionArn] },
      policies: { untrustedArtifactOnDeployment: "Warn" },
      tags: tagsOf(site, label),
    },
    child,
  );
}
