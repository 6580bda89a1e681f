import type { Instance } from "@pulumi/aws/rds";
import { Secret, SecretVersion } from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { BuildContext } from "../build";
import { awsNames } from "../naming/aws";
import { siteName, tagsOf } from "../site/aws-identity";
import type { CompleteDatabaseArgs } from ".";

type Context = BuildContext<CompleteDatabaseArgs>;

/** 32 letters and digits, 190 bits: no marks, since RDS refuses some of them and connection URLs others (DB-08). */
export function buildPassword({ name, args, child }: Context): pulumi.Output<string> {
  if (args.password) return pulumi.secret(args.password);
  return new RandomPassword(name, { length: 32, special: false, minLower: 1, minUpper: 1, minNumeric: 1 }, child)
    .result;
}

interface Credential {
  readonly password: pulumi.Output<string>;
  readonly primary: Instance;
}

/**
 * The administrator's login in the shape that RDS Proxy and AWS's rotation functions read (SEC-07).
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function buildSecret({ name, site, args, child }: Context, { password, primary }: Credential): Secret {
  const secret = new Secret(
    name,
    {
      name: siteName(site, awsNames.secret, name, "admin"),
      description: `Administrator of the PostgreSQL server ${site.prefix}-${name}`,
      kmsKeyId: args.keys.for("secrets").id,
      // A deleted secret keeps its name for that long; what is thrown away often gives it back at once.
      recoveryWindowInDays: site.safeguards.disposable ? 0 : 30,
      // Readable with this region gone, where a replica is promoted or a backup restored (BAK-12).
      ...(args.copies && {
        replicas: [{ region: args.copies.site.region, kmsKeyId: args.copies.keys.for("secrets").id }],
      }),
      tags: tagsOf(site, name, args.dataClass),
    },
    { ...child, protect: site.safeguards.deletionProtection, deleteBeforeReplace: true },
  );
  new SecretVersion(
    name,
    {
      secretId: secret.id,
      secretString: pulumi.secret(
        pulumi.jsonStringify({
          engine: "postgres",
          host: primary.address,
          port: primary.port,
          dbname: args.databaseName,
          dbInstanceIdentifier: primary.identifier,
          username: args.user,
          password,
        }),
      ),
    },
    { ...child, additionalSecretOutputs: ["secretString"] },
  );
  return secret;
}
