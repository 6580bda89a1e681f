import type { Cluster } from "@pulumi/aws/eks";
import { AccessEntry, AccessPolicyAssociation } from "@pulumi/aws/eks";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getSessionContextOutput } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import type { CompleteClusterArgs } from ".";

/**
 * Who administers the cluster: the principals that are named, or else whoever runs this program (CLU-06). EKS's own way of
 * letting the creator in is off, since nobody sees it and nobody can take it away.
 *
 * Left out, the entry follows the caller: when somebody else deploys next, it moves to them. Where several people and a
 * pipeline deploy, name them all in `admins`; then nobody else gets in, the caller included.
 */
export function buildAccess(context: BuildContext<CompleteClusterArgs>, cluster: Cluster): pulumi.Resource[] {
  const { name, site, args, child } = context;
  const { partition } = nativeOf(site, "aws", `Cluster "${name}"`);
  const admit = (label: string, principalArn: pulumi.Input<string>) => {
    const entry = new AccessEntry(
      label,
      { clusterName: cluster.name, principalArn, type: "STANDARD", tags: tagsOf(site, label) },
      child,
    );
    return new AccessPolicyAssociation(
      label,
      {
        clusterName: cluster.name,
        principalArn: entry.principalArn,
        policyArn: pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
        accessScope: { type: "cluster" },
      },
      child,
    );
  };
  if (args.admins.length > 0) return args.admins.map((arn) => admit(`${name}-${labelOf(arn)}`, arn));
  return [admit(`${name}-deployer`, deployer(context))];
}

/** `arn:aws:iam::123456789012:role/ops/Admin` -> `123456789012-role-ops-Admin` */
const labelOf = (arn: string): string => arn.split(":").slice(4).join("-").replaceAll("/", "-");

/** The role behind the caller's session: access entries know no sessions. */
function deployer({ site, child }: BuildContext<CompleteClusterArgs>): pulumi.Output<string> {
  const options = { parent: child.parent, provider: site.provider };
  const { arn } = getCallerIdentityOutput({}, options);
  return getSessionContextOutput({ arn }, options).issuerArn;
}
