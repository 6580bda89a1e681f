import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Addon, type Cluster } from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { tagsOf } from "../site/aws-identity";
import type { CompleteClusterArgs } from ".";
import { type AddonRole, buildAddonRole } from "./aws-addon-role";

type Context = BuildContext<CompleteClusterArgs>;

interface AddonChoice {
  readonly settings?: object;
  /** Identity of one of its service accounts. */
  readonly role?: AddonRole;
}

/** The network, and what hands pods their identities: nodes aren't ready without. */
export const addonsBeforeNodes: Readonly<Record<string, AddonChoice>> = {
  "vpc-cni": {
    settings: {
      // NetworkPolicy objects are kept (features.md 4.1).
      enableNetworkPolicy: "true",
      // A /28 at a time instead of single addresses: room for 110 pods on the smallest nodes.
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    },
    role: { serviceAccount: "aws-node", managed: ["AmazonEKS_CNI_Policy"] },
  },
  "kube-proxy": {},
  "eks-pod-identity-agent": {},
};

export const addonsAfterNodes: Readonly<Record<string, AddonChoice>> = {
  coredns: {},
  "aws-ebs-csi-driver": {
    role: {
      serviceAccount: "ebs-csi-controller-sa",
      managed: ["service-role/AmazonEBSCSIDriverPolicy"],
      volumes: true,
    },
  },
  "metrics-server": {},
  // Logs of the pods, and figures of nodes, pods and the control plane (MON).
  "amazon-cloudwatch-observability": {
    role: { serviceAccount: "cloudwatch-agent", managed: ["CloudWatchAgentServerPolicy"] },
  },
};

/** Groups that the observability add-on writes to. */
const insightLogs = ["application", "dataplane", "host", "performance"] as const;

/**
 * Add-ons without a version: EKS takes its default for the cluster's, and keeps it. A table of versions here would be old
 * soon, and looking them up would change them on any day.
 */
export function buildAddons(
  context: Context,
  cluster: Cluster,
  choices: Readonly<Record<string, AddonChoice>>,
  after: readonly pulumi.Resource[],
): Addon[] {
  const { name, site, child } = context;
  return Object.entries(choices).map(([addonName, { settings, role }]) => {
    const label = `${name}-${addonName}`;
    const logs = addonName === "amazon-cloudwatch-observability" ? buildInsightLogs(context, cluster) : [];
    const identity = role && buildAddonRole(context, label, role);
    return new Addon(
      label,
      {
        clusterName: cluster.name,
        addonName,
        ...(settings && { configurationValues: JSON.stringify(settings) }),
        ...(identity && {
          podIdentityAssociations: [{ serviceAccount: identity.serviceAccount, roleArn: identity.role.arn }],
        }),
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
        tags: tagsOf(site, label),
      },
      { ...child, dependsOn: [...after, ...logs, ...(identity?.grants ?? [])] },
    );
  });
}

/** Made first: those that the agent makes have neither key nor end. */
const buildInsightLogs = ({ name, site, args, child }: Context, cluster: Cluster): LogGroup[] =>
  insightLogs.map(
    (kind) =>
      new LogGroup(
        `${name}-${kind}`,
        {
          name: cluster.name.apply((known) => physicalName(awsNames.logGroup, ["/aws/containerinsights", known, kind])),
          retentionInDays: args.logRetentionDays,
          kmsKeyId: args.keys.for("logs").id,
          tags: tagsOf(site, `${name}-${kind}`),
        },
        child,
      ),
  );
