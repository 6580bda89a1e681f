import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import { Function as LambdaFunction, Permission } from "@pulumi/aws/lambda";
import { SecretRotation } from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import { policyText } from "../site/aws-policy";
import type { CompleteSecretsArgs } from ".";
import type { Stored } from "./aws";

type Context = BuildContext<CompleteSecretsArgs>;

/**
 * Rotation by Secrets Manager itself (SEC-09): on its day it calls a small function, which puts a new random value of the
 * same length in. Nothing else holds the value, so there is nobody to tell; who uses the secret reads it again.
 */
export function buildRotation(context: Context, secrets: Readonly<Record<string, Stored>>): void {
  const { name, args, child } = context;
  const rotator = buildFunction(context, Object.values(secrets));
  const { accountId } = nativeOf(context.site, "aws", `Secrets "${name}"`);
  const permission = new Permission(
    `${name}-rotation`,
    {
      function: rotator.name,
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: accountId,
    },
    child,
  );
  for (const [key, { secret, version }] of Object.entries(secrets))
    new SecretRotation(
      `${name}-${key}`,
      {
        secretId: secret.id,
        rotationLambdaArn: rotator.arn,
        rotationRules: { automaticallyAfterDays: args.rotationDays },
        // The value is new; its first change comes when it is old.
        rotateImmediately: false,
      },
      { ...child, dependsOn: [permission, version] },
    );
}

/** rotate.mjs is the work, tested without AWS; index.mjs gives it the SDK that the runtime brings. */
const files = ["index.mjs", "rotate.mjs"] as const;
const source = (file: string) => readFileSync(join(__dirname, "aws-rotate", file), "utf8");

function buildFunction(context: Context, secrets: readonly Stored[]): LambdaFunction {
  const { name, site, args, child } = context;
  const label = `${name}-rotation`;
  const functionName = siteName(site, awsNames.lambdaFunction, label);
  const logs = new LogGroup(
    label,
    {
      name: physicalName(awsNames.logGroup, ["/aws/lambda", functionName]),
      retentionInDays: standards.accessLogRetentionDays,
      kmsKeyId: args.keys.for("logs").id,
      tags: tagsOf(site, label),
    },
    child,
  );
  const { role, grant } = buildRole(context, label, logs, secrets);
  return new LambdaFunction(
    label,
    {
      name: functionName,
      description: `Rotates secrets of ${site.prefix}`,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      code: new pulumi.asset.AssetArchive(
        Object.fromEntries(files.map((file) => [file, new pulumi.asset.StringAsset(source(file))])),
      ),
      role: role.arn,
      memorySize: 128,
      timeout: 30,
      loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      tags: tagsOf(site, label),
    },
    { ...child, deleteBeforeReplace: true, dependsOn: grant },
  );
}

/** These secrets and no others. */
function buildRole({ name, site, args, child }: Context, label: string, logs: LogGroup, secrets: readonly Stored[]) {
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
          Resource: secrets.map(({ secret }) => secret.arn),
        },
        // Making a random text knows no resource.
        { Sid: "Draw", Effect: "Allow", Action: "secretsmanager:GetRandomPassword", Resource: "*" },
        {
          Sid: "UseTheirKey",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: args.keys.for("secrets").id,
          Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${site.region}.amazonaws.com` } },
        },
        {
          Sid: "WriteLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: pulumi.interpolate`${logs.arn}:*`,
        },
      ),
    },
    child,
  );
  return { role, grant };
}
