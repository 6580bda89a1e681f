import assert from "node:assert/strict";
import { build, inside, the } from "../../test/contract";
import { clusterOn, registryOn } from "../../test/sites";
import type { Environment } from "../site";
import type { ClusterArgs, CompletePool } from ".";
import { authorityIn } from "./azure-access";
import { slots } from "./azure-maintenance";
import { delegated } from "./azure-network";
import { poolName } from "./azure-pools";

const token = "trifold:cluster:Cluster";
const make = (args: Partial<ClusterArgs> = {}, environment: Environment = "prod") =>
  build("azure", (ground) => clusterOn(ground, { registry: registryOn(ground), ...args }), false, environment);
const clusterOf = async (args: Partial<ClusterArgs> = {}, environment: Environment = "prod") =>
  the(await make(args, environment), "azure-native:containerservice:ManagedCluster").inputs as Readonly<
    Record<string, unknown>
  >;

const pool: CompletePool = {
  size: "medium",
  min: 2,
  max: 10,
  zones: ["1", "2"],
  spot: false,
  taints: [],
  labels: {},
  diskGb: 50,
  surgePercent: 33,
  upgrade: "surge",
};
const named = (version: string, change: Partial<CompletePool> = {}) =>
  poolName({ args: { version } as never }, "workers", { ...pool, ...change });

describe("cluster on azure", () => {
  it("names a pool by what can't be changed in place, and a blue-green one by its version too", () => {
    assert.match(named("1.34"), /^[a-z][a-z0-9]{0,11}$/);
    assert.equal(named("1.34"), named("1.35"));
    assert.equal(named("1.34"), named("1.34", { min: 3, max: 20, surgePercent: 50 }));
    for (const change of [{ size: "large" }, { zones: ["1"] }, { spot: true }, { diskGb: 60 }] as const)
      assert.notEqual(named("1.34"), named("1.34", change));
    assert.notEqual(named("1.34", { upgrade: "blue-green" }), named("1.35", { upgrade: "blue-green" }));
  });

  it("keeps a maintenance window of four hours, over midnight as well", () => {
    assert.deepEqual(slots("Sunday", 3), [{ day: "Sunday", hourSlots: [3, 4, 5, 6] }]);
    assert.deepEqual(slots("Sunday", 22), [
      { day: "Sunday", hourSlots: [22, 23] },
      { day: "Monday", hourSlots: [0, 1] },
    ]);
  });

  it("reads the certificate authority out of what any user of the cluster gets", () => {
    const value = Buffer.from("clusters:\n- cluster:\n    certificate-authority-data: QUJD\n").toString("base64");
    assert.equal(authorityIn([{ value }]), "QUJD");
    assert.throws(() => authorityIn([]), /without certificate-authority-data/);
  });

  it("has its API server in our network, and opens it to the named ranges only where asked (CLU-05)", async () => {
    const closed = (await clusterOf())["apiServerAccessProfile"] as Record<string, unknown>;
    assert.equal(closed["enablePrivateCluster"], true);
    assert.equal(closed["enableVnetIntegration"], true);
    assert.equal(closed["disableRunCommand"], true);
    const open = (await clusterOf({ apiAllowList: ["203.0.113.0/24"] }))["apiServerAccessProfile"] as Record<
      string,
      unknown
    >;
    assert.equal(open["enablePrivateCluster"], false);
    assert.deepEqual(open["authorizedIPRanges"], ["203.0.113.0/24"]);
  });

  it("seals secrets with a version of the cluster's key, through the vault's closed door (CLU-06)", async () => {
    const { azureKeyVaultKms: kms } = (await clusterOf())["securityProfile"] as Record<string, Record<string, string>>;
    assert.match(kms?.["keyId"] ?? "", /\/keys\/cluster-hsm\/[0-9a-f]{32}$/);
    assert.equal(kms?.["keyVaultNetworkAccess"], "Private");
  });

  it("knows Entra logins only, and gives nodes nothing but the right to pull (CLU-06, CLU-08)", async () => {
    const recording = await make();
    const { inputs } = the(recording, "azure-native:containerservice:ManagedCluster");
    assert.equal(inputs["disableLocalAccounts"], true);
    const nodes = the(recording, "azure-native:managedidentity:UserAssignedIdentity", "cluster-nodes");
    const roles = inside(recording, token).filter(
      (one) => one.type.endsWith(":RoleAssignment") && one.inputs["principalId"] === nodes.outputs["principalId"],
    );
    assert.deepEqual(
      roles.map((one) => (one.inputs["roleDefinitionId"] as string).split("/").at(-1)),
      ["7f951dda-4ed3-4680-a7ca-43fe172d538d"],
    );
  });

  it("lets administrators in by group, or whoever deploys where none is named (CLU-06)", async () => {
    const group = "0b1ec7ed-0000-4000-8000-000000000001";
    const admins = async (args: Partial<ClusterArgs>) =>
      inside(await make(args), token)
        .filter((one) => one.type.endsWith(":RoleAssignment") && one.name.startsWith("cluster-admin"))
        .map((one) => one.inputs["principalType"]);
    assert.deepEqual(await admins({ admins: [group] }), ["Group"]);
    assert.deepEqual(await admins({}), ["ServicePrincipal"]);
  });

  it("leaves counts to the autoscaler, and taints spot nodes (CLU-03, CLU-09)", async () => {
    const recording = await make({ pools: { workers: {}, batch: { spot: true } } });
    const cluster = the(recording, "azure-native:containerservice:ManagedCluster");
    assert.deepEqual(cluster.ignoreChanges, ["agentPoolProfiles[0].count"]);
    const pools = inside(recording, token).filter((one) => one.type.endsWith(":AgentPool"));
    for (const one of pools) {
      assert.deepEqual(one.ignoreChanges, ["count"]);
      assert.equal(one.deleteBeforeReplace, false, "new nodes are there before the old ones are drained");
    }
    const spot = pools.find((one) => one.name === "cluster-batch");
    assert.deepEqual(spot?.inputs["nodeTaints"], [
      "trifold.dev/spot=true:NoSchedule",
      "kubernetes.azure.com/scalesetpriority=spot:NoSchedule",
    ]);
    assert.equal(spot?.inputs["upgradeSettings"], undefined);
  });

  it("costs little in dev, and pays for long-term support only where asked", async () => {
    assert.deepEqual((await clusterOf({}, "dev"))["sku"], { name: "Base", tier: "Free" });
    assert.deepEqual((await clusterOf())["sku"], { name: "Base", tier: "Standard" });
    const extended = await clusterOf({ channel: "extended" });
    assert.deepEqual(
      [extended["sku"], extended["supportPlan"]],
      [{ name: "Base", tier: "Premium" }, "AKSLongTermSupport"],
    );
  });

  it("refuses an existing network without a subnet for the API server, and says which setting is missing", () => {
    assert.equal(delegated("/subnets/api"), "/subnets/api");
    assert.throws(() => delegated(""), /name it in network\.existing\.clusterSubnet/);
  });
});
