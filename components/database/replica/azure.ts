import { Server } from "@pulumi/azure-native/dbforpostgresql";
import * as pulumi from "@pulumi/pulumi";
import { azureNames } from "../../naming/azure";
import { nativeOf } from "../../site";
import { keep } from "../../site/azure-lock";
import { globalName, tagsOf } from "../../site/azure-names";
import { exportLogs, machines, placement, port } from "../azure-server";
import type { BuildReplica } from ".";
import { copyPassword } from "./azure-password";
import { peer } from "./azure-peering";
import { promotionOf } from "./promotion";

/**
 * A server that follows another one from afar (DB-03, DR-04), in a network and under a key of its own region. It has its
 * source's parameters, logins and data; it gets backups of its own once it is promoted.
 * https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-geo
 */
export const build: BuildReplica = (context) => {
  const { name, site, args, child } = context;
  const { workspaceId } = nativeOf(site, "azure", "Replica");
  const server = new Server(
    name,
    {
      ...placement("Replica", context),
      serverName: globalName(site, azureNames.postgresServer, name),
      createMode: "Replica",
      sourceServerResourceId: nativeOf(args.source, "azure", "Replica").serverId,
      sku: machines[args.size],
      // Forced: the source is gone, or nobody would promote; what hadn't arrived is lost with it (dr.rpoMinutes).
      ...(args.promoted && {
        replica: { role: "Primary", promoteMode: "Standalone", promoteOption: "Forced" },
        backup: { backupRetentionDays: args.backupRetentionDays, geoRedundantBackup: "Disabled" },
      }),
      tags: tagsOf(site, `${site.prefix}-${name}`, { "data-class": "sensitive" }),
    },
    {
      ...child,
      ...promotionOf(name, args.promoted),
      protect: site.safeguards.deletionProtection,
      dependsOn: [
        nativeOf(args.keys.for("database"), "azure", "Replica").grant,
        ...nativeOf(args.network, "azure", "Replica").zoneLinks,
        ...peer(context),
      ],
      ignoreChanges: ["availabilityZone"],
    },
  );
  keep(name, site, server.id, [exportLogs(name, server, workspaceId, child)], child);
  return {
    host: server.fullyQualifiedDomainName,
    port: pulumi.output(port),
    secretRef: copyPassword(context, server),
    native: { cloud: "azure", serverId: server.id },
  };
};
