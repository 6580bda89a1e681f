import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { build, type Ground, inside, the } from "../../test/contract";
import { record } from "../../test/recorder";
import { groundOn, registryOn, zones } from "../../test/sites";
import { Network } from "../network";
import { sizes } from "../size";
import { Cluster, type ClusterArgs, type CompletePool } from ".";
import { principalOf } from "./gcp-identity";
import { nodeConfig, startCount, upgradeSettings } from "./gcp-pools";
import { apiAccess, maintenancePolicy } from "./gcp-settings";

const token = "trifold:cluster:Cluster";
const Gke = "gcp:container/cluster:Cluster";
const Pool = "gcp:container/nodePool:NodePool";
const made = (ground: Ground, more: Partial<ClusterArgs> = {}) =>
  new Cluster("cluster", { ...ground, zones: zones.gcp, ...more });
const recorded = (more: (ground: Ground) => Partial<ClusterArgs> = () => ({}), environment: "dev" | "prod" = "prod") =>
  build("gcp", (ground) => made(ground, more(ground)), false, environment);

const pool: CompletePool = {
  size: "medium",
  min: 2,
  max: 10,
  zones: zones.gcp,
  spot: false,
  taints: [],
  labels: {},
  diskGb: 50,
  surgePercent: 33,
  upgrade: "surge",
};
const nodes = { email: "nodes@p.iam.gserviceaccount.com", diskKey: "key", labels: {} };
const choice = { apiAllowList: [], channel: "regular", maintenanceDay: "sunday", maintenanceHour: 3 } as const;

describe("pools on Google Cloud", () => {
  it("harden every node: measured boot, our key, GKE's metadata, an account of its own (CLU-05, CLU-07)", () => {
    for (const size of sizes) {
      const config = nodeConfig({ ...pool, size }, nodes);
      assert.deepEqual(config.shieldedInstanceConfig, { enableSecureBoot: true, enableIntegrityMonitoring: true });
      assert.deepEqual(config.workloadMetadataConfig, { mode: "GKE_METADATA" });
      assert.deepEqual(config.kubeletConfig, { insecureKubeletReadonlyPortEnabled: "FALSE" });
      assert.equal(config.bootDiskKmsKey, nodes.diskKey);
      assert.equal(config.serviceAccount, nodes.email);
      assert.match(config.machineType as string, /^e2-/);
    }
  });

  it("taint spot capacity by themselves (CLU-09)", () => {
    assert.deepEqual(nodeConfig({ ...pool, spot: true, taints: [{ key: "a", effect: "NoExecute" }] }, nodes).taints, [
      { key: "a", value: "", effect: "NO_EXECUTE" },
      { key: "trifold.dev/spot", value: "true", effect: "NO_SCHEDULE" },
    ]);
  });

  it("upgrade a share of what surely stands, 20 at most, or a whole second set", () => {
    assert.equal(upgradeSettings(pool).maxSurge, 1);
    assert.equal(upgradeSettings({ ...pool, min: 0 }).maxSurge, 1);
    assert.equal(upgradeSettings({ ...pool, min: 100, surgePercent: 100 }).maxSurge, 20);
    const { blueGreenSettings, maxSurge } = upgradeSettings({ ...pool, upgrade: "blue-green", surgePercent: 50 });
    assert.equal(maxSurge, undefined);
    assert.deepEqual((blueGreenSettings as { standardRolloutPolicy: object }).standardRolloutPolicy, {
      batchPercentage: 0.5,
      batchSoakDuration: "60s",
    });
  });

  it("start with at least `min` nodes over their zones, and never above `max`", () => {
    for (const [min, max, count] of [
      [2, 10, 3],
      [0, 3, 1],
      [1, 2, 3],
      [4, 4, 3],
    ] as const) {
      const start = startCount({ ...pool, min, max, zones: zones.gcp.slice(0, count) });
      assert.ok(start * count <= max, `${min} to ${max} in ${count}: ${start}`);
      assert.ok(start * count >= min || (start + 1) * count > max, `${min} to ${max} in ${count}: ${start}`);
    }
  });
});

describe("settings of GKE", () => {
  it("leave maintenance the 48 hours in 32 days that it insists on, on the day that was asked for", () => {
    const { recurringWindow } = maintenancePolicy({ ...choice, maintenanceDay: "wednesday", maintenanceHour: 22 });
    const [start, end] = [new Date(recurringWindow.startTime), new Date(recurringWindow.endTime)];
    assert.equal(start.getUTCDay(), 3);
    assert.equal(start.getUTCHours(), 22);
    assert.ok(((end.getTime() - start.getTime()) / 3_600_000) * 4 >= 48);
    assert.equal(recurringWindow.recurrence, "FREQ=WEEKLY;BYDAY=WE");
  });

  it("keep minors back until `version` says so, but in the extended channel", () => {
    const [exclusion] = maintenancePolicy(choice).maintenanceExclusions ?? [];
    assert.equal(exclusion?.exclusionOptions.scope, "NO_MINOR_UPGRADES");
    assert.equal(maintenancePolicy({ ...choice, channel: "extended" }).maintenanceExclusions, undefined);
  });

  it("keep the API server inside the network, or open it to named ranges (CLU-05)", () => {
    const shut = apiAccess(choice, "10.20.0.0/16");
    assert.equal(shut.privateClusterConfig.enablePrivateEndpoint, true);
    const open = apiAccess({ ...choice, apiAllowList: ["203.0.113.0/24"] }, "10.20.0.0/16");
    assert.equal(open.privateClusterConfig.enablePrivateEndpoint, false);
    assert.equal(open.privateClusterConfig.enablePrivateNodes, true);
    assert.deepEqual(
      open.masterAuthorizedNetworksConfig.cidrBlocks.map((one) => one.cidrBlock),
      ["10.20.0.0/16", "203.0.113.0/24"],
    );
    for (const one of [shut, open])
      assert.equal(one.controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic, false);
  });
});

describe("cluster on Google Cloud", () => {
  it("stands in the region in dev as well, so that more zones never mean a new cluster", async () => {
    for (const environment of ["dev", "prod"] as const) {
      const { inputs } = the(await recorded(() => ({}), environment), Gke, "cluster");
      assert.equal(inputs["location"], "us-central1");
      assert.equal((inputs["nodeLocations"] as string[]).length, environment === "dev" ? 1 : 3);
      assert.equal(inputs["removeDefaultNodePool"], true);
    }
  });

  it("encrypts its secrets and knows no login but Google's (CLU-06)", async () => {
    const recording = await recorded();
    const { inputs, protect } = the(recording, Gke, "cluster");
    const key = recording.registrations.find((one) => one.name === "keys-cluster");
    assert.deepEqual(inputs["databaseEncryption"], { state: "ENCRYPTED", keyName: key?.id });
    assert.equal(inputs["enableLegacyAbac"], false);
    assert.deepEqual(inputs["masterAuth"], { clientCertificateConfig: { issueClientCertificate: false } });
    assert.equal(inputs["deletionProtection"], true);
    assert.equal(protect, true);
  });

  it("keeps system nodes to what GKE runs, as long as there are others", async () => {
    const taints = async (pools: ClusterArgs["pools"]) =>
      (
        the(await recorded(() => ({ ...(pools ? { pools } : {}) })), Pool, "cluster-system").inputs["nodeConfig"] as {
          taints: { key: string }[];
        }
      ).taints.map((one) => one.key);
    assert.deepEqual(await taints({ workers: {} }), ["components.gke.io/gke-managed-components"]);
    assert.deepEqual(await taints({}), []);
  });

  it("leaves the number of nodes to autoscaling, and a name to every pool that replaces another (CLU-03)", async () => {
    for (const one of inside(await recorded(), token).filter(({ type }) => type === Pool)) {
      assert.ok(one.ignoreChanges.includes("initialNodeCount"), one.name);
      assert.equal(one.inputs["name"], undefined, one.name);
      assert.deepEqual(one.inputs["networkConfig"], { enablePrivateNodes: true });
    }
  });

  it("lets nodes write logs and pull from our registry, and nothing else (CLU-14)", async () => {
    const recording = await recorded((ground) => ({ registry: registryOn(ground) }));
    const roles = inside(recording, token)
      .filter((one) => /IAMMember|IamMember/.test(one.type))
      .map((one) => one.inputs["role"]);
    assert.deepEqual(roles.sort(), ["roles/artifactregistry.reader", "roles/container.defaultNodeServiceAccount"]);
  });

  it("lets administrators into this cluster alone, groups unless they say otherwise", async () => {
    assert.equal(principalOf("ops@example.com"), "group:ops@example.com");
    assert.equal(principalOf("user:me@example.com"), "user:me@example.com");
    const recording = await recorded(() => ({ admins: ["ops@example.com"] }));
    const [grant] = inside(recording, token).filter((one) => one.inputs["role"] === "roles/container.admin");
    assert.ok(grant);
    assert.equal(grant.inputs["member"], "group:ops@example.com");
    assert.match(
      (grant.inputs["condition"] as { expression: string }).expression,
      /^resource\.name == "projects\/goodies-prod\/locations\/us-central1\/clusters\/goodies-prod-cluster"/,
    );
  });

  it("keeps the logs of its control plane for the time asked for (CLU-08)", async () => {
    const recording = await recorded(() => ({ logRetentionDays: 365 }));
    const bucket = the(recording, "gcp:logging/projectBucketConfig:ProjectBucketConfig", "cluster-control-plane");
    assert.equal(bucket.inputs["retentionDays"], 365);
  });

  it("is made of the same types in dev and in prod (ENV-02)", async () => {
    const types = async (environment: "dev" | "prod") =>
      [...new Set(inside(await recorded(() => ({}), environment), token).map((one) => one.type))].sort();
    assert.deepEqual(await types("dev"), await types("prod"));
  });

  it("says what is missing of an existing network", async () => {
    const subnet = "projects/p/regions/us-central1/subnetworks";
    const subnets = { public: [`${subnet}/a`], private: [`${subnet}/b`], data: [`${subnet}/c`] };
    const existing = { id: "projects/p/global/networks/n", cidr: "10.64.0.0/16", subnets };
    await assert.rejects(
      recorded(({ site, keys }) => ({
        network: new Network("theirs", { site, keys, zones: ["us-central1-a"], existing }),
      })),
      /network\.existing\.secondaryRanges is missing; name the private subnet's second ranges/,
    );
  });

  it("reads an existing cluster and makes nothing for it", async () => {
    let seen: Readonly<Record<string, unknown>> = {};
    const recording = await record(
      async () => {
        const ground = groundOn("gcp");
        const first = made(ground);
        await new Promise((resolve) => pulumi.all([first.name, first.endpoint]).apply(resolve));
        const theirs = new Cluster("theirs", {
          ...ground,
          zones: zones.gcp,
          existing: { name: "goodies-prod-cluster" },
        });
        const { endpoint, oidcIssuer, nodeIdentity } = theirs;
        pulumi.output({ endpoint, oidcIssuer, nodeIdentity, same: first.endpoint }).apply((all) => {
          seen = all;
        });
      },
      { preview: false },
    );
    const own = recording.registrations.filter((one) => one.urn.includes(`${token}$`) && one.name.startsWith("theirs"));
    assert.deepEqual(
      own.map((one) => one.type),
      ["pulumi:providers:kubernetes"],
    );
    assert.equal(seen["endpoint"], seen["same"]);
    assert.equal(
      seen["oidcIssuer"],
      "https://container.googleapis.com/v1/projects/goodies-prod/locations/us-central1/clusters/goodies-prod-cluster",
    );
    assert.match(seen["nodeIdentity"] as string, /@goodies-prod\.iam\.gserviceaccount\.com$/);
  });
});
