import type { Package } from "../row";
import { address, globalAddress } from "./address";
import { repository } from "./artifactregistry";
import { backendService, endpoint, endpointGroup } from "./backend";
import { certificate, certificateMap, certificateMapEntry, dnsAuthorization } from "./certificate-manager";
import { regionSecurityPolicy, securityPolicy } from "./cloud-armor";
import { serviceConnectionPolicy } from "./connection-policy";
import { cluster } from "./container";
import { nodePool } from "./container-pool";
import { managedZone, policy } from "./dns";
import { recordSet } from "./dns-records";
import { firewall } from "./firewall";
import { globalForwardingRule } from "./forwarding-rule";
import { functions } from "./functions";
import { healthCheck } from "./health-check";
import { hmacKey } from "./hmac";
import { iamRows } from "./iam";
import { cryptoKey, keyRing } from "./kms";
import { httpProxy, httpsProxy, sslPolicy, urlMap } from "./load-balancer";
import { exclusion, logBucket, sink } from "./logging";
import { memorystoreInstance } from "./memorystore";
import { alertPolicy, logMetric, notificationChannel } from "./monitoring";
import { router, routerNat } from "./nat";
import { network } from "./network";
import { bucketObject } from "./object";
import { connection } from "./peering";
import { place } from "./place";
import { auditConfig, service, serviceIdentity } from "./projects";
import { ruled } from "./provider-rules";
import { topic } from "./pubsub";
import { redisInstance } from "./redis";
import { route } from "./route";
import { secret, secretVersion } from "./secretmanager";
import { account } from "./serviceaccount";
import { database, user } from "./sql";
import { sslCert } from "./sql-cert";
import { databaseInstance } from "./sql-instance";
import { bucket } from "./storage";
import { subnetwork } from "./subnetwork";
import { transferJob } from "./transfer";
import { workloadIdentityPool, workloadIdentityPoolProvider } from "./workload-pool";

/** Google Cloud, as `@pulumi/gcp` sees it. What the provider and the APIs refuse is taken from terraform-provider-google and the API references named in the rows. */
export const pkg: Package = {
  name: "gcp",
  npm: "@pulumi/gcp",
  place,
  functions,
  rows: [
    service,
    serviceIdentity,
    auditConfig,
    ...iamRows,
    account,
    workloadIdentityPool,
    workloadIdentityPoolProvider,
    keyRing,
    cryptoKey,
    network,
    subnetwork,
    route,
    firewall,
    address,
    globalAddress,
    router,
    routerNat,
    connection,
    managedZone,
    recordSet,
    policy,
    logBucket,
    sink,
    exclusion,
    secret,
    secretVersion,
    databaseInstance,
    database,
    user,
    sslCert,
    bucket,
    bucketObject,
    globalForwardingRule,
    httpProxy,
    httpsProxy,
    sslPolicy,
    urlMap,
    hmacKey,
    healthCheck,
    regionSecurityPolicy,
    securityPolicy,
    certificateMapEntry,
    certificateMap,
    certificate,
    dnsAuthorization,
    backendService,
    endpoint,
    endpointGroup,
    transferJob,
    cluster,
    nodePool,
    redisInstance,
    memorystoreInstance,
    serviceConnectionPolicy,
    repository,
    topic,
    logMetric,
    notificationChannel,
    alertPolicy,
  ].map(ruled),
};
