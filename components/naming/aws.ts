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
} as const satisfies Record<string, NamingRule>;
