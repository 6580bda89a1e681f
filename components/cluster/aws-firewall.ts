import { SecurityGroup } from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { connect, egress, ingress, securityGroup } from "../network/aws-firewall";
import { tagsOf } from "../site/aws-identity";
import type { CompleteClusterArgs } from ".";

type Context = BuildContext<CompleteClusterArgs>;

/**
 * Groups of the control plane's doors and of the nodes. Not the one that EKS makes, which lets everything out: nodes have
 * this one and the network's `app`, so the way out is the network's choice (NET-09) and the data tier is open to them.
 * https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
export function buildClusterGroups(context: Context, clusterName: string) {
  const { args } = context;
  const control = securityGroup(context, "control", args.network.id, "Control plane: from and to the nodes");
  const nodes = nodesGroup(context, clusterName);
  connect(context, "nodes-control", nodes, control, 443, "Nodes to the API");
  // The kubelet, and webhooks on whatever port their pods listen.
  const unprivileged = { ipProtocol: "tcp", fromPort: 1025, toPort: 65535 };
  const api = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  for (const [label, range, description] of [
    ["control-nodes", unprivileged, "API to kubelets and webhooks"],
    ["control-nodes-443", api, "API to webhooks on HTTPS"],
  ] as const) {
    egress(context, label, control, { ...range, referencedSecurityGroupId: nodes, description });
    ingress(context, label, nodes, { ...range, referencedSecurityGroupId: control, description });
  }
  // Who deploys from inside stands somewhere in the network (compute.deployFrom); the API asks for a login all the same.
  ingress(context, "network-control", control, {
    ...api,
    cidrIpv4: args.network.cidr,
    description: "Network to the API",
  });
  // Pods have their node's groups, and network policies sort them out.
  const among = { ipProtocol: "-1", referencedSecurityGroupId: nodes, description: "Pods to pods" };
  egress(context, "nodes", nodes, among);
  ingress(context, "nodes", nodes, among);
  return { control, nodes };
}

/** The load balancer controller finds the nodes' group by this tag, and must find one only. */
function nodesGroup({ name, site, args, child }: Context, clusterName: string): pulumi.Output<string> {
  const label = `${name}-nodes`;
  return new SecurityGroup(
    label,
    {
      vpcId: args.network.id,
      description: "Nodes: among themselves and with the control plane",
      tags: { ...tagsOf(site, label), [`kubernetes.io/cluster/${clusterName}`]: "owned" },
    },
    child,
  ).id;
}
