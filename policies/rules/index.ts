// Every rule of the pack, by topic.
import type { Rule } from "../rule";
import * as accountAlarms from "./account-alarms";
import * as apiGateway from "./api-gateway";
import * as audit from "./audit";
import * as auditStores from "./audit-stores";
import * as balancer from "./balancer";
import * as balancerGuard from "./balancer-guard";
import * as cache from "./cache";
import * as cdn from "./cdn";
import * as cdnGuard from "./cdn-guard";
import * as certificates from "./certificates";
import * as clusterAdmission from "./cluster-admission";
import * as clusterApi from "./cluster-api";
import * as clusterEgress from "./cluster-egress";
import * as clusterInsight from "./cluster-insight";
import * as clusterLabels from "./cluster-labels";
import * as clusterLife from "./cluster-life";
import * as clusterNetwork from "./cluster-network";
import * as clusterRoles from "./cluster-roles";
import * as compute from "./compute";
import * as containers from "./containers";
import * as dataNetworks from "./data-networks";
import * as database from "./database";
import * as databaseOperation from "./database-operation";
import * as dns from "./dns";
import * as egress from "./egress";
import * as encryptionDatabases from "./encryption-databases";
import * as encryptionServices from "./encryption-services";
import * as encryptionStores from "./encryption-stores";
import * as exposure from "./exposure";
import * as firewall from "./firewall";
import * as governance from "./governance";
import * as identityGrants from "./identity-grants";
import * as identityTrust from "./identity-trust";
import * as identityWorkloads from "./identity-workloads";
import * as kms from "./kms";
import * as kmsDuties from "./kms-duties";
import * as monitoring from "./monitoring";
import * as namespaces from "./namespaces";
import * as network from "./network";
import * as networkLinks from "./network-links";
import * as nodepoolAccess from "./nodepool-access";
import * as nodepoolImage from "./nodepool-image";
import * as nodepoolLife from "./nodepool-life";
import * as podSecurity from "./pod-security";
import * as privacy from "./privacy";
import * as providers from "./providers";
import * as registry from "./registry";
import * as replicas from "./replicas";
import * as residency from "./residency";
import * as secrets from "./secrets";
import * as secretsInClear from "./secrets-in-clear";
import * as serverless from "./serverless";
import * as serviceAccounts from "./service-accounts";
import * as storage from "./storage";
import * as storageAccess from "./storage-access";
import * as subnets from "./subnets";
import * as tagging from "./tagging";
import * as volumes from "./volumes";
import * as waf from "./waf";
import * as workloads from "./workloads";

const topics = [
  ...[
    encryptionDatabases,
    encryptionServices,
    encryptionStores,
    network,
    networkLinks,
    firewall,
    subnets,
    dataNetworks,
  ],
  ...[egress, storage, storageAccess, kms, kmsDuties, database, databaseOperation, secrets, tagging],
  ...[clusterAdmission, clusterApi, clusterInsight, clusterLife, clusterNetwork],
  ...[clusterRoles, exposure, namespaces, podSecurity, replicas, serviceAccounts, volumes, workloads],
  ...[nodepoolAccess, nodepoolImage, nodepoolLife],
  ...[identityGrants, identityTrust, identityWorkloads],
  ...[registry, cache],
  secretsInClear,
  ...[cdn, cdnGuard, waf],
  compute,
  accountAlarms,
  monitoring,
  ...[dns, certificates],
  ...[governance, providers, residency, privacy, serverless, containers],
  ...[balancer, balancerGuard],
  ...[audit, auditStores, apiGateway],
  ...[clusterEgress, clusterLabels],
];

export const rules: readonly Rule[] = topics
  .flatMap((topic): readonly Rule[] => Object.values(topic))
  .sort((one, other) => one.id.localeCompare(other.id));
