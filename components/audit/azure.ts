import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import { BlobContainer } from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { azureNames } from "../naming/azure";
import { privateEndpoint } from "../network/azure-endpoint";
import { nativeOf } from "../site";
import { keep } from "../site/azure-lock";
import { localName } from "../site/azure-names";
import { makeAccount } from "../storage/azure-account";
import { writeOnce } from "../storage/azure-write-once";
import type { BuildAuditTrail } from ".";
import { detectThreats } from "./azure-defender";

/** Every category of the activity log: https://learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema#categories */
const categories = [
  "Administrative",
  "Security",
  "ServiceHealth",
  "Alert",
  "Recommendation",
  "Policy",
  "Autoscale",
  "ResourceHealth",
] as const;
/** Azure writes the activity log to the container of this name, and makes it where there is none. */
const containerName = "insights-activity-logs";

/** The subscription's activity log, in the workspace to be searched and in a store that keeps it (SEC-13); Defender for Cloud (SEC-19). */
export const build: BuildAuditTrail = ({ name, site, args, child }) => {
  const { resourceGroup, subscriptionId, workspaceId } = nativeOf(site, "azure", "AuditTrail");
  const { endpointSubnetId, privateZones, zoneLinks } = nativeOf(args.network, "azure", "AuditTrail");
  const { account, parts } = makeAccount(
    { name, site, child },
    {
      parts: [name],
      key: args.keys.for("logs"),
      sink: true,
      replication: "archive",
      dataClass: "regulated",
      softDeleteDays: 7,
      expireAfterDays: args.retentionDays,
      immutableDays: args.lockDays,
    },
  );
  const container = new BlobContainer(
    name,
    { containerName, accountName: account.name, resourceGroupName: resourceGroup, publicAccess: "None" },
    { ...child, protect: site.safeguards.deletionProtection, dependsOn: [...parts] },
  );
  const lock = writeOnce(
    name,
    // The log grows a block at a time: what is written stays, what is new is added.
    { container, accountName: account.name, resourceGroupName: resourceGroup, days: args.lockDays, append: true },
    child,
  );
  const endpoint = privateEndpoint(
    name,
    {
      site,
      parts: [name],
      subnetId: endpointSubnetId,
      target: account.id,
      group: "blob",
      zoneId: privateZones.blob,
    },
    { ...child, dependsOn: [...zoneLinks, container] },
  );
  const trail = new DiagnosticSetting(
    name,
    {
      // A subscription has five of them, of all its stacks together.
      name: localName(site, azureNames.diagnosticSetting, name),
      resourceUri: pulumi.interpolate`/subscriptions/${subscriptionId}`,
      workspaceId,
      storageAccountId: account.id,
      logs: categories.map((category) => ({ category, enabled: true })),
    },
    { ...child, dependsOn: [container, ...lock] },
  );
  if (args.threatDetection) detectThreats(name, site, child);
  keep(name, site, account.id, [...parts, container, ...lock, ...endpoint, trail], child);
  return { store: account.name, id: trail.id };
};
