import { User, UserGroup } from "@pulumi/aws/elasticache";
import { Secret, SecretVersion } from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { BuildContext } from "../build";
import { awsNames } from "../naming/aws";
import { siteName, tagsOf } from "../site/aws-identity";
import type { CompleteCacheArgs } from ".";

type Context = BuildContext<CompleteCacheArgs>;

interface Login {
  readonly user: pulumi.Output<string>;
  readonly password: pulumi.Output<string>;
  readonly groupId: pulumi.Output<string>;
}

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
      userId: siteName(site, awsNames.cacheUser, name, "app"),
      userName: "app",
      engine: "valkey",
      accessString: access,
      authenticationMode: { type: "password", passwords: [password] },
      tags: tagsOf(site, name),
    },
    { ...child, deleteBeforeReplace: true },
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
  return { user: user.userName, password, groupId: group.userGroupId };
}

/** What a client needs, in one value (SEC-07). */
export function buildSecret(
  { name, site, args, child }: Context,
  { user, password, host, port }: Login & { readonly host: pulumi.Output<string>; readonly port: number },
): Secret {
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
  new SecretVersion(
    name,
    {
      secretId: secret.id,
      secretString: pulumi.secret(pulumi.jsonStringify({ host, port, tls: true, username: user, password })),
    },
    { ...child, additionalSecretOutputs: ["secretString"] },
  );
  return secret;
}
