import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { build, type Ground, inside, itKeepsTheContract, the } from "../../../test/contract";
import { record } from "../../../test/recorder";
import { siteOn, standbyOn } from "../../../test/sites";
import { SECRET } from "../../../test/wire";
import { type Cloud, clouds } from "../../cloud";
import { Database } from "..";
import { Replica, type ReplicaArgs } from ".";
import { promotionOf } from "./promotion";

const token = "trifold:database:Replica";
const figures = {
  engineVersion: "16",
  storageGb: 64,
  maxStorageGb: 256,
  maxConnections: 200,
  backupRetentionDays: 30,
  pitrDays: 7,
} as const;

/** A replica in the standby region, of a database in the first; Azure copies backups to its partner region only. */
function replicaOn(ground: Ground, more: Partial<ReplicaArgs> = {}): Replica {
  const { cloud, environment } = ground.site;
  const there = standbyOn(cloud, environment);
  const copies = cloud === "azure" ? {} : { copies: { site: there.site, keys: there.keys } };
  const source = new Database("database", { ...ground, ...figures, size: "small", ...copies });
  return new Replica("replica", {
    ...there,
    source,
    sourceSite: ground.site,
    sourceNetwork: ground.network,
    size: "small",
    ...figures,
    ...more,
  });
}

/** The replica's own server, in each cloud's words. */
const servers: Readonly<Record<Cloud, { readonly type: string; readonly source: string }>> = {
  aws: { type: "aws:rds/instance:Instance", source: "replicateSourceDb" },
  azure: { type: "azure-native:dbforpostgresql:Server", source: "sourceServerResourceId" },
  gcp: { type: "gcp:sql/databaseInstance:DatabaseInstance", source: "masterInstanceName" },
};

describe("database replica", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => replicaOn(ground),
      "everything set": (ground) => replicaOn(ground, { size: "large", promoted: false }),
      // RDS promotes what stands; it makes nothing out of a promotion (aws.test.ts has what it asks for).
      promoted: (ground) => replicaOn(ground, { promoted: ground.site.cloud !== "aws" }),
    },
    // The login is rotated by a job in the cluster, which isn't here.
    findings: Object.fromEntries(
      ["defaults", "everything set", "promoted"].map((how) => [how, ["aws secrets-rotation"]]),
    ),
  });

  for (const cloud of clouds) {
    it(`stands in the other region on ${cloud}, under a key of that region, kept like its source (DB-03, DR-04)`, async () => {
      const recording = await build(cloud, (ground) => replicaOn(ground), false);
      const own = inside(recording, token);
      const [server] = own.filter((one) => one.type === servers[cloud].type);
      assert.ok(server, "there is no server");
      assert.ok(server.inputs[servers[cloud].source], "it follows nothing");
      assert.ok(server.protect);
      for (const one of own.filter((each) => /^(aws|azure-native|gcp):/.test(each.type)))
        assert.match(one.provider, one.type.endsWith("VirtualNetworkPeering") ? /::(primary|standby)/ : /::standby/);
    });

    it(`is promoted on ${cloud} only where it stands: a plan that would make it is refused (DR-04)`, async () => {
      for (const promoted of [true, false]) {
        const recording = await build(cloud, (ground) => replicaOn(ground, { promoted }), true);
        const [server] = inside(recording, token).filter((one) => one.type === servers[cloud].type);
        assert.deepEqual(server?.beforeCreate, promoted ? ["replica-stands"] : []);
      }
    });

    it(`keeps the password out of every plain property on ${cloud} (DB-08)`, async () => {
      const recording = await build(cloud, (ground) => replicaOn(ground), false);
      for (const one of inside(recording, token))
        for (const [property, value] of Object.entries(one.inputs))
          if (JSON.stringify(value)?.includes(SECRET))
            assert.ok(one.secretInputs.includes(property), `${one.urn} ${property}`);
      for (const outputs of recording.componentOutputs.values()) assert.ok(!JSON.stringify(outputs).includes(SECRET));
    });
  }

  it("refuses another cloud and the source's own region, and says what to do (F13)", async () => {
    await assert.rejects(
      build("aws", (ground) => replicaOn(ground, { sourceSite: siteOn("gcp", "prod", "standby") }), true),
      /Replica "replica": site\.cloud is "aws"; a replica stays on its source's cloud, gcp \(F13\)\./,
    );
    await assert.rejects(
      build("azure", (ground) => replicaOn(ground, { site: ground.site, sourceSite: ground.site }), true),
      /site\.region is "eastus"; use another region than the source's/,
    );
  });

  it("says what to do before it can be promoted, in a preview as well", async () => {
    const hooks: pulumi.ResourceHook[] = [];
    await record(() => {
      hooks.push(...((promotionOf("standby-database", true).hooks?.beforeCreate ?? []) as pulumi.ResourceHook[]));
    });
    assert.deepEqual(
      hooks.map(({ opts }) => opts?.onDryRun),
      [true],
    );
    const asked = { urn: "", id: "", name: "standby-database", type: servers.aws.type };
    assert.throws(
      () => void hooks[0]?.callback(asked),
      /Replica "standby-database": promoted is true \(dr\.active\), and .*; run `pulumi up` with false first/,
    );
  });

  it("can be built on Pulumi's own mocks, which know no hooks", async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
      call: () => ({}),
    });
    assert.deepEqual(promotionOf("standby-database", true), {});
  });

  it("has the outputs of its contract", async () => {
    const recording = await build("azure", (ground) => replicaOn(ground), false);
    const component = the(recording, token);
    assert.deepEqual(Object.keys(recording.componentOutputs.get(component.urn) ?? {}).sort(), [
      "host",
      "port",
      "secretRef",
    ]);
  });
});
