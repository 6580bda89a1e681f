// What the provider's own validators refuse where neither the rows nor the services' models say it: ValidateFunc in the schemas
// of hashicorp/terraform-provider-aws. api-limits.ts tells the notation.

const arn = String.raw`/arn:[\w-]+:[\w.-]+:[\w-]*:[\w-]*:.+/`;
const octet = String.raw`(25[0-5]|2[0-4]\d|1?\d?\d)`;
const ipv4 = String.raw`(${octet}\.){3}${octet}`;
/** verify.ValidAccountID */
const account = String.raw`/\d{12}/`;
/** validIdentifier of RDS. */
const identifier = "1..63 /[a-zA-Z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*/";
const cluster = String.raw`1..100 /[0-9A-Za-z][\w-]*/`;
const ofBucket = `
    bucket 1..63
    expectedBucketOwner ${account}
  `;

export const providerLimits: Readonly<Record<string, string>> = {
  "aws:ec2/subnet:Subnet": `
    ipv6CidrBlock /[0-9a-fA-F:]+\\/\\d{1,3}/
    outpostArn ${arn}
  `,
  "aws:ec2/natGateway:NatGateway": `
    privateIp /${ipv4}/
  `,
  "aws:ec2/flowLog:FlowLog": `
    deliverCrossAccountRole ${arn}
  `,
  "aws:ec2/launchTemplate:LaunchTemplate": `
    blockDeviceMappings.*.ebs.kmsKeyId ${arn}
    networkInterfaces.*.interfaceType efa|efa-only|interface
    networkInterfaces.*.privateIpAddress /${ipv4}/
  `,
  "aws:eks/accessEntry:AccessEntry": `
    clusterName ${cluster}
  `,
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": `
    clusterName ${cluster}
    principalArn ${arn}
  `,
  "aws:eks/addon:Addon": `
    serviceAccountRoleArn ${arn}
  `,
  "aws:eks/nodeGroup:NodeGroup": `
    clusterName ${cluster}
    launchTemplate.version 1..255
  `,
  "aws:rds/instance:Instance": `
    backupTarget outposts|region
    customIamInstanceProfile /AWSRDSCustom.*/
  `,
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": `
    dbProxyName ${identifier}
  `,
  "aws:rds/proxyTarget:ProxyTarget": `
    dbInstanceIdentifier ${identifier}
    dbProxyName ${identifier}
  `,
  "aws:elasticache/replicationGroup:ReplicationGroup": `
    notificationTopicArn ${arn}
  `,
  "aws:lambda/function:Function": `
    reservedConcurrentExecutions -1..
  `,
  "aws:secretsmanager/secretRotation:SecretRotation": `
    rotationLambdaArn ${arn}
  `,
  "aws:kms/key:Key": `
    customKeyStoreId 1..22
  `,
  "aws:sqs/queue:Queue": `
    deduplicationScope messageGroup|queue
    fifoThroughputLimit perQueue|perMessageGroupId
  `,
  "aws:cloudtrail/trail:Trail": `
    cloudWatchLogsRoleArn ${arn}
  `,
  "aws:cloudfront/distribution:Distribution": `
    defaultCacheBehavior.realtimeLogConfigArn ${arn}
    orderedCacheBehaviors.*.realtimeLogConfigArn ${arn}
    origins.*.connectionAttempts 1..3
    origins.*.connectionTimeout 1..10
  `,
  "aws:route53/record:Record": `
    aliases.*.name 1..1024
    aliases.*.zoneId 1..32
  `,
  "aws:route53/healthCheck:HealthCheck": `
    ipAddress /${ipv4}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/
    routingControlArn ${arn}
  `,
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": `
    redactedFields.*.singleHeader.name 1..40 /[0-9a-z_-]+/
  `,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketLogging:BucketLogging": ofBucket,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket,
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": `
    bucket 1..63
    rules.*.destination.account ${account}
    rules.*.destination.bucket ${arn}
    rules.*.destination.encryptionConfiguration.replicaKmsKeyId ${arn}
    rules.*.filter.prefix 0..1024
    rules.*.prefix 0..1024
  `,
};
