import { PodIdentityAssociation } from "@pulumi/aws/eks";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { usesKeysOf } from "../keys/aws-policy";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import { assumedByPods, policyText } from "../site/aws-policy";
import type { BuildWorkloadIdentity } from ".";
import { statementsOf } from "./aws-grants";

/**
 * A role that one service account takes through EKS Pod Identity. Not through the issuer (IRSA): the role's trust then
 * names no issuer, so it outlives the cluster, and the service account carries nothing. The cluster needs the add-on
 * eks-pod-identity-agent, which our own has.
 */
export const build: BuildWorkloadIdentity = ({ name, site, args, child }) => {
  const { accountId, partition } = nativeOf(site, "aws", `WorkloadIdentity "${name}"`);
  const { clusterName } = nativeOf(args.cluster, "aws", `WorkloadIdentity "${name}"`);
  const clusterArn = pulumi.interpolate`arn:${partition}:eks:${site.region}:${accountId}:cluster/${clusterName}`;
  const grants = Object.entries(args.grants);
  const usesKeys = grants.some(([, grant]) => grant.kind === "key");
  const role = new Role(
    name,
    {
      description: `${args.namespace}/${args.serviceAccount} of ${site.prefix}`,
      assumeRolePolicy: assumedByPods(accountId, clusterArn),
      // A key is only used directly by who is allowed to by both sides: the policy below, and this tag in the key's own.
      tags: { ...tagsOf(site, name), ...(usesKeys && { [usesKeysOf]: site.prefix }) },
    },
    child,
  );
  for (const [label, grant] of grants)
    new RolePolicy(
      `${name}-${label}`,
      { role: role.name, policy: policyText(...statementsOf(partition, grant)) },
      child,
    );
  new PodIdentityAssociation(
    name,
    {
      clusterName,
      namespace: args.namespace,
      serviceAccount: args.serviceAccount,
      roleArn: role.arn,
      tags: tagsOf(site, name),
    },
    // The account has one association a cluster; a replacement would meet the old one.
    { ...child, deleteBeforeReplace: true },
  );
  return {
    identity: role.arn,
    annotations: pulumi.output<Readonly<Record<string, string>>>({}),
    podLabels: {},
    native: { cloud: "aws", roleName: role.name },
  };
};
