// What Lambda, EC2, EKS, the data services and IAM say of their inputs; api-limits.ts tells the notation.

const instanceTypes = `0..30 /[a-zA-Z0-9.*-]+/`;
const anyArn = `/arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*/`;

const objects = `
    key 0..1024
    objectLockLegalHoldStatus ON|OFF
    objectLockMode GOVERNANCE|COMPLIANCE
    storageClass STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE
`;

export const platformLimits: Readonly<Record<string, string>> = {
  "aws:cloudwatch/logDelivery:LogDelivery": String.raw`
    deliverySourceName 0..60 /[\w-]*/
    recordFields 0..128
    recordFields.* 0..64
  `,
  "aws:dynamodb/table:Table": `
    globalSecondaryIndexes.*.keySchemas.*.attributeName 0..255
    globalSecondaryIndexes.*.keySchemas.*.keyType HASH|RANGE
    globalSecondaryIndexes.*.projectionType ALL|KEYS_ONLY|INCLUDE
    localSecondaryIndexes.*.projectionType ALL|KEYS_ONLY|INCLUDE
    streamViewType NEW_IMAGE|OLD_IMAGE|NEW_AND_OLD_IMAGES|KEYS_ONLY
    tableClass STANDARD|STANDARD_INFREQUENT_ACCESS
  `,
  "aws:ec2/flowLog:FlowLog": `
    destinationOptions.fileFormat plain-text|parquet
  `,
  "aws:ec2/launchTemplate:LaunchTemplate": `
    description 0..255
    capacityReservationSpecification.capacityReservationPreference capacity-reservations-only|open|none
    cpuOptions.amdSevSnp enabled|disabled
    cpuOptions.nestedVirtualization enabled|disabled
    instanceInitiatedShutdownBehavior stop|terminate
    instanceMarketOptions.marketType spot|capacity-block|interruptible-capacity-reservation
    instanceMarketOptions.spotOptions.instanceInterruptionBehavior hibernate|stop|terminate
    instanceMarketOptions.spotOptions.spotInstanceType one-time|persistent
    instanceRequirements.acceleratorTypes.* gpu|fpga|inference|media
    instanceRequirements.allowedInstanceTypes 0..400
    instanceRequirements.allowedInstanceTypes.* ${instanceTypes}
    instanceRequirements.bareMetal included|required|excluded
    instanceRequirements.burstablePerformance included|required|excluded
    instanceRequirements.excludedInstanceTypes 0..400
    instanceRequirements.excludedInstanceTypes.* ${instanceTypes}
    instanceRequirements.instanceGenerations.* current|previous
    instanceRequirements.localStorage included|required|excluded
    instanceRequirements.localStorageTypes.* hdd|ssd
    maintenanceOptions.autoRecovery default|disabled
    metadataOptions.httpProtocolIpv6 disabled|enabled
    networkPerformanceOptions.bandwidthWeighting default|vpc-1|ebs-1
    placement.tenancy default|dedicated|host
    privateDnsNameOptions.hostnameType ip-name|resource-name
  `,
  "aws:ec2/natGateway:NatGateway": `
    secondaryPrivateIpAddressCount 1..31
  `,
  "aws:ec2/vpcEndpoint:VpcEndpoint": `
    dnsOptions.dnsRecordIpType ipv4|dualstack|ipv6|service-defined
    dnsOptions.privateDnsSpecifiedDomains 0..10
  `,
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": String.raw`
    replicationConfiguration.rules.*.destinations.*.region 2..25 /[0-9a-z-]{2,25}/
    replicationConfiguration.rules.*.repositoryFilters 0..100
    replicationConfiguration.rules.*.repositoryFilters.*.filter 2..256 /(?:[a-z0-9]+(?:[._-][a-z0-9]*)*\/)*[a-z0-9]*(?:[._-][a-z0-9]*)*/
    replicationConfiguration.rules.*.repositoryFilters.*.filterType PREFIX_MATCH
    replicationConfiguration.rules 0..10
    replicationConfiguration.rules.*.destinations 0..25
  `,
  "aws:ecr/repository:Repository": `
    imageTagMutabilityExclusionFilters 0..5
    imageTagMutabilityExclusionFilters.*.filter 0..128
  `,
  "aws:eks/addon:Addon": String.raw`
    clusterName 0..100 /[0-9A-Za-z][A-Za-z0-9\-_]*/
    namespaceConfig.namespace 0..63
    serviceAccountRoleArn 0..255
  `,
  "aws:eks/cluster:Cluster": `
    controlPlaneScalingConfig.tier standard|tier-xl|tier-2xl|tier-4xl|tier-8xl
    upgradePolicy.supportType STANDARD|EXTENDED
    vpcConfig.publicAccessCidrs 0..40
  `,
  "aws:eks/nodeGroup:NodeGroup": `
    nodeRepairConfig.maxParallelNodesRepairedCount 1..
    nodeRepairConfig.maxParallelNodesRepairedPercentage 1..100
    nodeRepairConfig.maxUnhealthyNodeThresholdCount 1..
    nodeRepairConfig.maxUnhealthyNodeThresholdPercentage 1..100
    nodeRepairConfig.nodeRepairConfigOverrides.*.minRepairWaitTimeMins 1..
    nodeRepairConfig.nodeRepairConfigOverrides.*.repairAction Replace|Reboot|NoAction
    taints 0..50
    taints.*.key 0..63
    taints.*.value 0..63
    updateConfig.updateStrategy DEFAULT|MINIMAL
    warmPoolConfig.minSize 0..
    warmPoolConfig.poolState STOPPED|RUNNING|HIBERNATED
    nodeGroupNamePrefix 0..37
  `,
  "aws:elasticache/replicationGroup:ReplicationGroup": String.raw`
    ipDiscovery ipv4|ipv6
    networkType ipv4|ipv6|dual_stack
    nodeGroupConfigurations.*.nodeGroupId 0..4 /\d+/
    userGroupIds 0..1
    userGroupIds.* /[a-zA-Z][a-zA-Z0-9-]*/
  `,
  "aws:elasticache/userGroup:UserGroup": `
    userIds.* /[a-zA-Z][a-zA-Z0-9-]*/
  `,
  "aws:guardduty/detectorFeature:DetectorFeature": `
    additionalConfigurations.*.status ENABLED|DISABLED
  `,
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": `
    clientIdLists 0..100
    clientIdLists.* 0..255
    thumbprintLists 0..5
  `,
  "aws:iam/role:Role": String.raw`
    description 0..1000 /[\t\n\r\x20-\x7e\xa1-\xff]*/
    permissionsBoundary 20..2048
    namePrefix 0..38 /[\w+=,.@-]+/
  `,
  "aws:kms/alias:Alias": `
    targetKeyId 0..2048
  `,
  "aws:kms/key:Key": `
    customKeyStoreId 0..64
    xksKeyId 0..128 /[a-zA-Z0-9-_.]+/
  `,
  "aws:lambda/codeSigningConfig:CodeSigningConfig": `
    allowedPublishers.signingProfileVersionArns 0..20
    allowedPublishers.signingProfileVersionArns.* ${anyArn}
  `,
  "aws:lambda/function:Function": String.raw`
    codeSigningConfigArn 0..200 /arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}/
    deadLetterConfig.targetArn ${anyArn}
    description 0..256
    durableConfig.executionTimeout 1..31622400
    ephemeralStorage.size 512..10240
    fileSystemConfig.localMountPath 0..160 /\/mnt\/[a-zA-Z0-9-_.]+/
    handler 0..128 /[^\s]+/
    imageConfig.workingDirectory 0..1000
    kmsKeyArn ${anyArn}
    layers 0..5
    layers.* 0..140 /arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+/
    loggingConfig.applicationLogLevel TRACE|DEBUG|INFO|WARN|ERROR|FATAL
    loggingConfig.logGroup 0..512 /[.\-_/#A-Za-z0-9]+/
    loggingConfig.systemLogLevel DEBUG|INFO|WARN
    publishTo LATEST_PUBLISHED
    snapStart.applyOn PublishedVersions|None
    tenancyConfig.tenantIsolationMode PER_TENANT
    tracingConfig.mode Active|PassThrough
    vpcConfig.securityGroupIds 0..5
    vpcConfig.subnetIds 0..16
    durableConfig.retentionPeriod 1..90
  `,
  "aws:lambda/permission:Permission": String.raw`
    eventSourceToken 0..256 /[a-zA-Z0-9._-]+/
    functionUrlAuthType NONE|AWS_IAM
    principal /[^\s]+/
    principalOrgId 12..34 /o-[a-z0-9]{10,32}/
    qualifier 0..128 /\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_$]+/
    statementId 0..100 /[a-zA-Z0-9-_]+/
  `,
  "aws:rds/proxy:Proxy": `
    auths.*.description 0..1000
    auths.*.username 0..128
    endpointNetworkType IPV4|IPV6|DUAL
    targetConnectionNetworkType IPV4|IPV6
  `,
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": `
    rules.*.destination.accessControlTranslation.owner Destination
    rules.*.existingObjectReplication.status Enabled|Disabled
    rules.*.sourceSelectionCriteria.replicaModifications.status Enabled|Disabled
    rules.*.sourceSelectionCriteria.sseKmsEncryptedObjects.status Enabled|Disabled
  `,
  "aws:secretsmanager/secret:Secret": `
    kmsKeyId 0..2048
    type 0..256
  `,
  "aws:secretsmanager/secretRotation:SecretRotation": `
    externalSecretRotationMetadatas.*.key 0..256
    externalSecretRotationMetadatas.*.value 0..2048
    externalSecretRotationRoleArn 20..2048
    rotationLambdaArn 0..2048
    rotationRules.duration 2..3 /[0-9]+h/
  `,
  "aws:secretsmanager/secretVersion:SecretVersion": `
    secretId 0..2048
    versionStages 0..20
    versionStages.* 0..256
  `,
  "aws:signer/signingProfile:SigningProfile": `
    signatureValidityPeriod.type DAYS|MONTHS|YEARS
  `,
  "aws:elasticache/user:User": `
    passwords 0..2
  `,
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": `
    corsRules 0..100
  `,
  "aws:s3/bucket:Bucket": `
    bucketPrefix 0..37 /[a-z0-9.-]+/
  `,
  "aws:iam/policy:Policy": `
    namePrefix 0..102
  `,
  "aws:iam/instanceProfile:InstanceProfile": `
    namePrefix 0..102
  `,
  "aws:s3/bucketObjectv2:BucketObjectv2": objects,
  "aws:s3/bucketObject:BucketObject": objects,
};
