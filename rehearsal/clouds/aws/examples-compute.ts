// Clusters, functions and images: a good example, and what AWS would refuse of it.
import { UNKNOWN } from "../row";
import type { Example } from "../testing/sample";
import { T } from "./types";

const cluster = "goodies-prod-cluster";
const rules = (...all: object[]) => JSON.stringify({ rules: all });
const rule = {
  rulePriority: 1,
  selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 },
  action: { type: "expire" },
};

export const computeExamples: readonly Example[] = [
  {
    type: T.cluster,
    good: {
      name: cluster,
      version: "1.34",
      roleArn: UNKNOWN,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      vpcConfig: { subnetIds: [UNKNOWN], endpointPrivateAccess: true, endpointPublicAccess: false },
      enabledClusterLogTypes: ["api", "audit"],
    },
    bad: [
      [{ version: "1.20" }, "version"],
      [{ version: "1.34.2" }, "version"],
      [{ name: "-x" }, "name"],
      [{ accessConfig: { authenticationMode: "RBAC" } }, "accessConfig.authenticationMode"],
      [{ enabledClusterLogTypes: ["everything"] }, "enabledClusterLogTypes.0"],
      [{ upgradePolicy: { supportType: "LONG" } }, "upgradePolicy.supportType"],
      [
        { vpcConfig: { subnetIds: [UNKNOWN], endpointPrivateAccess: false, endpointPublicAccess: false } },
        "vpcConfig.endpointPrivateAccess",
        /cannot be false at the same time/,
      ],
      [
        {
          vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false, publicAccessCidrs: ["192.0.2.0/24"] },
        },
        "vpcConfig.publicAccessCidrs",
      ],
      [{ kubernetesNetworkConfig: { serviceIpv4Cidr: "10.0.0.0/8" } }, "kubernetesNetworkConfig.serviceIpv4Cidr"],
    ],
  },
  {
    type: T.nodeGroup,
    good: {
      clusterName: UNKNOWN,
      nodeRoleArn: UNKNOWN,
      subnetIds: [UNKNOWN],
      amiType: "BOTTLEROCKET_x86_64",
      capacityType: "SPOT",
      launchTemplate: { id: UNKNOWN, version: UNKNOWN },
      scalingConfig: { minSize: 2, maxSize: 10, desiredSize: 2 },
      updateConfig: { maxUnavailablePercentage: 33 },
      taints: [{ key: "a", value: "b", effect: "NO_SCHEDULE" }],
    },
    bad: [
      [{ amiType: "UBUNTU" }, "amiType"],
      [{ capacityType: "spot" }, "capacityType"],
      [{ diskSize: 50 }, "diskSize", /conflicts with launchTemplate/],
      [{ scalingConfig: { minSize: 3, maxSize: 2, desiredSize: 2 } }, "scalingConfig.minSize", /greater than maximum/],
      [{ scalingConfig: { minSize: 2, maxSize: 3, desiredSize: 1 } }, "scalingConfig.desiredSize", /between/],
      [{ updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 33 } }, "updateConfig.maxUnavailablePercentage"],
      [{ taints: [{ key: "a", effect: "NoSchedule" }] }, "taints.0.effect"],
      [{ labels: { "node.kubernetes.io/pool": "a" } }, "labels.node.kubernetes.io/pool", /reserved/],
    ],
  },
  {
    type: T.addon,
    good: { clusterName: UNKNOWN, addonName: "vpc-cni", configurationValues: '{"enableNetworkPolicy":"true"}' },
    bad: [
      [{ addonName: "calico" }, "addonName", /not supported/],
      [{ configurationValues: "[]" }, "configurationValues"],
      [{ resolveConflictsOnCreate: "PRESERVE" }, "resolveConflictsOnCreate"],
      [{ addonVersion: "1.2.3" }, "addonVersion"],
      [{ addonName: "coredns" }, "addonName", /no nodes/],
    ],
  },
  {
    type: T.accessEntry,
    good: { clusterName: UNKNOWN, principalArn: "arn:aws:iam::123456789012:role/Admin", type: "STANDARD" },
    bad: [
      [{ principalArn: "arn:aws:sts::123456789012:assumed-role/Admin/me" }, "principalArn", /never of a session/],
      [{ kubernetesGroups: ["system:masters"] }, "kubernetesGroups"],
      [{ type: "ADMIN" }, "type"],
    ],
  },
  {
    type: T.accessPolicy,
    good: {
      clusterName: UNKNOWN,
      principalArn: UNKNOWN,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    },
    bad: [
      [{ policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }, "policyArn"],
      [{ accessScope: { type: "namespace" } }, "accessScope.namespaces"],
    ],
  },
  {
    type: T.podIdentity,
    good: { clusterName: UNKNOWN, namespace: "goodies", serviceAccount: "app", roleArn: UNKNOWN },
    bad: [
      [{ namespace: "Goodies" }, "namespace"],
      [{ roleArn: "app" }, "roleArn", /ARN/],
    ],
  },
  {
    type: T.launchTemplate,
    good: {
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: UNKNOWN, volumeType: "gp3" } },
      ],
      networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: [UNKNOWN] }],
      userData: "W3NldHRpbmdzXQ==",
    },
    bad: [
      [{ metadataOptions: { httpTokens: "yes" } }, "metadataOptions.httpTokens"],
      [{ metadataOptions: { httpPutResponseHopLimit: 65 } }, "metadataOptions.httpPutResponseHopLimit"],
      [{ vpcSecurityGroupIds: [UNKNOWN] }, "vpcSecurityGroupIds", /conflicts/],
      [{ blockDeviceMappings: [{ ebs: { kmsKeyId: UNKNOWN } }] }, "blockDeviceMappings.0.ebs.encrypted"],
      [{ userData: "[settings]" }, "userData", /BASE64/],
      [{ tagSpecifications: [{ resourceType: "pod" }] }, "tagSpecifications.0.resourceType"],
    ],
  },
  {
    type: T.oidcProvider,
    good: { url: "https://oidc.eks.us-east-1.amazonaws.com/id/ABC", clientIdLists: ["sts.amazonaws.com"] },
    bad: [
      [{ url: "oidc.eks.us-east-1.amazonaws.com" }, "url"],
      [{ clientIdLists: [] }, "clientIdLists"],
      [{ thumbprintLists: ["abc"] }, "thumbprintLists.0"],
    ],
  },
  {
    type: T.repository,
    good: {
      name: "goodies-prod/registry/app",
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: UNKNOWN }],
    },
    bad: [
      [{ name: "Goodies/App" }, "name"],
      [{ name: "goodies//app" }, "name"],
      [{ imageTagMutability: "NEVER" }, "imageTagMutability"],
      [
        { encryptionConfigurations: [{ encryptionType: "AES256", kmsKey: UNKNOWN }] },
        "encryptionConfigurations.0.kmsKey",
      ],
    ],
  },
  {
    type: T.lifecyclePolicy,
    good: { repository: UNKNOWN, policy: rules(rule) },
    bad: [
      [{ policy: "keep ten" }, "policy", /not a JSON text/],
      [{ policy: rules() }, "policy", /no rule/],
      [{ policy: rules(rule, rule) }, "policy", /unique/],
      [{ policy: rules(rule, { ...rule, rulePriority: 2 }) }, "policy", /lowest priority/],
      [
        { policy: rules({ ...rule, selection: { ...rule.selection, tagStatus: "tagged" } }) },
        "policy",
        /tagPrefixList/,
      ],
    ],
  },
  {
    type: T.registryReplication,
    good: {
      replicationConfiguration: {
        rules: [
          {
            destinations: [{ region: "us-west-2", registryId: "123456789012" }],
            repositoryFilters: [{ filter: "goodies/", filterType: "PREFIX_MATCH" }],
          },
        ],
      },
    },
    bad: [
      [{ replicationConfiguration: { rules: [] } }, "replicationConfiguration.rules"],
      [
        {
          replicationConfiguration: {
            rules: [{ destinations: [{ region: "us-east-1", registryId: "123456789012" }] }],
          },
        },
        "replicationConfiguration.rules.0.destinations.0.region",
        /its own region/,
      ],
    ],
  },
  {
    type: T.function,
    good: { name: "rotation", role: UNKNOWN, runtime: "nodejs22.x", handler: "index.handler", code: { hash: "abc" } },
    bad: [
      [{ runtime: "nodejs16.x" }, "runtime"],
      [{ handler: undefined }, "handler", /PackageType is Zip/],
      [{ code: undefined }, "code"],
      [{ timeout: 901 }, "timeout"],
      [{ memorySize: 64 }, "memorySize"],
      [{ name: "has space" }, "name"],
    ],
  },
  {
    type: T.functionPermission,
    good: { function: UNKNOWN, action: "lambda:InvokeFunction", principal: "secretsmanager.amazonaws.com" },
    bad: [
      [{ action: "invoke" }, "action"],
      [{ sourceAccount: "12" }, "sourceAccount"],
    ],
  },
  {
    type: T.codeSigning,
    good: { allowedPublishers: { signingProfileVersionArns: [UNKNOWN] } },
    bad: [
      [{ allowedPublishers: { signingProfileVersionArns: [] } }, "allowedPublishers.signingProfileVersionArns"],
      [{ policies: { untrustedArtifactOnDeployment: "Ignore" } }, "policies.untrustedArtifactOnDeployment"],
    ],
  },
  {
    type: T.signingProfile,
    good: { namePrefix: "goodies_", platformId: "AWSLambda-SHA384-ECDSA" },
    bad: [
      [{ namePrefix: undefined }, "name", /give a name or a namePrefix/],
      [{ namePrefix: "goodies-" }, "namePrefix"],
      [{ platformId: "Lambda" }, "platformId"],
    ],
  },
];
