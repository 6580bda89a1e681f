import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Cluster } from "@pulumi/aws/eks";
import { OpenIdConnectProvider, Role, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import { assumedBy } from "../site/aws-policy";
import type { CompleteClusterArgs } from ".";
import { buildClusterGroups } from "./aws-firewall";

type Context = BuildContext<CompleteClusterArgs>;

/** Everything that a control plane can tell (CLU-08). */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** STANDARD ends with the standard term: EKS then upgrades by itself. EXTENDED pays for a year more. */
const support = { regular: "STANDARD", extended: "EXTENDED" } as const;

export function buildControlPlane(context: Context) {
  const { name, site, args, child } = context;
  const { deletionProtection } = site.safeguards;
  const clusterName = siteName(site, awsNames.cluster, name);
  const groups = buildClusterGroups(context, clusterName);
  // Made first: the group that EKS makes has neither key nor end.
  const logs = new LogGroup(
    name,
    {
      name: physicalName(awsNames.logGroup, ["/aws/eks", clusterName, "cluster"]),
      retentionInDays: args.logRetentionDays,
      kmsKeyId: args.keys.for("logs").id,
      tags: tagsOf(site, name),
    },
    child,
  );
  const { role, grant } = buildRole(context);
  const open = args.apiAllowList.length > 0;
  // The name stands in the log group, in kubeconfigs and in tags, so it is fixed; what must be replaced goes first, and
  // `protect` stands before it.
  const cluster = new Cluster(
    name,
    {
      name: clusterName,
      version: args.version,
      roleArn: role.arn,
      // Only access entries (CLU-06): no ConfigMap, no creator with hidden rights.
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      // EKS would lay its own, unmanaged copies of the network add-ons beside ours.
      bootstrapSelfManagedAddons: false,
      encryptionConfig: { provider: { keyArn: args.keys.for("cluster").id }, resources: ["secrets"] },
      enabledClusterLogTypes: logTypes,
      // The range of services is EKS's choice: it must lie outside the network's, and EKS takes the one of two that does.
      kubernetesNetworkConfig: { ipFamily: "ipv4" },
      vpcConfig: {
        subnetIds: args.network.subnetIds.private,
        securityGroupIds: [groups.control],
        endpointPrivateAccess: true,
        endpointPublicAccess: open,
        ...(open && { publicAccessCidrs: [...args.apiAllowList] }),
      },
      upgradePolicy: { supportType: support[args.channel] },
      // Takes a zone that fails out of the cluster's traffic (DR-07).
      zonalShiftConfig: { enabled: true },
      deletionProtection,
      tags: tagsOf(site, name),
    },
    { ...child, protect: deletionProtection, deleteBeforeReplace: true, dependsOn: [logs, grant] },
  );
  // AWS knows the authority behind EKS's issuers, so no thumbprint is given.
  const provider = new OpenIdConnectProvider(
    name,
    { url: issuerOf(cluster.identities), clientIdLists: ["sts.amazonaws.com"], tags: tagsOf(site, name) },
    child,
  );
  return { cluster, provider, nodes: groups.nodes };
}

/** What EKS itself runs as. */
function buildRole({ name, site, child }: Context): { role: Role; grant: pulumi.Resource } {
  const { accountId, partition } = nativeOf(site, "aws", `Cluster "${name}"`);
  const role = new Role(
    name,
    {
      description: `Control plane of ${site.prefix}-${name}`,
      assumeRolePolicy: assumedBy("eks", accountId),
      tags: tagsOf(site, name),
    },
    child,
  );
  const grant = new RolePolicyAttachment(
    name,
    { role: role.name, policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/AmazonEKSClusterPolicy` },
    child,
  );
  return { role, grant };
}

/** https://oidc.eks.<region>.amazonaws.com/id/... */
export const issuerOf = (
  identities: pulumi.Output<{ readonly oidcs?: readonly { readonly issuer?: string }[] }[]>,
): pulumi.Output<string> => identities.apply((all) => all[0]?.oidcs?.[0]?.issuer ?? "");
