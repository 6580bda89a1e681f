import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import { Function as LambdaFunction, Permission } from "@pulumi/aws/lambda";
import { type Secret, SecretRotation, type SecretVersion } from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import type { Keys } from "../keys";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import { policyText, type Statement } from "../site/aws-policy";

type Place = Pick<BuildContext<unknown>, "name" | "site" | "child">;

export interface Stored {
  readonly secret: Secret;
  readonly version: SecretVersion;
}

interface Rotated {
  readonly keys: Keys;
  /** By logical name of the rotation. */
  readonly secrets: Readonly<Record<string, Stored>>;
  readonly days: number;
  /** What makes a new value and tells it where it is used: a file of aws-rotate. */
  readonly kind: "random" | "cache-user";
  /** Rights that the kind needs beside those on the secrets. */
  readonly rights?: readonly Statement[];
}

/**
 * Rotation by Secrets Manager itself (SEC-09): on its day it calls a small function, whose steps are safe to be called
 * twice. The function lies in no network of ours: all that it talks to are AWS's own APIs.
 */
export function buildRotation(context: Place, rotated: Rotated): void {
  const { name, site, child } = context;
  const rotator = buildFunction(context, rotated);
  const permission = new Permission(
    `${name}-rotation`,
    {
      function: rotator.name,
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: nativeOf(site, "aws", `Rotation of "${name}"`).accountId,
    },
    child,
  );
  for (const [label, { secret, version }] of Object.entries(rotated.secrets))
    new SecretRotation(
      label,
      {
        secretId: secret.id,
        rotationLambdaArn: rotator.arn,
        rotationRules: { automaticallyAfterDays: rotated.days },
        // The value is new; its first change comes when it is old.
        rotateImmediately: false,
      },
      { ...child, dependsOn: [permission, version] },
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

function buildFunction(context: Place, rotated: Rotated): LambdaFunction {
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
  const { role, grant } = buildRole(context, label, logs, rotated);
  return new LambdaFunction(
    label,
    {
      name: functionName,
      description: `Rotates secrets of ${site.prefix}-${name}`,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      code: archive(rotated.kind),
      role: role.arn,
      memorySize: 128,
      // A cache's user takes its time to change.
      timeout: 120,
      loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      tags: tagsOf(site, label),
    },
    { ...child, deleteBeforeReplace: true, dependsOn: grant },
  );
}

/** These secrets and no others. */
function buildRole({ name, site, child }: Place, label: string, logs: LogGroup, rotated: Rotated) {
  const role = new Role(
    label,
    {
      description: `Rotates secrets of ${site.prefix}-${name}`,
      assumeRolePolicy: policyText({
        Sid: "Functions",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      tags: tagsOf(site, label),
    },
    child,
  );
  const grant = new RolePolicy(
    label,
    {
      role: role.name,
      policy: policyText(
        {
          Sid: "Rotate",
          Effect: "Allow",
          Action: [
            "secretsmanager:DescribeSecret",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecretVersionStage",
          ],
          Resource: Object.values(rotated.secrets).map(({ secret }) => secret.arn),
        },
        // Making a random text knows no resource.
        { Sid: "Draw", Effect: "Allow", Action: "secretsmanager:GetRandomPassword", Resource: "*" },
        {
          Sid: "UseTheirKey",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: rotated.keys.for("secrets").id,
          Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${site.region}.amazonaws.com` } },
        },
        {
          Sid: "WriteLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: pulumi.interpolate`${logs.arn}:*`,
        },
        ...(rotated.rights ?? []),
      ),
    },
    child,
  );
  return { role, grant };
}
