import { Role, RolePolicy, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import { policyText, type Statement } from "../site/aws-policy";
import type { CompleteClusterArgs } from ".";

const pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/**
 * What nodes run as: enough to join and to pull images, nothing for the pods on them (CLU-07). The network's own rights
 * are with its add-on, and there is no pull of every repository: of this account's, the registry's alone (CLU-14).
 */
export function buildNodeIdentity({ name, site, args, child }: BuildContext<CompleteClusterArgs>): {
  readonly role: Role;
  readonly grants: readonly pulumi.Resource[];
} {
  const { accountId, partition } = nativeOf(site, "aws", `Cluster "${name}"`);
  const label = `${name}-nodes`;
  const role = new Role(
    label,
    {
      description: `Nodes of ${site.prefix}-${name}`,
      // EC2 hands no source account over when an instance takes its role, so a condition on it would shut nodes out.
      assumeRolePolicy: policyText({
        Sid: "Instances",
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      tags: tagsOf(site, label),
    },
    child,
  );
  const joins = new RolePolicyAttachment(
    label,
    { role: role.name, policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/AmazonEKSWorkerNodePolicy` },
    child,
  );
  const statements: Statement[] = [
    { Sid: "LogIn", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      // Images of the add-ons lie in accounts of AWS, another one a region.
      Sid: "PullFromOthersWhoAllowIt",
      Effect: "Allow",
      Action: pull,
      Resource: pulumi.interpolate`arn:${partition}:ecr:*:*:repository/*`,
      Condition: { StringNotEquals: { "aws:ResourceAccount": accountId } },
    },
  ];
  const own = args.registry && nativeOf(args.registry, "aws", `Cluster "${name}"`).repositoryArns;
  const pulls = new RolePolicy(
    `${label}-pull`,
    {
      role: role.name,
      policy: policyText(
        ...statements,
        ...(own ? [{ Sid: "PullOwn", Effect: "Allow" as const, Action: pull, Resource: Object.values(own) }] : []),
      ),
    },
    child,
  );
  return { role, grants: [joins, pulls] };
}
