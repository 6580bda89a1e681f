import assert from "node:assert/strict";
import { build, type Ground, inside, itKeepsTheContract, the } from "../../test/contract";
import { registryOn, zones } from "../../test/sites";
import { clouds } from "../cloud";
import { Cluster, type ClusterArgs } from ".";

const token = "trifold:cluster:Cluster";
const made = (ground: Ground, more: Partial<ClusterArgs> = {}) =>
  new Cluster("cluster", { ...ground, zones: zones[ground.site.cloud], ...more });
const admins = {
  aws: "arn:aws:iam::123456789012:role/ops/Admin",
  azure: "0f8fad5b-d9cb-469f-a165-70867728950e",
  gcp: "ops@example.com",
} as const;

const everything = (ground: Ground) =>
  made(ground, {
    registry: registryOn(ground),
    version: "1.34",
    channel: "regular",
    system: { size: "medium", min: 2, max: 4 },
    pools: {
      web: { size: "large", min: 2, max: 6, diskGb: 100, labels: { tier: "web" }, surgePercent: 50 },
      batch: {
        spot: true,
        min: 2,
        max: 8,
        taints: [{ key: "batch", value: "only", effect: "NoSchedule" }],
        upgrade: "blue-green",
      },
    },
    apiAllowList: ["203.0.113.0/24"],
    admins: [admins[ground.site.cloud]],
    maintenanceDay: "saturday",
    maintenanceHour: 22,
    logRetentionDays: 365,
  });

describe("cluster", () => {
  itKeepsTheContract({ token, builds: { defaults: (ground) => made(ground), "everything set": everything } });

  for (const cloud of clouds) {
    it(`keeps the kubeconfig secret, and no token in it, on ${cloud} (CLU-06, SEC-10)`, async () => {
      const recording = await build(cloud, (ground) => made(ground), false);
      const provider = the(recording, "pulumi:providers:kubernetes", "cluster");
      assert.ok(provider.secretInputs.includes("kubeconfig"));
      const config = JSON.parse(provider.inputs["kubeconfig"] as string) as {
        users: { user: Record<string, unknown> }[];
        clusters: { cluster: { server: string } }[];
      };
      assert.match(config.clusters[0]?.cluster.server ?? "", /^https:\/\//);
      assert.deepEqual(
        config.users.map(({ user }) => Object.keys(user)),
        [["exec"]],
      );
    });

    it(`has a system pool and one pool a name on ${cloud}, and outlives a mistake in prod (CLU-03, CLU-09)`, async () => {
      const recording = await build(cloud, everything, false);
      const pools = inside(recording, token).filter((one) =>
        /nodeGroup:NodeGroup|:AgentPool|nodePool:NodePool/.test(one.type),
      );
      for (const pool of ["web", "batch"])
        assert.ok(
          pools.some((one) => one.name.includes(pool)),
          pool,
        );
      const clusters = inside(recording, token).filter((one) =>
        /eks\/cluster:Cluster|:ManagedCluster|container\/cluster:Cluster/.test(one.type),
      );
      assert.deepEqual(
        clusters.map((one) => one.protect),
        [true],
      );
    });

    it(`waits for the way in before anything goes inside on ${cloud} (features.md 3.11)`, async () => {
      const recording = await build(cloud, (ground) => made(ground), false);
      const provider = the(recording, "pulumi:providers:kubernetes", "cluster");
      assert.ok(provider.dependencies.length > 1, provider.dependencies.join(", "));
    });

    it(`refuses an API that is open to the world on ${cloud} (CLU-05)`, async () => {
      await assert.rejects(
        build(cloud, (ground) => made(ground, { apiAllowList: ["0.0.0.0/0"] }), true),
        /Cluster "cluster": apiAllowList is "0.0.0.0\/0"; opens the API server to the world/,
      );
    });
  }
});
