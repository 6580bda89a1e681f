import { Role, RolePolicy } from "@pulumi/aws/iam";
import * as rds from "@pulumi/aws/rds";
import type { Secret } from "@pulumi/aws/secretsmanager";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { awsNames } from "../naming/aws";
import { connect, securityGroup } from "../network/aws-firewall";
import { nativeOf } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import { assumedBy, policyText } from "../site/aws-policy";
import type { CompleteDatabaseArgs } from ".";
import { logGroup } from "./aws-monitoring";

type Context = BuildContext<CompleteDatabaseArgs>;

interface Pooled {
  readonly primary: rds.Instance;
  /** The administrator's login: the proxy signs in with it. */
  readonly secret: Secret;
  readonly dataGroup: pulumi.Output<string>;
  readonly appGroup: pulumi.Output<string>;
}

const port = 5432;

/** RDS Proxy: keeps connections to the server warm and shares them out (DB-11). */
export function buildProxy(context: Context, { primary, secret, dataGroup, appGroup }: Pooled): rds.Proxy {
  const { name, site, args, child } = context;
  const label = `${name}-proxy`;
  const proxyName = siteName(site, awsNames.databaseProxy, label);
  const group = securityGroup(context, "proxy", args.network.id, "RDS Proxy: from the application to the server");
  connect(context, "app-proxy", appGroup, group, port, "Application to the pool");
  connect(context, "proxy-data", group, dataGroup, port, "Pool to PostgreSQL");
  const { role, grant } = readerOf(context, label, secret);
  const logs = logGroup(context, label, "proxy", proxyName);
  // The name is the address that clients know, so a proxy that must be replaced goes first.
  const proxy = new rds.Proxy(
    label,
    {
      name: proxyName,
      engineFamily: "POSTGRESQL",
      requireTls: true,
      debugLogging: false,
      idleClientTimeout: 1800,
      roleArn: role.arn,
      auths: [
        {
          authScheme: "SECRETS",
          clientPasswordAuthType: "POSTGRES_SCRAM_SHA_256",
          iamAuth: "DISABLED",
          secretArn: secret.arn,
          description: "Administrator",
        },
      ],
      vpcSubnetIds: args.network.subnetIds.data,
      vpcSecurityGroupIds: [group],
      tags: tagsOf(site, label, args.dataClass),
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [grant, logs] },
  );
  const pool = new rds.ProxyDefaultTargetGroup(
    label,
    {
      dbProxyName: proxy.name,
      // Room for whoever connects to the server itself: migrations, a person with a problem.
      connectionPoolConfig: { maxConnectionsPercent: 90, maxIdleConnectionsPercent: 50, connectionBorrowTimeout: 120 },
    },
    child,
  );
  new rds.ProxyTarget(
    label,
    { dbProxyName: proxy.name, targetGroupName: pool.name, dbInstanceIdentifier: primary.identifier },
    { ...child, deleteBeforeReplace: true },
  );
  return proxy;
}

/** A role that reads this one secret. */
function readerOf({ name, site, args, child }: Context, label: string, secret: Secret) {
  const { accountId } = nativeOf(site, "aws", `Database "${name}"`);
  const role = new Role(
    label,
    {
      description: `Reads the login of ${site.prefix}-${name} for its proxy`,
      assumeRolePolicy: assumedBy("rds", accountId),
      tags: tagsOf(site, label),
    },
    child,
  );
  const grant = new RolePolicy(
    label,
    {
      role: role.name,
      policy: policyText(
        { Sid: "ReadLogin", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret.arn },
        {
          Sid: "DecryptLogin",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: args.keys.for("secrets").id,
          Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${site.region}.amazonaws.com` } },
        },
      ),
    },
    child,
  );
  return { role, grant };
}
