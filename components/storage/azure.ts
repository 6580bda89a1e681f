import { BlobContainer } from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import type { KeyPurpose } from "../keys";
import { checkName } from "../naming";
import { azureNames } from "../naming/azure";
import { privateEndpoint } from "../network/azure-endpoint";
import { nativeOf } from "../site";
import { keep } from "../site/azure-lock";
import type { BucketPurpose, BucketRef, BuildStorage } from ".";
import { type Account, makeAccount } from "./azure-account";
import { serveWebsite, webContainer } from "./azure-website";
import { writeOnce } from "./azure-write-once";

/** What makes the stores differ (STO-01, STO-02, STO-03, STO-13). */
const purposes: Readonly<
  Record<
    BucketPurpose,
    Pick<Account, "sink" | "replication"> & { readonly key: KeyPurpose; readonly archived: boolean }
  >
> = {
  uploads: { key: "storage", sink: false, replication: "archive", archived: true },
  assets: { key: "storage", sink: false, replication: "zone", archived: false },
  backups: { key: "backups", sink: false, replication: "archive", archived: true },
  logs: { key: "logs", sink: true, replication: "zone", archived: false },
};

/** One account a purpose, since keys, firewalls, retention and write-once are the account's on Azure; a container in each. */
export const build: BuildStorage = ({ name, site, args, child }) => {
  const { resourceGroup } = nativeOf(site, "azure", "Storage");
  const { endpointSubnetId, privateZones, zoneLinks } = nativeOf(args.network, "azure", "Storage");

  const make = (purpose: BucketPurpose, logsTo?: pulumi.Input<string>) => {
    const { key, archived, ...kind } = purposes[purpose];
    const { account, parts } = makeAccount(
      { name: `${name}-${purpose}`, site, child },
      {
        ...kind,
        // What it is for comes first: 24 characters have no room for both.
        parts: [purpose, name],
        key: args.keys.for(key),
        dataClass: args.dataClass[purpose],
        softDeleteDays: args.softDeleteDays,
        ...(archived && { archiveAfterDays: args.archiveAfterDays }),
        ...(purpose === "logs" && { expireAfterDays: args.logRetentionDays }),
        ...(purpose === "backups" && { immutableDays: args.immutableDays }),
        ...(purpose === "backups" && args.writers && { writers: args.writers }),
        ...(logsTo !== undefined && { logsTo }),
      },
    );
    const container =
      purpose === "assets"
        ? undefined
        : new BlobContainer(
            `${name}-${purpose}`,
            {
              containerName: checkName(azureNames.container, purpose, "Container"),
              accountName: account.name,
              resourceGroupName: resourceGroup,
              publicAccess: "None",
            },
            { ...child, protect: site.safeguards.deletionProtection, dependsOn: [...parts] },
          );
    // Assets are read by their address alone: the container comes with the website that answers for them.
    const content =
      container ??
      serveWebsite(
        `${name}-${purpose}-website`,
        { site, parts: [name, purpose, "website"], accountName: account.name, softDeleteDays: args.softDeleteDays },
        { ...child, dependsOn: [...parts] },
      );
    const policy =
      container && purpose === "backups"
        ? writeOnce(
            `${name}-${purpose}`,
            { container, accountName: account.name, resourceGroupName: resourceGroup, days: args.immutableDays },
            child,
          )
        : [];
    const endpoint = privateEndpoint(
      `${name}-${purpose}`,
      {
        site,
        parts: [name, purpose],
        subnetId: endpointSubnetId,
        target: account.id,
        group: "blob",
        zoneId: privateZones.blob,
      },
      { ...child, dependsOn: [...zoneLinks, content] },
    );
    keep(`${name}-${purpose}`, site, account.id, [...parts, content, ...policy, ...endpoint], child);
    const bucket: BucketRef = {
      // Known once it is there: what copies it waits for the website.
      name: container?.name ?? content.id.apply(() => webContainer),
      url: container
        ? pulumi.interpolate`${account.primaryEndpoints.blob}${container.name}`
        : account.primaryEndpoints.apply(({ web }) => web),
      native: { cloud: "azure", accountId: account.id, accountName: account.name },
    };
    return { account, bucket };
  };

  const logs = make("logs");
  const others = args.buckets.map((purpose) => [purpose, make(purpose, logs.account.id).bucket] as const);
  return { buckets: { ...Object.fromEntries(others), logs: logs.bucket } };
};
