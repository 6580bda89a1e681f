import type { BuildCluster } from ".";
import { buildAccess } from "./aws-access";
import { addonsAfterNodes, addonsBeforeNodes, buildAddons } from "./aws-addons";
import { buildControlPlane, issuerOf } from "./aws-control-plane";
import { adopt } from "./aws-existing";
import { kubeconfig } from "./aws-kubeconfig";
import { buildNodeIdentity } from "./aws-node-identity";
import { buildNodes } from "./aws-nodes";

/** EKS with managed nodes, or the outputs of somebody else's. */
export const build: BuildCluster = (context) => {
  const { site, args } = context;
  if (args.existing) return adopt(context, args.existing);
  const { cluster, provider, nodes } = buildControlPlane(context);
  const access = buildAccess(context, cluster);
  // Nodes join with a network, so what makes it comes first; what needs nodes to run on comes after.
  const network = buildAddons(context, cluster, addonsBeforeNodes, []);
  const identity = buildNodeIdentity(context);
  const { system } = buildNodes(context, { cluster, identity, group: nodes, after: network });
  const services = buildAddons(context, cluster, addonsAfterNodes, [system, ...network]);
  return {
    name: cluster.name,
    endpoint: cluster.endpoint,
    ca: cluster.certificateAuthority.data,
    oidcIssuer: issuerOf(cluster.identities),
    nodeIdentity: identity.role.arn,
    kubeconfig: kubeconfig(site, {
      name: cluster.name,
      endpoint: cluster.endpoint,
      ca: cluster.certificateAuthority.data,
    }),
    native: { cloud: "aws", clusterName: cluster.name, oidcProviderArn: provider.arn },
    ready: [...access, system, ...network, ...services],
  };
};
