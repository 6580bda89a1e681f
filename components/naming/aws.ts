import type { NamingRule } from "./rule";

/** What AWS allows in the names that are given here; everything else is named by Pulumi. */
export const awsNames = {
  bucket: {
    max: 63,
    min: 3,
    // Dots are allowed, but break TLS on virtual-hosted addresses.
    alphabet: "a-z0-9-",
    scope: "global",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
  },
  /** Without its prefix `alias/`. */
  keyAlias: {
    max: 250,
    alphabet: "a-zA-Z0-9/_-",
    scope: "region",
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
  },
  logGroup: {
    max: 512,
    alphabet: "a-zA-Z0-9_/.#-",
    first: "a-zA-Z0-9_/.#-",
    last: "a-zA-Z0-9_",
    separator: "/",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
  },
  /** Web ACLs, and the metrics that are named like them. */
  webAcl: {
    max: 128,
    alphabet: "a-zA-Z0-9_-",
    scope: "region",
    source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html",
  },
  originAccessControl: {
    max: 64,
    alphabet: "a-zA-Z0-9_-",
    scope: "account",
    source: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html",
  },
  /** Cache policies and response headers policies. */
  edgePolicy: {
    max: 128,
    alphabet: "a-zA-Z0-9_-",
    scope: "account",
    source: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html",
  },
  /** Sources and destinations of log deliveries. */
  logDelivery: {
    max: 60,
    alphabet: "a-zA-Z0-9_-",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html",
  },
  /** What services may write to log groups; ten a region. */
  logResourcePolicy: {
    max: 512,
    alphabet: "a-zA-Z0-9_.-",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html",
  },
  secret: {
    max: 512,
    // + = . @ are allowed too. A name that ends in - and six characters reads like an ARN, so parts are joined by /.
    alphabet: "a-zA-Z0-9/_-",
    separator: "/",
    scope: "region",
    source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html",
  },
  /** One namespace for instances, replicas and their log groups. */
  databaseInstance: {
    max: 63,
    alphabet: "a-z0-9-",
    first: "a-z",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  },
  databaseSnapshot: {
    max: 255,
    alphabet: "a-z0-9-",
    first: "a-z",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html",
  },
  databaseProxy: {
    max: 63,
    alphabet: "a-z0-9-",
    first: "a-z",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html",
  },
  /** EKS: part of the log group, and of every ARN below it. */
  cluster: {
    max: 100,
    alphabet: "a-zA-Z0-9_-",
    scope: "region",
    source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html",
  },
  /** The first part of the endpoint's address. */
  cacheGroup: {
    max: 40,
    alphabet: "a-z0-9-",
    first: "a-z",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
  },
  /** Users and user groups alike. */
  cacheUser: {
    max: 40,
    alphabet: "a-z0-9-",
    first: "a-z",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html",
  },
  cacheSnapshot: {
    max: 255,
    alphabet: "a-z0-9-",
    first: "a-z",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateSnapshot.html",
  },
  repository: {
    max: 256,
    min: 2,
    alphabet: "a-z0-9/_.-",
    first: "a-z",
    separator: "/",
    scope: "region",
    source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html",
  },
  trail: {
    max: 128,
    min: 3,
    alphabet: "a-zA-Z0-9._-",
    scope: "region",
    source: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html",
  },
  /** A prefix: the provider adds 26 digits, since the name of a profile that is gone stays taken for two years. */
  signingProfilePrefix: {
    max: 37,
    min: 2,
    alphabet: "a-zA-Z0-9_",
    separator: "_",
    scope: "region",
    source: "https://docs.aws.amazon.com/signer/latest/api/API_PutSigningProfile.html",
  },
  lambdaFunction: {
    max: 64,
    alphabet: "a-zA-Z0-9_-",
    scope: "region",
    source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
  },
} as const satisfies Record<string, NamingRule>;
