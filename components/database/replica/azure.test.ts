import assert from "node:assert/strict";
import { build, type Ground, inside, the } from "../../../test/contract";
import { standbyOn } from "../../../test/sites";
import { Database } from "..";
import { Replica, type ReplicaArgs } from ".";

const token = "trifold:database:Replica";
const figures = {
  engineVersion: "16",
  storageGb: 64,
  maxStorageGb: 256,
  maxConnections: 200,
  backupRetentionDays: 30,
  pitrDays: 7,
} as const;

const replicaOn = (ground: Ground, more: Partial<ReplicaArgs> = {}) =>
  new Replica("replica", {
    ...standbyOn("azure", ground.site.environment),
    source: new Database("database", { ...ground, ...figures, size: "small" }),
    sourceSite: ground.site,
    sourceNetwork: ground.network,
    size: "small",
    ...figures,
    ...more,
  });

describe("database replica on azure", () => {
  it("joins both networks, and joins them anew where one of them is another (DB-03)", async () => {
    const recording = await build("azure", (ground) => replicaOn(ground), false);
    const peerings = inside(recording, token).filter((one) => one.type.endsWith(":VirtualNetworkPeering"));
    assert.equal(peerings.length, 2);
    for (const { replaceOnChanges, deleteBeforeReplace, ignoreChanges } of peerings) {
      assert.deepEqual(ignoreChanges, ["peeringState", "peeringSyncLevel"]);
      assert.deepEqual(replaceOnChanges, ["remoteVirtualNetwork"]);
      assert.ok(deleteBeforeReplace);
    }
    const [one, other] = peerings.map(({ inputs }) => inputs["remoteVirtualNetwork"] as { id: string });
    assert.notEqual(one?.id, other?.id);
  });

  it("asks for neither standby nor backups while it follows, and for backups once it is promoted (DR-04)", async () => {
    const serverOf = async (more: Partial<ReplicaArgs>) => {
      const recording = await build("azure", (ground) => replicaOn(ground, more), false);
      return the(recording, "azure-native:dbforpostgresql:Server", "replica").inputs;
    };
    const following = await serverOf({});
    assert.equal(following["createMode"], "Replica");
    assert.deepEqual([following["highAvailability"], following["backup"]], [undefined, undefined]);
    const promoted = await serverOf({ promoted: true });
    assert.deepEqual(promoted["backup"], { backupRetentionDays: 30, geoRedundantBackup: "Disabled" });
    assert.equal((promoted["replica"] as { role: string }).role, "Primary");
  });
});
