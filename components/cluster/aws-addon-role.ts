import { Role, RolePolicy, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import { assumedByPods, policyText } from "../site/aws-policy";
import type { CompleteClusterArgs } from ".";

/** What one service account of an add-on may do. */
export interface AddonRole {
  readonly serviceAccount: string;
  /** AWS's own policies, by name. */
  readonly managed: readonly string[];
  /** Makes and attaches volumes under the cluster's key. */
  readonly volumes?: boolean;
}

/** A role that pods of this cluster take through the identity agent, and its rights. */
export function buildAddonRole(
  { name, site, args, child }: BuildContext<CompleteClusterArgs>,
  label: string,
  { serviceAccount, managed, volumes = false }: AddonRole,
) {
  const { accountId, partition } = nativeOf(site, "aws", `Cluster "${name}"`);
  const role = new Role(
    label,
    {
      description: `Add-on ${label} of ${site.prefix}`,
      assumeRolePolicy: assumedByPods(accountId),
      tags: tagsOf(site, label),
    },
    child,
  );
  const grants: pulumi.Resource[] = managed.map(
    (policy) =>
      new RolePolicyAttachment(
        label,
        { role: role.name, policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}` },
        child,
      ),
  );
  if (volumes)
    grants.push(
      new RolePolicy(
        label,
        {
          role: role.name,
          policy: policyText(
            {
              Sid: "EncryptVolumes",
              Effect: "Allow",
              Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
              Resource: args.keys.for("cluster").id,
            },
            {
              Sid: "LetInstancesUseThem",
              Effect: "Allow",
              Action: "kms:CreateGrant",
              Resource: args.keys.for("cluster").id,
              Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
            },
          ),
        },
        child,
      ),
    );
  return { role, grants, serviceAccount };
}
