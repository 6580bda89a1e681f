// https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, list, number, object, pick, text, texts } from "../values";
import { versions } from "./eks-cluster";
import { allowsService } from "./policy-document";
import { arnOf, awsRow, itemsOf, told } from "./row";
import { T } from "./types";

const images =
  /^(AL2023_(x86_64|ARM_64)_(STANDARD|NEURON|NVIDIA)|AL2_(x86_64|x86_64_GPU|ARM_64)|BOTTLEROCKET_(x86_64|ARM_64)(_FIPS|_NVIDIA)?|WINDOWS_(CORE|FULL)_20(19|22)_x86_64|CUSTOM)$/;

const nodeGroup = awsRow({
  type: T.nodeGroup,
  autoName: { property: "nodeGroupName", max: 63 },
  immutable: [
    "amiType",
    "capacityType",
    "clusterName",
    "diskSize",
    "instanceTypes",
    "launchTemplate.id",
    "launchTemplate.name",
    "nodeGroupName",
    "nodeGroupNamePrefix",
    "nodeRoleArn",
    "remoteAccess",
    "subnetIds",
  ],
  unordered: ["subnetIds", "taints"],
  unique: { by: ["clusterName", "nodeGroupName"], scope: "region" },
  references: [
    { path: "clusterName", to: [T.cluster], by: "name" },
    { path: "nodeRoleArn", to: [T.role], by: "arn", weak: true },
    { path: "subnetIds.*", to: [T.subnet] },
    { path: "launchTemplate.id", to: [T.launchTemplate] },
  ],
  check: ({ inputs }) => [
    ...fits(inputs, "nodeGroupName", /^[0-9A-Za-z][A-Za-z0-9_-]{0,62}$/, "1 to 63 letters, digits, - and _"),
    ...oneOf(inputs, "version", versions),
    ...fits(
      inputs,
      "amiType",
      images,
      "it must be an AMI type of EKS: AL2023_x86_64_STANDARD, BOTTLEROCKET_x86_64, ...",
    ),
    ...oneOf(inputs, "capacityType", ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"]),
    ...long(inputs, "instanceTypes", 0, 20),
    ...oneOf(inputs, "taints.*.effect", ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"]),
    ...long(inputs, "taints", 0, 50),
    ...between(inputs, "updateConfig.maxUnavailable", 1, 100),
    ...between(inputs, "updateConfig.maxUnavailablePercentage", 1, 100),
    ...between(inputs, "scalingConfig.minSize", 0, 10000),
    ...between(inputs, "scalingConfig.maxSize", 1, 10000),
    ...between(inputs, "scalingConfig.desiredSize", 0, 10000),
    ...labelRefusals(inputs),
    ...maxRefusals(inputs),
  ],
  admit: (moment) => [
    ...sizeRefusals(moment.inputs),
    ...roleRefusals(moment),
    ...versionRefusals(moment),
    ...templateRefusals(moment),
    ...joinRefusals(moment),
  ],
  id: ({ inputs }) => `${text(inputs["clusterName"]) ?? ""}:${text(inputs["nodeGroupName"]) ?? ""}`,
  outputs: (moment) => {
    const { inputs } = moment;
    const name = text(inputs["nodeGroupName"]) ?? "";
    const id = uuid(moment.random("id", 32, HEX));
    const version = text(inputs["version"]) ?? told(clusterOf(moment), "version") ?? "";
    const template = object(inputs["launchTemplate"]);
    return {
      arn: arnOf(moment, "eks", `nodegroup/${text(inputs["clusterName"]) ?? ""}/${name}/${id}`),
      amiType: text(inputs["amiType"]) ?? "AL2023_x86_64_STANDARD",
      capacityType: text(inputs["capacityType"]) ?? "ON_DEMAND",
      diskSize: isSet(inputs["launchTemplate"]) ? 0 : (number(inputs["diskSize"]) ?? 20),
      instanceTypes: inputs["instanceTypes"] ?? ["t3.medium"],
      ...(isSet(inputs["launchTemplate"]) && {
        launchTemplate: {
          ...template,
          name: told(moment.account.find([T.launchTemplate], "id", template["id"] ?? null), "name") ?? "",
        },
      }),
      nodeGroupNamePrefix: "",
      // The provider reads the release of the image that EKS chose; its text is EKS's own.
      releaseVersion: text(inputs["releaseVersion"]) ?? `${version}-release`,
      resources: [{ autoscalingGroups: [{ name: `eks-${name}-${id}` }], remoteAccessSecurityGroupId: "" }],
      status: "ACTIVE",
      updateConfig: inputs["updateConfig"] ?? { maxUnavailable: 1 },
      version,
    };
  },
  seconds: {
    create: 150,
    update: 600,
    delete: 240,
    source: "estimate: instances join within two to three minutes; a rolling update drains node by node",
  },
});

const clusterOf = ({ inputs, account }: Moment) => account.find([T.cluster], "name", inputs["clusterName"] ?? null);

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html: labels that the kubelet may not set. */
function labelRefusals(inputs: Props): readonly Refusal[] {
  const odd = Object.keys(object(inputs["labels"])).find((key) =>
    /(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//.test(key),
  );
  return odd === undefined
    ? []
    : refuse(
        `labels.${odd}`,
        `InvalidParameterException: label cannot contain reserved prefixes [kubernetes.io/, k8s.io/, eks.amazonaws.com/]: ${odd}`,
      );
}

function maxRefusals(inputs: Props): readonly Refusal[] {
  const size = (name: string) => number(pick(inputs, `scalingConfig.${name}`));
  const [least, most] = [size("minSize"), size("maxSize")];
  return least !== undefined && most !== undefined && least > most
    ? refuse(
        "scalingConfig.minSize",
        `InvalidParameterException: minimum capacity ${least} can't be greater than maximum capacity ${most}`,
      )
    : [];
}

function sizeRefusals(inputs: Props): readonly Refusal[] {
  const size = (name: string) => number(pick(inputs, `scalingConfig.${name}`)) ?? 0;
  const [least, wanted, most] = [size("minSize"), size("desiredSize"), size("maxSize")];
  return wanted < least || wanted > most
    ? refuse(
        "scalingConfig.desiredSize",
        `InvalidParameterException: desired capacity ${wanted} must be between the specified min size ${least} and max size ${most}`,
      )
    : [];
}

function roleRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const role = account.find([T.role], "arn", inputs["nodeRoleArn"] ?? null);
  if (!role) return [];
  const joined = account
    .all(T.rolePolicyAttachment)
    .some(
      (one) =>
        one.outputs["role"] === role.id && text(one.outputs["policyArn"])?.endsWith("/AmazonEKSWorkerNodePolicy"),
    );
  return [
    ...(allowsService(role.outputs["assumeRolePolicy"], "ec2.amazonaws.com", "sts:AssumeRole")
      ? []
      : refuse(
          "nodeRoleArn",
          `InvalidParameterException: following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole ${told(role, "arn") ?? ""}`,
        )),
    ...(joined
      ? []
      : refuse(
          "nodeRoleArn",
          "NodeCreationFailure: instances failed to join the kubernetes cluster: the role lacks AmazonEKSWorkerNodePolicy",
        )),
  ];
}

function versionRefusals(moment: Moment): readonly Refusal[] {
  const minor = (version: string | undefined) => Number(version?.split(".")[1] ?? Number.NaN);
  const [own, control] = [text(moment.inputs["version"]), told(clusterOf(moment), "version")];
  return minor(own) > minor(control)
    ? refuse(
        "version",
        `InvalidParameterException: requested Nodegroup kubernetes version ${own ?? ""} is greater than cluster version ${control ?? ""}`,
      )
    : [];
}

/** What a template may not say for a managed group, and a key that Auto Scaling can't start nodes with. */
function templateRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const template = account.find([T.launchTemplate], "id", pick(inputs, "launchTemplate.id") ?? null);
  if (!template) return [];
  const own = template.outputs;
  const interfaces = list(own["networkInterfaces"]).map(object);
  const keys = list(own["blockDeviceMappings"]).map((one) => pick(one, "ebs.kmsKeyId"));
  const property = "launchTemplate.id";
  const deaf = keys.find((arn) => {
    const policy = account.find([T.key], "arn", arn ?? null)?.outputs["policy"];
    return typeof policy === "string" && !policy.includes("AWSServiceRoleForAutoScaling");
  });
  return [
    ...(interfaces.some((one) => isSet(one["subnetId"]))
      ? refuse(property, "InvalidParameterException: launch template subnetId must not be specified")
      : []),
    ...(isSet(own["iamInstanceProfile"])
      ? refuse(property, "InvalidParameterException: launch template instance profile must not be specified")
      : []),
    ...(isSet(own["instanceType"]) && list(inputs["instanceTypes"]).length > 0
      ? refuse(
          property,
          "InvalidParameterException: instance types may be in the launch template or the node group, not both",
        )
      : []),
    ...(deaf === undefined
      ? []
      : refuse(
          property,
          "AsgInstanceLaunchFailures: Client.InvalidKMSKey.InvalidState: the key's policy does not let AWSServiceRoleForAutoScaling use it",
        )),
  ];
}

/** A cluster without EKS's own copies of the network add-ons has no network until somebody adds one. */
function joinRefusals(moment: Moment): readonly Refusal[] {
  const cluster = clusterOf(moment);
  if (cluster?.outputs["bootstrapSelfManagedAddons"] !== false) return [];
  const have = moment.account
    .all(T.addon)
    .filter((one) => one.outputs["clusterName"] === cluster.id)
    .map((one) => one.outputs["addonName"]);
  const missing = ["vpc-cni", "kube-proxy"].filter((name) => !have.includes(name));
  const subnets = itemsOf(moment.account, T.subnet, texts(moment.inputs["subnetIds"]));
  return missing.length === 0 || subnets.length === 0
    ? []
    : refuse("clusterName", `NodeCreationFailure: unhealthy nodes in the kubernetes cluster: no ${missing.join(", ")}`);
}

export const rows: readonly Row[] = [nodeGroup];
