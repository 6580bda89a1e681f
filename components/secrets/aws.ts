import { Secret, SecretVersion } from "@pulumi/aws/secretsmanager";
import type * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { BuildContext } from "../build";
import { awsNames } from "../naming/aws";
import { siteName, tagsOf } from "../site/aws-identity";
import type { BuildSecrets, CompleteSecretsArgs, SecretSpec } from ".";
import { buildRotation, type Stored } from "./aws-rotation";

type Context = BuildContext<CompleteSecretsArgs>;

/** Secrets Manager: one secret a name, rotated by a function of its own where the value is ours to choose. */
export const build: BuildSecrets = (context) => {
  const { args } = context;
  const made = Object.entries(args.secrets).map(([key, spec]) => [key, spec, buildSecret(context, key, spec)] as const);
  // A value that was handed over is its maker's to change.
  const ours = made.filter(([, spec]) => spec.value === undefined);
  if (ours.length > 0)
    buildRotation(context, {
      network: args.network,
      keys: args.keys,
      secrets: Object.fromEntries(ours.map(([key, , stored]) => [`${context.name}-${key}`, stored])),
      days: args.rotationDays,
      kind: "random",
    });
  const keyArn = args.keys.for("secrets").id;
  return {
    secrets: Object.fromEntries(
      made.map(([key, , { secret }]) => [key, { id: secret.arn, native: { cloud: "aws", keyArn } }] as const),
    ),
  };
};

function buildSecret({ name, site, args, child }: Context, key: string, spec: SecretSpec): Stored {
  const label = `${name}-${key}`;
  const { replica } = args;
  const secret = new Secret(
    label,
    {
      name: siteName(site, awsNames.secret, name, key),
      description: `${key} of ${site.prefix}`,
      kmsKeyId: args.keys.for("secrets").id,
      // A deleted secret keeps its name for that long; what is thrown away often gives it back at once.
      recoveryWindowInDays: site.safeguards.disposable ? 0 : 30,
      ...(replica && {
        replicas: [{ region: replica.site.region, kmsKeyId: replica.keys.for("secrets").id }],
      }),
      tags: tagsOf(site, label, "regulated"),
    },
    { ...child, protect: site.safeguards.deletionProtection, deleteBeforeReplace: true },
  );
  // The first value only: rotation puts its own versions on top, and this one stays what it was.
  const version = new SecretVersion(
    label,
    { secretId: secret.id, secretString: contentOf(label, spec, child) },
    { ...child, additionalSecretOutputs: ["secretString"] },
  );
  return { secret, version };
}

/** Letters and digits: good in addresses, headers and shells alike. */
const contentOf = (label: string, { value, length = 48 }: SecretSpec, child: Context["child"]): pulumi.Output<string> =>
  value ?? new RandomPassword(label, { length, special: false, minLower: 1, minUpper: 1, minNumeric: 1 }, child).result;
