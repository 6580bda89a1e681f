// https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
import { cidr, fits, long, oneOf, refuse } from "../limits";
import type { Item, Moment, Props, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { flag, isKnown, list, object, pick, text, texts } from "../values";
import { allowsService, documentOf, matches } from "./policy-document";
import { arnOf, arnPattern, arnRule, awsRow, itemsOf, regionOf, told } from "./row";
import { T } from "./types";

/** On offer on 2026-11-21, those of extended support among them. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
export const versions = ["1.30", "1.31", "1.32", "1.33", "1.34", "1.35"];

const egressMode = "vpcConfig.controlPlaneEgressMode";

const cluster = awsRow({
  type: T.cluster,
  autoName: { property: "name", max: 100 },
  immutable: [
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    "bootstrapSelfManagedAddons",
    "encryptionConfig.provider.keyArn",
    "kubernetesNetworkConfig.ipFamily",
    "kubernetesNetworkConfig.serviceIpv4Cidr",
    "name",
    "outpostConfig",
    "roleArn",
  ],
  // Secrets that were encrypted once stay so, and a way out through the customer's network is kept.
  replaces: ({ inputs, old }) => [
    ...(object(old.inputs["encryptionConfig"])["provider"] !== undefined && inputs["encryptionConfig"] === undefined
      ? ["encryptionConfig"]
      : []),
    ...(pick(old.inputs, egressMode) === "CUSTOMER_ROUTED" && pick(inputs, egressMode) !== "CUSTOMER_ROUTED"
      ? [egressMode]
      : []),
  ],
  unordered: [
    "enabledClusterLogTypes",
    "vpcConfig.subnetIds",
    "vpcConfig.securityGroupIds",
    "vpcConfig.publicAccessCidrs",
  ],
  unique: { by: ["name"], scope: "region" },
  references: [
    { path: "roleArn", to: [T.role], by: "arn", weak: true },
    { path: "encryptionConfig.provider.keyArn", to: [T.key], by: "arn", weak: true },
    // Its network interfaces lie in them.
    { path: "vpcConfig.subnetIds.*", to: [T.subnet] },
    { path: "vpcConfig.securityGroupIds.*", to: [T.securityGroup] },
  ],
  inputDefaults: () => ({ bootstrapSelfManagedAddons: true }),
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/, "1 to 100 letters, digits, - and _"),
    ...oneOf(inputs, "version", versions),
    ...oneOf(inputs, "accessConfig.authenticationMode", ["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"]),
    ...oneOf(inputs, "enabledClusterLogTypes.*", ["api", "audit", "authenticator", "controllerManager", "scheduler"]),
    ...oneOf(inputs, "encryptionConfig.resources.*", ["secrets"]),
    ...fits(inputs, "encryptionConfig.provider.keyArn", arnPattern, arnRule),
    ...fits(inputs, "roleArn", arnPattern, arnRule),
    ...oneOf(inputs, "upgradePolicy.supportType", ["STANDARD", "EXTENDED"]),
    ...oneOf(inputs, "kubernetesNetworkConfig.ipFamily", ["ipv4", "ipv6"]),
    ...cidr(inputs, "kubernetesNetworkConfig.serviceIpv4Cidr", 12, 24),
    ...long(inputs, "vpcConfig.securityGroupIds", 0, 5),
    ...cidr(inputs, "vpcConfig.publicAccessCidrs.*"),
    ...endpointRefusals(inputs),
  ],
  admit: (moment) => [
    ...roleRefusals(moment),
    ...subnetRefusals(moment),
    ...keyRefusals(moment),
    ...(moment.old ? versionRefusals(moment.inputs, moment.old) : []),
  ],
  release: ({ old }) =>
    old?.outputs["deletionProtection"] === true
      ? "InvalidRequestException: deletion protection is enabled for the cluster, disable it first"
      : undefined,
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: clusterOutputs,
  seconds: {
    create: 570,
    update: 480,
    delete: 120,
    source: "estimate: AWS says under 10 minutes for a new one; Terraform allows 30, and 60 for an upgrade",
  },
});

function endpointRefusals(inputs: Props): readonly Refusal[] {
  const config = object(inputs["vpcConfig"]);
  const open = flag(config["endpointPublicAccess"]) ?? true;
  const inside = flag(config["endpointPrivateAccess"]) ?? false;
  if (!isKnown(config["endpointPublicAccess"]) || !isKnown(config["endpointPrivateAccess"])) return [];
  return [
    ...(!open && !inside
      ? refuse(
          "vpcConfig.endpointPrivateAccess",
          "InvalidParameterException: private and public endpoint access cannot be false at the same time",
        )
      : []),
    ...(!open && list(config["publicAccessCidrs"]).length > 0
      ? refuse(
          "vpcConfig.publicAccessCidrs",
          "InvalidParameterException: the publicAccessCidrs cannot be given where the public endpoint is disabled",
        )
      : []),
  ];
}

function roleRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const role = account.find([T.role], "arn", inputs["roleArn"] ?? null);
  return role && !allowsService(role.outputs["assumeRolePolicy"], "eks.amazonaws.com", "sts:AssumeRole")
    ? refuse(
        "roleArn",
        `InvalidParameterException: role with arn ${told(role, "arn") ?? ""} could not be assumed by eks.amazonaws.com`,
      )
    : [];
}

function subnetRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const ids = texts(pick(inputs, "vpcConfig.subnetIds"));
  const subnets = itemsOf(account, T.subnet, ids);
  const zones = new Set(subnets.map((subnet) => told(subnet, "availabilityZone")));
  const networks = new Set(subnets.map((subnet) => told(subnet, "vpcId")));
  const property = "vpcConfig.subnetIds";
  if (subnets.length === 0 || subnets.length < ids.length) return [];
  return [
    ...(zones.size < 2
      ? refuse(property, "InvalidParameterException: subnets specified must be in at least two different AZs")
      : []),
    ...(networks.size > 1 ? refuse(property, "InvalidParameterException: subnets must be in the same VPC") : []),
  ];
}

/**
 * EKS makes its grant in the caller's name and not as one for an AWS resource: a key policy that lets only such grants
 * pass stops it. https://docs.aws.amazon.com/eks/latest/APIReference/API_EncryptionConfig.html
 */
function keyRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const arn = pick(inputs, "encryptionConfig.provider.keyArn");
  const key = account.find([T.key], "arn", arn ?? null);
  const policy = key?.outputs["policy"];
  if (!key || !isKnown(policy)) return [];
  const statements = list(object(documentOf(policy))["Statement"]).map(object);
  const many = (value: Props[string] | undefined) => (typeof value === "string" ? [value] : texts(value));
  const grants = statements.filter(
    (one) => one["Effect"] === "Allow" && many(one["Action"]).some((action) => matches(action, "kms:CreateGrant")),
  );
  const plain = grants.some((one) => !JSON.stringify(one["Condition"] ?? {}).includes("kms:GrantIsForAWSResource"));
  return plain
    ? []
    : refuse(
        "encryptionConfig.provider.keyArn",
        `InvalidRequestException: the caller may not create a grant on ${told(key, "arn") ?? ""}: EKS doesn't support the condition kms:GrantIsForAWSResource`,
      );
}

/** One minor at a time, and never back. */
function versionRefusals(inputs: Props, old: Item): readonly Refusal[] {
  const minor = (value: Props[string] | undefined) => Number(text(value)?.split(".")[1] ?? Number.NaN);
  const [was, is] = [minor(old.outputs["version"]), minor(inputs["version"])];
  const mode = text(pick(inputs, "accessConfig.authenticationMode"));
  const had = text(pick(old.outputs, "accessConfig.authenticationMode"));
  const ranks = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];
  return [
    ...(is < was || is > was + 1
      ? refuse(
          "version",
          `InvalidParameterException: unsupported Kubernetes minor version update from 1.${was} to 1.${is}`,
        )
      : []),
    ...(mode !== undefined && had !== undefined && ranks.indexOf(mode) < ranks.indexOf(had)
      ? refuse(
          "accessConfig.authenticationMode",
          `InvalidParameterException: unsupported authentication mode update from ${had} to ${mode}`,
        )
      : []),
  ];
}

function clusterOutputs(moment: Moment & { readonly id: string }): Props {
  const { inputs, account, id } = moment;
  const region = regionOf(moment);
  const config = object(inputs["vpcConfig"]);
  const subnet = itemsOf(account, T.subnet, texts(config["subnetIds"]))[0];
  const mark = moment.random("mark", 32, "0123456789ABCDEF");
  const open = flag(config["endpointPublicAccess"]) ?? true;
  const vpc = told(account.find([T.vpc], "id", told(subnet, "vpcId") ?? ""), "cidrBlock") ?? "";
  return {
    arn: arnOf(moment, "eks", `cluster/${id}`),
    accessConfig: {
      bootstrapClusterCreatorAdminPermissions: true,
      authenticationMode: "CONFIG_MAP",
      ...object(inputs["accessConfig"]),
    },
    certificateAuthority: { data: authority(moment) },
    clusterId: "",
    createdAt: text(moment.old?.outputs["createdAt"]) ?? moment.now,
    deletionProtection: flag(inputs["deletionProtection"]) ?? false,
    endpoint: `https://${mark}.gr7.${region}.eks.amazonaws.com`,
    identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${mark}` }] }],
    kubernetesNetworkConfig: {
      ipFamily: "ipv4",
      elasticLoadBalancing: { enabled: false },
      // 10.100.0.0/16, or the other one where the network lies in 10.0.0.0/8.
      serviceIpv4Cidr: vpc.startsWith("10.") ? "172.20.0.0/16" : "10.100.0.0/16",
      serviceIpv6Cidr: "",
      ...object(inputs["kubernetesNetworkConfig"]),
    },
    platformVersion: "eks.1",
    status: "ACTIVE",
    upgradePolicy: inputs["upgradePolicy"] ?? { supportType: "EXTENDED" },
    version: text(inputs["version"]) ?? versions.at(-1) ?? "",
    vpcConfig: {
      endpointPrivateAccess: false,
      endpointPublicAccess: true,
      publicAccessCidrs: open ? ["0.0.0.0/0"] : [],
      ...config,
      clusterSecurityGroupId: `sg-0${moment.random("group", 16, HEX)}`,
      vpcId: told(subnet, "vpcId") ?? "",
    },
    zonalShiftConfig: inputs["zonalShiftConfig"] ?? { enabled: false },
  };
}

/** PEM in base64, as the API gives it; what is in it is nobody's certificate. */
function authority({ random }: Moment): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const lines = [0, 1, 2, 3].map((line) => random(`authority-${line}-${uuid(random("line", 32, HEX))}`, 64, letters));
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`).toString(
    "base64",
  );
}

export const rows: readonly Row[] = [cluster];
