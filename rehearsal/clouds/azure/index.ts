// The simulated Azure: what azure-native 3.28 and Azure Resource Manager know of the types below.
import type { Package } from "../row";
import * as aks from "./aks";
import * as aksAnswers from "./aks-answers";
import * as containerRegistry from "./container-registry";
import * as dataCollection from "./data-collection";
import * as defender from "./defender";
import * as deployment from "./deployment";
import * as diagnostics from "./diagnostic-setting";
import * as diskEncryption from "./disk-encryption";
import * as dns from "./dns";
import * as eventGrid from "./event-grid";
import * as federation from "./federation";
import * as flowLog from "./flow-log";
import * as frontDoor from "./front-door";
import * as frontDoorRoutes from "./front-door-routes";
import * as identity from "./identity";
import * as keyvault from "./keyvault";
import * as vaultContents from "./keyvault-keys";
import * as monitor from "./monitor";
import * as network from "./network";
import * as egress from "./network-egress";
import * as peering from "./network-peering";
import * as rules from "./network-rules";
import * as objectReplication from "./object-replication";
import { place } from "./place";
import * as postgresql from "./postgresql";
import * as postgresqlSettings from "./postgresql-settings";
import * as privateDns from "./private-dns";
import * as privateLink from "./private-link";
import { ruled } from "./provider-rules";
import * as redis from "./redis-enterprise";
import * as registryTask from "./registry-task";
import * as resources from "./resources";
import * as routeTable from "./route-table";
import * as storage from "./storage";
import * as blobs from "./storage-blobs";
import * as containers from "./storage-containers";
import * as lifecycle from "./storage-lifecycle";
import * as subnets from "./subnet";
import * as trafficManager from "./traffic-manager";
import * as waf from "./waf";

const services = [
  resources,
  identity,
  monitor,
  diagnostics,
  keyvault,
  vaultContents,
  network,
  subnets,
  routeTable,
  rules,
  egress,
  privateDns,
  privateLink,
  flowLog,
  storage,
  blobs,
  containers,
  lifecycle,
  postgresql,
  postgresqlSettings,
  waf,
  trafficManager,
  frontDoorRoutes,
  frontDoor,
  dns,
  deployment,
  aks,
  containerRegistry,
  registryTask,
  dataCollection,
  defender,
  diskEncryption,
  eventGrid,
  federation,
  objectReplication,
  peering,
  redis,
];

export const pkg: Package = {
  name: "azure-native",
  npm: "@pulumi/azure-native",
  rows: services.flatMap(({ rows }) => rows.map(ruled)),
  functions: [...identity.functions, ...deployment.functions, ...aksAnswers.functions, ...redis.functions],
  place,
  caseless: true,
};
