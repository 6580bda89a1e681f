import { OpenIdConnectProvider, Role, RolePolicy } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { statementsOf } from "../identity/aws-grants";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import { policyText } from "../site/aws-policy";
import { type TargetContext, type Trust, tokenFile } from "./target";

const audience = "sts.amazonaws.com";

/** A role that only this service account of this cluster takes, by the cluster's own tokens (SEC-10). */
export function trust({ name, target, bucket, copier, child }: TargetContext): Trust {
  const { site, keys } = target;
  const { partition } = nativeOf(site, "aws", "Copies");
  const label = `${name}-target`;
  const issuer = new OpenIdConnectProvider(
    label,
    { url: copier.issuer, clientIdLists: [audience], tags: tagsOf(site, label) },
    child,
  );
  const host = copier.issuer.apply((url) => url.replace(/^https:\/\//, "").replace(/\/$/, ""));
  const assume = pulumi.all([issuer.arn, host]).apply(([arn, of]) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: arn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { [`${of}:aud`]: audience, [`${of}:sub`]: copier.subject } },
        },
      ],
    }),
  );
  const role = new Role(
    label,
    {
      description: `Adds copies from another cloud to the backups of ${site.prefix}`,
      assumeRolePolicy: assume,
      maxSessionDuration: 3600,
      tags: tagsOf(site, label),
    },
    child,
  );
  const policy = new RolePolicy(
    label,
    {
      role: role.name,
      policy: policyText(
        ...statementsOf(partition, { kind: "bucket", bucket, key: keys.for("backups"), access: "add" }),
      ),
    },
    child,
  );
  return {
    audience,
    env: { AWS_ROLE_ARN: role.arn, AWS_ROLE_SESSION_NAME: name, AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile },
    files: {},
    identity: role.arn,
    ready: [policy],
  };
}
