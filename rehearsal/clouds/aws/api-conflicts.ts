// Arguments that exclude or need one another, as the provider's documentation tells them (the doc comments in @pulumi/aws).
// One line a rule, all paths below what stands before the colon:
//   a x b, c        a excludes b, and c
//   a needs b       b must be given with a
//   one of a, b     one, and only one

import type { Props, Refusal, Value } from "../row";
import { isSet, isUnknown, pick, pickAll } from "../values";

const written: Readonly<Record<string, string>> = {
  "aws:ec2/vpc:Vpc": `
    assignGeneratedIpv6CidrBlock x ipv6IpamPoolId, ipv6CidrBlock
    ipv4NetmaskLength needs ipv4IpamPoolId
    ipv4NetmaskLength x cidrBlock
    ipv6CidrBlock needs ipv6IpamPoolId
    ipv6NetmaskLength needs ipv6IpamPoolId
    ipv6NetmaskLength x ipv6CidrBlock
    ipv6CidrBlockNetworkBorderGroup needs assignGeneratedIpv6CidrBlock
  `,
  "aws:ec2/subnet:Subnet": `
    availabilityZone x availabilityZoneId
    customerOwnedIpv4Pool needs outpostArn
    mapCustomerOwnedIpOnLaunch needs customerOwnedIpv4Pool, outpostArn
  `,
  "aws:ec2/eip:Eip": `
    instance x networkInterface
  `,
  "aws:ec2/securityGroupRule:SecurityGroupRule": `
    cidrBlocks x sourceSecurityGroupId, self
    ipv6CidrBlocks x sourceSecurityGroupId, self
    sourceSecurityGroupId x self
  `,
  "aws:ec2/launchTemplate:LaunchTemplate": `
    instanceType x instanceRequirements
    defaultVersion x updateDefaultVersion
    networkInterfaces x vpcSecurityGroupIds, securityGroupNames
    vpcSecurityGroupIds x securityGroupNames
    blockDeviceMappings.*.ebs: encrypted x snapshotId
    iamInstanceProfile: arn x name
    instanceRequirements: maxSpotPriceAsPercentageOfOptimalOnDemandPrice x spotMaxPricePercentageOverLowestPrice
    instanceRequirements: allowedInstanceTypes x excludedInstanceTypes
    networkInterfaces.*: ipv4AddressCount x ipv4Addresses
    networkInterfaces.*: ipv4PrefixCount x ipv4Prefixes
    networkInterfaces.*: ipv6AddressCount x ipv6Addresses
    networkInterfaces.*: ipv6PrefixCount x ipv6Prefixes
    placement: groupId x groupName
    placement: hostId x hostResourceGroupArn
  `,
  "aws:eks/nodeGroup:NodeGroup": `
    launchTemplate x remoteAccess, diskSize
    launchTemplate: one of id, name
    updateConfig: maxUnavailable x maxUnavailablePercentage
    nodeRepairConfig: maxParallelNodesRepairedCount x maxParallelNodesRepairedPercentage
    nodeRepairConfig: maxUnhealthyNodeThresholdCount x maxUnhealthyNodeThresholdPercentage
    remoteAccess: sourceSecurityGroupIds needs ec2SshKey
  `,
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": `
    policy needs disableSessionTags
  `,
  "aws:elasticache/replicationGroup:ReplicationGroup": `
    replicasPerNodeGroup needs numNodeGroups
    authTokenWo needs authTokenWoVersion
    authTokenWoVersion needs authTokenWo
    globalReplicationGroupId x nodeType, engineVersion, parameterGroupName, atRestEncryptionEnabled, transitEncryptionEnabled, snapshotArns, snapshotName, numNodeGroups
    nodeGroupConfigurations x preferredCacheClusterAzs
    numCacheClusters x numNodeGroups, replicasPerNodeGroup
    snapshotArns x snapshotName
  `,
  "aws:elasticache/user:User": `
    passwordsWo x passwords, authenticationMode
    passwordsWo needs passwordsWoVersion
    passwordsWoVersion needs passwordsWo
    passwords x authenticationMode
  `,
  "aws:lambda/function:Function": `
    one of code, imageUri, s3Bucket
    s3Bucket needs s3Key
    s3Key needs s3Bucket
    s3ObjectVersion x code, imageUri
    sourceKmsKeyArn x imageUri
    replaceSecurityGroupsOnDestroy needs replacementSecurityGroupIds
    replacementSecurityGroupIds needs replaceSecurityGroupsOnDestroy
  `,
  "aws:rds/instance:Instance": `
    characterSetName x replicateSourceDb, restoreToPointInTime, s3Import, snapshotIdentifier
    domain x domainFqdn, domainOu, domainAuthSecretArn, domainDnsIps
    domain needs domainIamRoleName
    domainIamRoleName x domainFqdn, domainOu, domainAuthSecretArn, domainDnsIps
    domainIamRoleName needs domain
    domainAuthSecretArn needs domainDnsIps, domainFqdn, domainOu
    masterUserSecretKmsKeyId needs manageMasterUserPassword
    passwordWo x password
    passwordWo needs passwordWoVersion
    passwordWoVersion needs passwordWo
    restoreToPointInTime x s3Import, snapshotIdentifier
    s3Import x snapshotIdentifier
    upgradeStorageConfig needs replicateSourceDb
    restoreToPointInTime: restoreTime x useLatestRestorableTime
    restoreToPointInTime: sourceDbInstanceAutomatedBackupsArn x sourceDbInstanceIdentifier, sourceDbiResourceId
    restoreToPointInTime: sourceDbInstanceIdentifier x sourceDbiResourceId
  `,
  "aws:rds/proxyTarget:ProxyTarget": `
    one of dbInstanceIdentifier, dbClusterIdentifier
  `,
  "aws:acm/certificate:Certificate": `
    certificateBody x domainName, validationMethod
    certificateChain x domainName, validationMethod
    privateKey x domainName, keyAlgorithm, validationMethod
    earlyRenewalDuration x certificateBody, certificateChain, privateKey, validationMethod
  `,
  "aws:ec2/natGateway:NatGateway": `
    secondaryPrivateIpAddressCount x secondaryPrivateIpAddresses
  `,
  "aws:sqs/queue:Queue": `
    kmsMasterKeyId x sqsManagedSseEnabled
  `,
  "aws:signer/signingProfile:SigningProfile": `
    name x namePrefix
  `,
  "aws:s3/bucket:Bucket": `
    objectLockEnabled x objectLockConfiguration
    acl x grants
  `,
  "aws:s3/bucketAcl:BucketAcl": `
    acl x accessControlPolicy
  `,
  "aws:s3/bucketLogging:BucketLogging": `
    targetObjectKeyFormat: one of partitionedPrefix, simplePrefix
  `,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": `
    rule.defaultRetention: one of days, years
  `,
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": `
    redirectAllRequestsTo x indexDocument, errorDocument, routingRules, routingRuleDetails
    routingRules x routingRuleDetails
  `,
  "aws:secretsmanager/secretVersion:SecretVersion": `
    secretString x secretBinary, secretStringWo
    secretBinary x secretStringWo
    secretStringWo needs secretStringWoVersion
    secretStringWoVersion needs secretStringWo
  `,
  "aws:cloudtrail/trail:Trail": `
    eventSelectors x advancedEventSelectors
  `,
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": `
    one of policyName, resourceArn
  `,
  "aws:wafv2/webAcl:WebAcl": `
    defaultAction: one of allow, block
    rules.*.action: one of allow, block, count, captcha, challenge
    rules.*.overrideAction: one of none, count
    rules.*.statement: one of managedRuleGroupStatement, rateBasedStatement, geoMatchStatement, ipSetReferenceStatement, andStatement, orStatement, notStatement, byteMatchStatement, labelMatchStatement, regexMatchStatement, regexPatternSetReferenceStatement, ruleGroupReferenceStatement, sizeConstraintStatement, sqliMatchStatement, xssMatchStatement, asnMatchStatement
  `,
  "aws:route53/record:Record": `
    failoverRoutingPolicies x geolocationRoutingPolicies, geoproximityRoutingPolicy, latencyRoutingPolicies, weightedRoutingPolicies, multivalueAnswerRoutingPolicy, cidrRoutingPolicy
    geolocationRoutingPolicies x geoproximityRoutingPolicy, latencyRoutingPolicies, weightedRoutingPolicies, multivalueAnswerRoutingPolicy, cidrRoutingPolicy
    latencyRoutingPolicies x geoproximityRoutingPolicy, weightedRoutingPolicies, multivalueAnswerRoutingPolicy, cidrRoutingPolicy
    weightedRoutingPolicies x geoproximityRoutingPolicy, multivalueAnswerRoutingPolicy, cidrRoutingPolicy
    multivalueAnswerRoutingPolicy x geoproximityRoutingPolicy, cidrRoutingPolicy
    geoproximityRoutingPolicy x cidrRoutingPolicy
    aliases x records, ttl
  `,
  "aws:route53/zone:Zone": `
    vpcs x delegationSetId
  `,
};

interface Rule {
  readonly below: string | undefined;
  readonly kind: "excludes" | "needs" | "one";
  readonly first: string;
  readonly others: readonly string[];
}

const parsed = new Map<string, readonly Rule[]>();

/** The rules of a type, as they are written. */
export const conflictsOf = (type: string): readonly Rule[] => {
  const known = parsed.get(type);
  if (known !== undefined) return known;
  const lines = (written[type] ?? "").split("\n").map((line) => line.trim());
  const rules = lines.filter((line) => line !== "").map(parse);
  parsed.set(type, rules);
  return rules;
};

/** Types that have rules here. */
export const conflictingTypes: readonly string[] = Object.keys(written);

function parse(line: string): Rule {
  const [, below, said = ""] = /^(?:(\S+): )?(.+)$/.exec(line) ?? [];
  const among = /^one of (.+)$/.exec(said)?.[1]?.split(", ");
  if (among !== undefined) return { below, kind: "one", first: among[0] ?? "", others: among.slice(1) };
  const [, first, word, others] = /^(\S+) (x|needs) (.+)$/.exec(said) ?? [];
  if (first === undefined || others === undefined) throw new Error(`a rule that can't be read: ${line}`);
  return { below, kind: word === "x" ? "excludes" : "needs", first, others: others.split(", ") };
}

/** What a program gave: false, 0 and empty lists are what the provider leaves out. */
const given = (value: Value | undefined): boolean =>
  isSet(value) && value !== false && value !== 0 && value !== "" && !(Array.isArray(value) && value.length === 0);

export function conflictRefusals(type: string, inputs: Props): readonly Refusal[] {
  return conflictsOf(type).flatMap(({ below, kind, first, others }) => {
    const holders =
      below === undefined
        ? [{ path: "", value: inputs }]
        : pickAll(inputs, below).filter((one) => !isUnknown(one.value));
    return holders.flatMap(({ path, value }) => {
      const at = (name: string) => (path === "" ? name : `${path}.${name}`);
      const says = (name: string, reason: string) => [{ property: at(name), reason }];
      const there = (name: string) => given(pick(value, name));
      // What isn't known yet may turn out to be nothing.
      const sure = (name: string) => there(name) && !isUnknown(pick(value, name));
      if (kind === "needs")
        return sure(first)
          ? others.filter((name) => !there(name)).flatMap((name) => says(name, `is required when ${at(first)} is set`))
          : [];
      if (kind === "excludes")
        return sure(first) ? others.filter(sure).flatMap((name) => says(name, `conflicts with ${at(first)}`)) : [];
      const all = [first, ...others];
      const set = all.filter(there);
      if (set.length === 0) return says(first, `one of ${all.map(at).join(", ")} must be specified`);
      return all
        .filter(sure)
        .slice(1)
        .flatMap((name) => says(name, `conflicts with ${at(set[0] ?? first)}`));
    });
  });
}
