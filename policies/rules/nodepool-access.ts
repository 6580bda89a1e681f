// CLU, NET, IAM: who reaches nodes, and what nodes may do.

import { autopilot, azurePools, clusterOf, gcpPools } from "../clusters";
import { type Statement, statements } from "../iam";
import {
  all,
  any,
  each,
  equals,
  fail,
  filled,
  holds,
  isFalse,
  isTrue,
  notApplicable,
  oneOf,
  pass,
  unknown,
  unset,
  worst,
} from "../judge";
import { holdsNone } from "../lists";
import { accountDefault, nodeTemplate, withoutTemplate } from "../node-templates";
import { privateSubnets } from "../private-subnets";
import { asText, isUnknown, join, list, read, text } from "../read";
import { type Judge, rule, type Verdict, type View } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

const one = (result: Verdict | readonly Verdict[]): Verdict =>
  worst((Array.isArray(result) ? result : [result]) as readonly Verdict[]);

/** A pool's own word, else its cluster's. */
const privateNodes: Judge = (view, context) => {
  const path = "networkConfig.enablePrivateNodes";
  if (read(view.props, path) !== undefined) return isTrue(path)(view, context);
  const cluster = clusterOf(context.graph, view);
  if (!cluster) return notApplicable("its cluster, made elsewhere, decides");
  return { ...one(isTrue("privateClusterConfig.enablePrivateNodes")(cluster, context)), path };
};

export const noPublicIp = rule(
  "nodepool-no-public-ip",
  awsGraph("eks.NodeGroup", privateSubnets("subnetIds")),
  awsGraph(
    "ec2.LaunchTemplate",
    nodeTemplate(each("networkInterfaces", (at) => isFalse(`${at}.associatePublicIpAddress`, "pass"))),
  ),
  azure(
    "containerservice.ManagedCluster, containerservice.AgentPool",
    azurePools((at) => isFalse(join(at, "enableNodePublicIP"), "pass")),
  ),
  gcp("container.Cluster", (view, context) => {
    const own = one(isTrue("privateClusterConfig.enablePrivateNodes")(view, context));
    const opened = list(view.props, "nodePools");
    if (typeof opened !== "symbol" && opened.some((pool) => text(pool, "networkConfig.enablePrivateNodes") === "false"))
      return fail("nodePools", "networkConfig.enablePrivateNodes of each true or unset");
    // Pools of their own say it themselves; the default pool goes at once.
    if (own.status === "fail" && text(view.props, "removeDefaultNodePool") === "true")
      return notApplicable("its node pools decide");
    return typeof opened === "symbol" ? unknown("nodePools", "private nodes") : own;
  }),
  gcpGraph("container.NodePool", privateNodes),
);

const metadataDefaults = ({ props }: View) =>
  text(props, "httpTokens") === "required" && text(props, "httpPutResponseHopLimit") === "1";
const accountHasV2: Judge = (_, { graph }) =>
  accountDefault(graph, "ec2.InstanceMetadataDefaults", metadataDefaults)
    ? pass("")
    : fail("metadataOptions", "httpTokens required and httpPutResponseHopLimit 1, here or in InstanceMetadataDefaults");

/** GKE gives new pools its metadata server where the cluster has a workload pool. */
const metadataServer =
  (at: string): Judge =>
  (view, context) => {
    const path = join(at, "nodeConfig.workloadMetadataConfig.mode");
    const cluster = view.type === token("gcp", "container.Cluster") ? view : clusterOf(context.graph, view);
    const inherits =
      cluster &&
      (one(filled("workloadIdentityConfig.workloadPool")(cluster, context)).status === "pass" ||
        autopilot(cluster) === true);
    return equals(path, "GKE_METADATA", inherits ? "pass" : "fail")(view, context);
  };

export const imdsV2 = rule(
  "nodepool-imdsv2",
  awsGraph(
    "ec2.LaunchTemplate",
    nodeTemplate(
      any(
        all(
          equals("metadataOptions.httpTokens", "required"),
          // EKS's images raise an unset limit to 2, which is within reach of pods.
          holds("metadataOptions.httpPutResponseHopLimit", "1", (value) => asText(value) === "1"),
        ),
        equals("metadataOptions.httpEndpoint", "disabled"),
        accountHasV2,
      ),
    ),
  ),
  awsGraph("eks.NodeGroup", withoutTemplate(accountHasV2)),
  gcpGraph("container.Cluster, container.NodePool", gcpPools(metadataServer)),
);

/** Azure opens ports to a node's public address only when they are asked for. */
const sshPorts = (value: unknown) => Number(text(value, "portStart")) <= 22 && Number(text(value, "portEnd")) >= 22;

export const noSsh = rule(
  "nodepool-no-ssh-from-world",
  aws(
    "eks.NodeGroup",
    any(unset("remoteAccess.ec2SshKey", "no key"), filled("remoteAccess.sourceSecurityGroupIds", "security groups")),
  ),
  azure(
    "containerservice.ManagedCluster, containerservice.AgentPool",
    azurePools((at) =>
      any(
        isFalse(join(at, "enableNodePublicIP"), "pass"),
        equals(join(at, "securityProfile.sshAccess"), "Disabled"),
        holdsNone(join(at, "networkProfile.allowedHostPorts"), sshPorts, "no port 22"),
      ),
    ),
  ),
  gcp(
    "container.Cluster, container.NodePool",
    gcpPools((at) =>
      any(
        isTrue(join(at, "nodeConfig.metadata.block-project-ssh-keys")),
        // OS Login takes no keys from metadata.
        isTrue(join(at, "nodeConfig.metadata.enable-oslogin")),
      ),
    ),
  ),
);

const workerPolicies =
  /\/(AmazonEKSWorkerNodePolicy|AmazonEKSWorkerNodeMinimalPolicy|AmazonEC2ContainerRegistry(ReadOnly|PullOnly)|AmazonEKS_CNI_Policy|AmazonSSMManagedInstanceCore|CloudWatchAgentServerPolicy)$/;
const isOfAws = (arn: string) => /^arn:[^:]+:iam::aws:policy\//.test(arn);
const allowsAll = (statement: Statement) => statement.allows && statement.actions.includes("*");
const policyType = token("aws", "iam.Policy");

const dedicatedRole: Judge = (view, { graph }) => {
  const path = "nodeRoleArn";
  const expected = "a role of its own with policies for nodes only";
  const [role] = graph.targets(view, path, [token("aws", "iam.Role")]).sure;
  if (!role)
    return isUnknown(read(view.props, path)) ? unknown(path, expected) : notApplicable("the role is made elsewhere");
  const clusters = graph.companions(role, [token("aws", "eks.Cluster")], "roleArn").sure;
  const attachments = graph.companions(role, [token("aws", "iam.RolePolicyAttachment")], "role").sure;
  const own = list(role.props, "managedPolicyArns");
  const arns = [
    ...attachments.map(({ props }) => read(props, "policyArn")),
    ...(typeof own === "symbol" ? [own] : own),
  ];
  const made = attachments.flatMap((attachment) => graph.targets(attachment, "policyArn", [policyType]).sure);
  const inline = graph.companions(role, [token("aws", "iam.RolePolicy")], "role").sure;
  const documents = [...made, ...inline].map(({ props }) => statements(read(props, "policy")));
  const foreign = arns.some((arn) => isOfAws(asText(arn)) && !workerPolicies.test(asText(arn)));
  const wide = documents.some((document) => typeof document !== "symbol" && document.some(allowsAll));
  if (clusters.length > 0 || foreign || wide) return fail(path, expected);
  const open =
    documents.some((document) => typeof document === "symbol") || arns.filter(isUnknown).length > made.length;
  return open ? unknown(path, expected) : pass(path, expected);
};

const kubelet = "identityProfile.kubeletidentity.resourceId";
const dedicatedKubelet: Judge = (view, context) => {
  const { graph } = context;
  const expected = "an identity of its own, not the control plane's";
  const type = one(oneOf("identity.type", ["SystemAssigned", "UserAssigned"])(view, context));
  if (type.status !== "pass") return type;
  const nodes = read(view.props, kubelet);
  // AKS makes one for the nodes of each cluster.
  if (nodes === undefined) return pass(kubelet, expected);
  const planes = list(view.props, "identity.userAssignedIdentities");
  if (!isUnknown(nodes) && typeof planes !== "symbol" && planes.some((plane) => plane === nodes))
    return fail(kubelet, expected);
  const identities = (property: string) =>
    graph
      .sources(view, property)
      .filter((source) => source.type === token("azure", "managedidentity.UserAssignedIdentity"));
  const theirs = identities("identityProfile");
  const shared =
    isUnknown(nodes) && theirs.length > 0 && theirs.every((source) => identities("identity").includes(source));
  return shared ? fail(kubelet, expected) : pass(kubelet, expected);
};

/** The project's default account may edit the whole project. An unknown value is an account made in the stack. */
const ownAccount =
  (path: string): Judge =>
  (view) => {
    const expected = "a service account of its own";
    const account = read(view.props, path);
    if (isUnknown(account)) return pass(path, expected);
    const shared =
      account === undefined || /^(default)?$|-compute@developer\.gserviceaccount\.com$/.test(asText(account));
    return shared ? fail(path, expected) : pass(path, expected);
  };

export const dedicatedIdentity = rule(
  "nodepool-dedicated-identity",
  awsGraph("eks.NodeGroup", dedicatedRole),
  azureGraph("containerservice.ManagedCluster", dedicatedKubelet),
  // Scopes are no boundary: Google's advice is cloud-platform and an account that may do little.
  gcp(
    "container.Cluster, container.NodePool",
    gcpPools(
      (at) => ownAccount(join(at, "nodeConfig.serviceAccount")),
      any(
        ownAccount("clusterAutoscaling.autoProvisioningDefaults.serviceAccount"),
        ownAccount("nodeConfig.serviceAccount"),
      ),
    ),
  ),
);
