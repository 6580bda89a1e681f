// Add-ons, and who may do what: people in the cluster, pods in the account.
import { fits, oneOf, refuse } from "../limits";
import type { Moment, Reference, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { isObject, isSet, list, object, text } from "../values";
import { allowsService } from "./policy-document";
import { arnOf, arnPattern, arnRule, awsRow, plain, told } from "./row";
import { T } from "./types";

const ofCluster: Reference = { path: "clusterName", to: [T.cluster], by: "name", inside: true };

/** https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html; those of the marketplace have a _ in their names. */
const addons = new Set([
  "vpc-cni",
  "coredns",
  "kube-proxy",
  "eks-pod-identity-agent",
  "eks-node-monitoring-agent",
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "aws-fsx-csi-driver",
  "aws-mountpoint-s3-csi-driver",
  "snapshot-controller",
  "aws-guardduty-agent",
  "amazon-cloudwatch-observability",
  "aws-network-flow-monitoring-agent",
  "aws-secrets-store-csi-driver-provider",
  "adot",
  "metrics-server",
  "kube-state-metrics",
  "prometheus-node-exporter",
  "cert-manager",
  "external-dns",
  "fluent-bit",
]);
/** Deployments: without a node they never become available. */
const needNodes = new Set(["coredns", "aws-ebs-csi-driver", "metrics-server", "amazon-cloudwatch-observability"]);

const addon = awsRow({
  type: T.addon,
  immutable: ["addonName", "clusterName"],
  unique: { by: ["clusterName", "addonName"], scope: "region" },
  references: [
    ofCluster,
    { path: "podIdentityAssociations.*.roleArn", to: [T.role], by: "arn", weak: true },
    { path: "serviceAccountRoleArn", to: [T.role], by: "arn", weak: true },
  ],
  check: ({ inputs }) => [
    ...oneOf(inputs, "resolveConflictsOnCreate", ["NONE", "OVERWRITE"]),
    ...oneOf(inputs, "resolveConflictsOnUpdate", ["NONE", "OVERWRITE", "PRESERVE"]),
    ...fits(
      inputs,
      "addonVersion",
      /^v\d+\.\d+\.\d+.*-eksbuild\.\d+$/,
      "it must be a version of the add-on: v1.20.4-eksbuild.1",
    ),
    ...settingsRefusals(inputs["configurationValues"]),
    ...(typeof inputs["addonName"] !== "string" || addons.has(inputs["addonName"]) || inputs["addonName"].includes("_")
      ? []
      : refuse("addonName", `InvalidParameterException: addon ${inputs["addonName"]} specified is not supported`)),
  ],
  admit: (moment) => {
    const name = text(moment.inputs["addonName"]) ?? "";
    const nodes = moment.account
      .all(T.nodeGroup)
      .some((one) => one.outputs["clusterName"] === moment.inputs["clusterName"]);
    return [
      ...list(moment.inputs["podIdentityAssociations"]).flatMap((one) =>
        podRoleRefusals(moment, object(one)["roleArn"] ?? null, "podIdentityAssociations"),
      ),
      ...(needNodes.has(name) && !nodes
        ? refuse(
            "addonName",
            `unexpected state 'DEGRADED', wanted target 'ACTIVE': InsufficientNumberOfReplicas: the add-on ${name} is unhealthy because it doesn't have the desired number of replicas: the cluster has no nodes`,
          )
        : []),
    ];
  },
  id: ({ inputs }) => `${text(inputs["clusterName"]) ?? ""}:${text(inputs["addonName"]) ?? ""}`,
  outputs: (moment) => ({
    // Which version is EKS's default changes by the month: the simulated EKS has one of its own.
    addonVersion:
      text(moment.inputs["addonVersion"]) ?? text(moment.old?.outputs["addonVersion"]) ?? "v1.0.0-eksbuild.1",
    arn: arnOf(
      moment,
      "eks",
      `addon/${text(moment.inputs["clusterName"]) ?? ""}/${text(moment.inputs["addonName"]) ?? ""}/${uuid(moment.random("id", 32, HEX))}`,
    ),
    configurationValues: text(moment.inputs["configurationValues"]) ?? "",
    createdAt: text(moment.old?.outputs["createdAt"]) ?? moment.now,
    modifiedAt: moment.now,
  }),
  volatile: ["modifiedAt"],
  seconds: { create: 40, update: 40, delete: 10, source: "estimate" },
});

function settingsRefusals(value: Moment["inputs"][string] | undefined): readonly Refusal[] {
  if (typeof value !== "string") return [];
  try {
    if (isObject(JSON.parse(value) as Moment["inputs"][string])) return [];
  } catch {
    // YAML is taken as well.
    return /^[\w-]+:/m.test(value)
      ? []
      : refuse(
          "configurationValues",
          "InvalidParameterException: ConfigurationValue provided in request is not supported: neither JSON nor YAML",
        );
  }
  return refuse(
    "configurationValues",
    "InvalidParameterException: ConfigurationValue provided in request is not an object",
  );
}

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
function podRoleRefusals({ account }: Moment, roleArn: Moment["inputs"][string], property: string): readonly Refusal[] {
  const role = account.find([T.role], "arn", roleArn);
  const service = "pods.eks.amazonaws.com";
  const trust = role?.outputs["assumeRolePolicy"];
  return role && !(allowsService(trust, service, "sts:AssumeRole") && allowsService(trust, service, "sts:TagSession"))
    ? refuse(
        property,
        `InvalidParameterException: trust policy of the role ${told(role, "arn") ?? ""} is invalid: ${service} needs sts:AssumeRole and sts:TagSession`,
      )
    : [];
}

const accessEntry = awsRow({
  type: T.accessEntry,
  immutable: ["clusterName", "principalArn", "type"],
  unique: { by: ["clusterName", "principalArn"], scope: "region" },
  unordered: ["kubernetesGroups"],
  references: [ofCluster],
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "principalArn",
      /^arn:[\w-]+:iam::\d{12}:(role|user)\/.+$/,
      "InvalidParameterException: the principalArn is the ARN of an IAM role or user, never of a session",
    ),
    ...oneOf(inputs, "type", ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX"]),
    ...(list(inputs["kubernetesGroups"]).some((group) => text(group)?.startsWith("system:"))
      ? refuse("kubernetesGroups", "InvalidParameterException: the kubernetes group name must not begin with system:")
      : []),
  ],
  admit: ({ inputs, account }) => {
    const cluster = account.find([T.cluster], "name", inputs["clusterName"] ?? null);
    const mode = text(object(cluster?.outputs["accessConfig"])["authenticationMode"]);
    return cluster && mode === "CONFIG_MAP"
      ? refuse(
          "clusterName",
          "InvalidRequestException: the cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP]",
        )
      : [];
  },
  id: ({ inputs }) => `${text(inputs["clusterName"]) ?? ""}:${text(inputs["principalArn"]) ?? ""}`,
  outputs: (moment) => {
    const principal = text(moment.inputs["principalArn"]) ?? "";
    const [account = "", who = ""] = principal.split(":").slice(4);
    const cluster = text(moment.inputs["clusterName"]) ?? "";
    return {
      accessEntryArn: arnOf(
        moment,
        "eks",
        `access-entry/${cluster}/${who.split("/")[0] ?? ""}/${account}/${who.split("/").at(-1) ?? ""}/${uuid(moment.random("id", 32, HEX))}`,
      ),
      createdAt: text(moment.old?.outputs["createdAt"]) ?? moment.now,
      kubernetesGroups: moment.inputs["kubernetesGroups"] ?? [],
      modifiedAt: moment.now,
      type: text(moment.inputs["type"]) ?? "STANDARD",
      userName: text(moment.inputs["userName"]) ?? principal,
    };
  },
  volatile: ["modifiedAt"],
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const accessPolicy = awsRow({
  type: T.accessPolicy,
  taggable: false,
  immutable: ["accessScope", "clusterName", "policyArn", "principalArn"],
  unique: { by: ["clusterName", "principalArn", "policyArn"], scope: "region" },
  references: [ofCluster, { path: "principalArn", to: [T.accessEntry], by: "principalArn", inside: true }],
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "policyArn",
      /^arn:[\w-]+:eks::aws:cluster-access-policy\/Amazon\w+$/,
      "it must be an access policy of EKS: arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    ),
    ...oneOf(inputs, "accessScope.type", ["cluster", "namespace"]),
    ...(object(inputs["accessScope"])["type"] === "namespace" && !isSet(object(inputs["accessScope"])["namespaces"])
      ? refuse("accessScope.namespaces", "InvalidParameterException: namespaces are required for the scope namespace")
      : []),
  ],
  id: ({ inputs }) => ["clusterName", "principalArn", "policyArn"].map((part) => plain(inputs[part] ?? "")).join("#"),
  outputs: (moment) => ({
    associatedAt: text(moment.old?.outputs["associatedAt"]) ?? moment.now,
    modifiedAt: moment.now,
  }),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

const podIdentity = awsRow({
  type: T.podIdentity,
  immutable: ["clusterName", "namespace", "serviceAccount"],
  unique: { by: ["clusterName", "namespace", "serviceAccount"], scope: "region" },
  references: [ofCluster, { path: "roleArn", to: [T.role], by: "arn", weak: true }],
  check: ({ inputs }) => [
    ...fits(inputs, "roleArn", arnPattern, arnRule),
    ...fits(inputs, "namespace", /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "a namespace of Kubernetes"),
    ...fits(inputs, "serviceAccount", /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "a service account of Kubernetes"),
  ],
  admit: (moment) => podRoleRefusals(moment, moment.inputs["roleArn"] ?? null, "roleArn"),
  id: (moment) => `a-${moment.random("id", 17, "abcdefghijklmnopqrstuvwxyz0123456789")}`,
  outputs: (moment) => ({
    associationArn: arnOf(
      moment,
      "eks",
      `podidentityassociation/${text(moment.inputs["clusterName"]) ?? ""}/${moment.id}`,
    ),
    associationId: moment.id,
    disableSessionTags: moment.inputs["disableSessionTags"] ?? false,
    externalId: "",
  }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

export const rows: readonly Row[] = [addon, accessEntry, accessPolicy, podIdentity];
