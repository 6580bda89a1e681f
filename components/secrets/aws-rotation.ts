import { Permission } from "@pulumi/aws/lambda";
import { type Secret, SecretRotation, type SecretVersion } from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { nativeOf } from "../site";
import type { Statement } from "../site/aws-policy";
import { buildRotator } from "./aws-rotator";

/** The secrets of one component, whose names begin alike: `...:secret:shop-prod/secrets/*`. */
const beside = ([arn = ""]: readonly string[]): string => arn.replace(/[^/]*$/, "*");

export type Place = Pick<BuildContext<unknown>, "name" | "site" | "child">;

export interface Stored {
  readonly secret: Secret;
  readonly version: SecretVersion;
}

export interface Rotated {
  readonly network: Network;
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
 * twice.
 */
export function buildRotation(context: Place, rotated: Rotated): void {
  const { name, site, child } = context;
  const rotator = buildRotator(context, rotated);
  const permission = new Permission(
    `${name}-rotation`,
    {
      function: rotator.name,
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: nativeOf(site, "aws", `Rotation of "${name}"`).accountId,
      // A function's policy compares it as StringLike: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
      sourceArn: pulumi.output(Object.values(rotated.secrets).map(({ secret }) => secret.arn)).apply(beside),
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
