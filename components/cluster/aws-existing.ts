import { getClusterOutput } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { ingress, ports } from "../network/aws-firewall";
import { nativeOf } from "../site";
import type { BuiltCluster, CompleteClusterArgs, ExistingCluster } from ".";
import { kubeconfig } from "./aws-kubeconfig";

/**
 * Somebody else's EKS, read and never changed. It must stand in this account, region and network; its own side of it is
 * asked for: an access entry for who deploys, the eks-pod-identity-agent add-on for workload identities, and its issuer
 * as an identity provider of IAM. How its nodes are called isn't told by the API, so that output is empty.
 */
export function adopt(context: BuildContext<CompleteClusterArgs>, existing: ExistingCluster): BuiltCluster {
  const { name: label, site, args, child } = context;
  const { accountId, partition } = nativeOf(site, "aws", `Cluster "${label}"`);
  const found = getClusterOutput({ name: existing.name }, { parent: child.parent, provider: site.provider });
  const issuer = found.identities.apply((all) => all[0]?.oidcs[0]?.issuer ?? "");
  const ca = found.certificateAuthorities.apply((all) => all[0]?.data ?? "");
  // Its nodes are in the group that EKS made for it: let into the data tier as our own would be (NET-06).
  const nodes = found.vpcConfig.apply((config) => config.clusterSecurityGroupId);
  const { data } = nativeOf(args.network, "aws", `Cluster "${label}"`).securityGroups;
  for (const [service, port] of Object.entries({ postgres: 5432, redis: 6379 }))
    ingress(context, `nodes-data-${service}`, data, {
      ...ports("tcp", port),
      referencedSecurityGroupId: nodes,
      description: `Nodes of ${existing.name} to ${service}`,
    });
  const name = pulumi.output(existing.name);
  return {
    name,
    endpoint: found.endpoint,
    ca,
    oidcIssuer: issuer,
    nodeIdentity: pulumi.output(""),
    kubeconfig: kubeconfig(site, { name, endpoint: found.endpoint, ca }),
    native: {
      cloud: "aws",
      clusterName: name,
      oidcProviderArn: pulumi.interpolate`arn:${partition}:iam::${accountId}:oidc-provider/${issuer.apply((url) => url.replace("https://", ""))}`,
    },
    ready: [],
  };
}
