import { User, UserGroup } from "@pulumi/aws/elasticache";
import { Secret, SecretVersion } from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import { awsNames } from "../naming/aws";
import { buildRotation } from "../secrets/aws-rotation";
import { siteName, tagsOf } from "../site/aws-identity";
import type { CompleteCacheArgs } from ".";

type Context = BuildContext<CompleteCacheArgs>;

interface Login {
  readonly user: pulumi.Output<string>;
  readonly password: pulumi.Output<string>;
  readonly groupId: pulumi.Output<string>;
  readonly userArn: pulumi.Output<string>;
}

const userIdOf = ({ name, site }: Pick<Context, "name" | "site">) => siteName(site, awsNames.cacheUser, name, "app");

/** Everything but what runs the server. Valkey needs no user called `default`, so who has no login gets nothing. */
const access = "on ~* &* +@all -@admin";

/** One user with a generated password (CACHE-04). */
export function buildUser({ name, site, args, child }: Context): Login {
  const password = new RandomPassword(
    name,
    { length: 48, special: false, minLower: 1, minUpper: 1, minNumeric: 1 },
    child,
  ).result;
  const user = new User(
    name,
    {
      userId: userIdOf({ name, site }),
      userName: "app",
      engine: "valkey",
      accessString: access,
      authenticationMode: { type: "password", passwords: [password] },
      tags: tagsOf(site, name),
    },
    // Rotation gives it new passwords, which are not this program's to take back (SEC-09).
    { ...child, deleteBeforeReplace: true, ignoreChanges: ["authenticationMode"] },
  );
  const group = new UserGroup(
    name,
    {
      userGroupId: siteName(site, awsNames.cacheUser, name),
      engine: "valkey",
      userIds: [user.userId],
      tags: tagsOf(site, name, args.dataClass),
    },
    { ...child, deleteBeforeReplace: true },
  );
  return { user: user.userName, password, groupId: group.userGroupId, userArn: user.arn };
}

/** What a client needs, in one value (SEC-07), and its rotation (SEC-09). */
export function buildSecret(
  context: Context,
  { user, password, userArn, host, port }: Login & { readonly host: pulumi.Output<string>; readonly port: number },
): Secret {
  const { name, site, args, child } = context;
  const secret = new Secret(
    name,
    {
      name: siteName(site, awsNames.secret, name, "login"),
      description: `Login of the cache ${site.prefix}-${name}`,
      kmsKeyId: args.keys.for("secrets").id,
      recoveryWindowInDays: site.safeguards.disposable ? 0 : 30,
      tags: tagsOf(site, name, args.dataClass),
    },
    { ...child, protect: site.safeguards.deletionProtection, deleteBeforeReplace: true },
  );
  const version = new SecretVersion(
    name,
    {
      secretId: secret.id,
      secretString: pulumi.secret(
        pulumi.jsonStringify({ host, port, tls: true, username: user, password, userId: userIdOf(context) }),
      ),
    },
    { ...child, additionalSecretOutputs: ["secretString"] },
  );
  buildRotation(context, {
    network: args.network,
    keys: args.keys,
    secrets: { [name]: { secret, version } },
    days: standards.secretRotationDays,
    kind: "cache-user",
    rights: [
      {
        Sid: "ChangePassword",
        Effect: "Allow",
        Action: ["elasticache:DescribeUsers", "elasticache:ModifyUser"],
        Resource: userArn,
      },
    ],
  });
  return secret;
}
