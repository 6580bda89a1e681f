// Network Watcher and its flow logs.
import { between, fits, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { pick, text } from "../values";
import { arm, filled, identityOutput } from "./arm";
import { userAssignedIdentity } from "./identity";
import { plainLocation } from "./locations";
import { workspace } from "./monitor";
import { api, namespace, networkName, provisioned, subnet, virtualNetwork } from "./network";
import { token } from "./types";

const networkWatcher = token("network:NetworkWatcher");
const flowLog = token("network:FlowLog");

/** Azure makes it itself, when a subscription gets its first virtual network in a region; more than one is refused. */
const watcherRow = arm({
  name: "network:NetworkWatcher",
  api,
  namespace,
  path: [["networkWatchers", "networkWatcherName"]],
  own: networkName(80),
  location: "refused",
  taggable: true,
  admit: ({ inputs, account, old }) => {
    const here = plainLocation(inputs["location"]);
    const holders = [...account.all(networkWatcher), ...account.all(virtualNetwork)];
    return holders.some((one) => one.id !== old?.id && plainLocation(one.inputs["location"]) === here)
      ? refuse(
          "location",
          `NetworkWatcherCountLimitReached: Cannot create more than 1 network watchers for this subscription in this region (${here}).`,
        )
      : [];
  },
  volatile: ["etag"],
  outputs: provisioned,
  seconds: { create: 5, update: 3, delete: 5, source: "estimate" },
});

/** The watcher is there once a network of the region is. */
function watcherRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const name = text(inputs["networkWatcherName"]) ?? "";
  const group = text(inputs["resourceGroupName"]) ?? "";
  const own = account
    .all(networkWatcher)
    .some((one) => one.outputs["name"] === name && one.inputs["resourceGroupName"] === group);
  const region = /^NetworkWatcher_(.+)$/i.exec(name)?.[1];
  const made =
    region !== undefined &&
    group.toLowerCase() === "networkwatcherrg" &&
    account.all(virtualNetwork).some((network) => plainLocation(network.inputs["location"]) === region.toLowerCase());
  return own || made
    ? []
    : refuse(
        "networkWatcherName",
        `ParentResourceNotFound: Failed to perform 'write' on resource(s) of type 'networkWatchers/flowLogs', because the parent resource '/subscriptions/.../resourceGroups/${group}/providers/Microsoft.Network/networkWatchers/${name}' could not be found.`,
      );
}

function targetRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const target = inputs["targetResourceId"];
  const twin = account.all(flowLog).find((one) => one.id !== old?.id && one.inputs["targetResourceId"] === target);
  const store = account.find([token("storage:StorageAccount")], "id", inputs["storageId"] ?? "");
  const [here, there] = [plainLocation(inputs["location"]), plainLocation(store?.inputs["location"])];
  return [
    // https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview#considerations
    ...(text(pick(store?.inputs, "sku.name"))?.startsWith("Premium")
      ? refuse("storageId", "FlowLogStorageTypeNotSupported: a flow log is kept in a standard storage account.")
      : []),
    ...(twin
      ? refuse(
          "targetResourceId",
          `FlowLogAlreadyExists: ${text(twin.outputs["name"]) ?? ""} logs the flows of this resource.`,
        )
      : []),
    ...(here && there && here !== there
      ? refuse(
          "storageId",
          `FlowLogStorageRegionMismatch: the storage account lies in ${there}, the flow log in ${here}.`,
        )
      : []),
  ];
}

const generated = arm({
  name: "network:FlowLog",
  api,
  namespace,
  path: [
    ["networkWatchers", "networkWatcherName"],
    ["flowLogs", "flowLogName"],
  ],
  own: networkName(80),
  location: "refused",
  taggable: true,
  autoName: { property: "flowLogName", max: 80, random: 0 },
  check: ({ inputs }) => [
    ...(/\/networkSecurityGroups\//i.test(text(inputs["targetResourceId"]) ?? "")
      ? refuse(
          "targetResourceId",
          "NSG flow logs can't be created since 2025-06-30: log the flows of the virtual network instead.",
        )
      : fits(
          inputs,
          "targetResourceId",
          /\/providers\/Microsoft\.Network\/(virtualNetworks|networkInterfaces)\//i,
          "a virtual network, one of its subnets, or a network interface",
        )),
    ...oneOf(inputs, "format.version", [1, 2]),
    ...between(inputs, "retentionPolicy.days", 0, 365),
    ...oneOf(
      inputs,
      "flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.trafficAnalyticsInterval",
      [10, 60],
    ),
  ],
  admit: (moment) => [...watcherRefusals(moment), ...targetRefusals(moment)],
  volatile: ["etag"],
  outputs: (moment) => ({
    ...provisioned(moment),
    targetResourceGuid:
      account(moment) ?? moment.old?.outputs["targetResourceGuid"] ?? uuid(moment.random("target", 32, HEX)),
    enabled: moment.inputs["enabled"] ?? true,
    format: filled(moment.inputs, "format", { type: "JSON", version: 2 }),
    retentionPolicy: filled(moment.inputs, "retentionPolicy", { days: 0, enabled: false }),
    ...(moment.inputs["identity"] === undefined
      ? {}
      : { identity: identityOutput(moment.inputs["identity"], moment, userAssignedIdentity) }),
  }),
  seconds: { create: 15, update: 10, delete: 10, source: "estimate" },
});

const account = ({ inputs, account: held }: Moment) =>
  pick(held.find([virtualNetwork], "id", inputs["targetResourceId"] ?? "")?.outputs, "resourceGuid");

/** Its group and watcher are Azure's own, so they are judged by `admit` instead of by reference. */
const { ties: _, ...free } = generated;
const flowLogRow: Row = {
  ...free,
  references: [
    { path: "targetResourceId", to: [virtualNetwork, subnet], except: /\/networkInterfaces\//i, weak: true },
    // A log holds back nothing: what it watches, the account that it is written to, the workspace that reads it.
    { path: "storageId", to: [token("storage:StorageAccount")], weak: true },
    { path: "identity.userAssignedIdentities.*", to: [userAssignedIdentity], weak: true },
    {
      path: "flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.workspaceResourceId",
      to: [workspace],
      weak: true,
    },
  ],
};

export const rows: readonly Row[] = [watcherRow, flowLogRow];
