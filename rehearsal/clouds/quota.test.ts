import assert from "node:assert/strict";
import { pkg as aws } from "./aws";
import { pkg as azure } from "./azure";
import { pkg as gcp } from "./gcp";
import { type Allowance, Quotas, quotas } from "./quota";
import { coresOfInstance, coresOfMachine, coresOfSize, familyOf } from "./quota-sizes";
import type { AccountView, Item, Package, Place, Props } from "./row";
import { type Engine, resource, withStage } from "./testing/client";
import type { RawProps } from "./wire";

const configs: Record<string, RawProps> = {
  aws: { region: "eu-west-1", accessKey: "a", secretKey: "b" },
  "azure-native": { subscriptionId: "00000000-0000-4000-8000-000000000001" },
  gcp: { project: "shop-prod", region: "europe-west1" },
};

const within = (pkg: Package, limits: readonly Allowance[], act: (engine: Engine) => Promise<void>) =>
  withStage(async ({ connect }) => act(await connect().configure(configs[pkg.name])), {
    packages: [pkg],
    configure: false,
    quotas: limits,
  });

describe("A quota", () => {
  it("of AWS refuses an address too many in the words of EC2, and lets it through when one is given back", async () => {
    await within(aws, [{ cloud: "aws", id: "elastic-ips", region: "eu-west-1", limit: 2 }], async (engine) => {
      const eip = (name: string) => resource("aws:ec2/eip:Eip", name);
      const first = await engine.make(eip("a"), { domain: "vpc" });
      await engine.make(eip("b"), { domain: "vpc" });
      await assert.rejects(
        engine.make(eip("c"), { domain: "vpc" }),
        /creating aws:ec2\/eip:Eip "c": api error AddressLimitExceeded: The maximum number of addresses has been reached\./,
      );
      await engine.delete(eip("a"), first.id);
      await engine.make(eip("c"), { domain: "vpc" });
    });
  });

  it("of AWS counts the network that every region of a fresh account has", async () => {
    await within(aws, [{ cloud: "aws", id: "vpcs", limit: 2 }], async (engine) => {
      await engine.make(resource("aws:ec2/vpc:Vpc", "a"), { cidrBlock: "10.0.0.0/16" });
      await assert.rejects(
        engine.make(resource("aws:ec2/vpc:Vpc", "b"), { cidrBlock: "10.1.0.0/16" }),
        /VpcLimitExceeded/,
      );
    });
  });

  it("of Azure holds for each region by itself", async () => {
    await within(azure, [{ cloud: "azure", id: "public-ips", region: "westeurope", limit: 1 }], async (engine) => {
      await engine.make(resource("azure-native:resources:ResourceGroup", "g"), {
        location: "westeurope",
        resourceGroupName: "g",
      });
      const address = (name: string, location: string) =>
        engine.make(resource("azure-native:network:PublicIPAddress", name), {
          resourceGroupName: "g",
          location,
          publicIpAddressName: name,
          publicIPAllocationMethod: "Static",
          sku: { name: "Standard" },
        });
      await address("a", "westeurope");
      await assert.rejects(address("b", "West Europe"), /PublicIPCountLimitReached.*more than 1 public IP addresses/);
      await address("c", "northeurope");
    });
  });

  it("of Google Cloud counts what the project has of external addresses alone", async () => {
    await within(gcp, [{ cloud: "gcp", id: "addresses", limit: 1 }], async (engine) => {
      const address = (name: string, more: RawProps = {}) =>
        engine.make(resource("gcp:compute/address:Address", name), { name, region: "europe-west1", ...more });
      await address("a");
      await assert.rejects(
        address("b"),
        /Error 403: Quota 'STATIC_ADDRESSES' exceeded\. {2}Limit: 1\.0 in region europe-west1\., quotaExceeded/,
      );
      await address("c", { region: "europe-west4" });
    });
  });
});

/** An account of a few things, without the machine round it. */
function accountOf(items: readonly Item[]): AccountView {
  return {
    all: (type) => items.filter((item) => item.type === type),
    find: (types, _by, value) => items.find(({ type, id }) => types.includes(type) && id === value),
  };
}

function refused(
  cloud: Place["cloud"],
  type: string,
  inputs: Props,
  limits: readonly Allowance[],
  items: readonly Item[] = [],
  old?: Item,
) {
  const place = { cloud, account: "me", region: "here1", config: {} };
  return new Quotas(limits)
    .refusals({
      type,
      urn: "",
      name: "",
      inputs,
      place,
      account: accountOf(items),
      random: () => "",
      now: "",
      ...(old && { old }),
    })
    .map(({ reason }) => reason);
}

const item = (cloud: string, type: string, id: string, inputs: Props): Item => ({
  type,
  id,
  inputs,
  outputs: {},
  place: { cloud, account: "me", region: "here1", config: {} },
});

describe("Cores", () => {
  it("are told by the names of sizes", () => {
    assert.deepEqual(
      ["t3.medium", "m7g.medium", "m6i.large", "r5.xlarge", "c7i.24xlarge", "t2.micro", "db.m7g.large"].map(
        coresOfInstance,
      ),
      [2, 1, 2, 4, 96, 1, 2],
    );
    assert.deepEqual(["Standard_D4ds_v5", "Standard_B2ms", "Standard_E8-4s_v5"].map(coresOfSize), [4, 2, 4]);
    assert.deepEqual(["Standard_D4ds_v5", "Standard_D2s_v5", "Standard_B2ms", "Standard_B2s_v2"].map(familyOf), [
      "standardDDSv5Family",
      "standardDSv5Family",
      "standardBSFamily",
      "standardBsv2Family",
    ]);
    assert.deepEqual(
      ["e2-standard-4", "e2-medium", "n2-custom-6-8192", "c3-standard-8-lssd"].map(coresOfMachine),
      [4, 2, 6, 8],
    );
  });

  it("of node groups are refused by EC2 when they are too many, and those of the spot market aren't counted", () => {
    const group = (desiredSize: number, more: Props = {}): Props => ({
      instanceTypes: ["m6i.xlarge"],
      scalingConfig: { desiredSize },
      ...more,
    });
    const type = "aws:eks/nodeGroup:NodeGroup";
    const fresh: Allowance[] = [{ cloud: "aws", id: "vcpus", limit: "fresh" }];
    assert.deepEqual(refused("aws", type, group(1), fresh), []);
    assert.match(refused("aws", type, group(2), fresh)[0] ?? "", /your current vCPU limit of 5 allows/);
    assert.deepEqual(refused("aws", type, group(9, { capacityType: "SPOT" }), fresh), []);
    const there = item("aws", type, "a", group(1));
    assert.equal(refused("aws", type, group(1), fresh, [there]).length, 1);
    // An update counts its own old size out, and one that takes no more is never refused.
    assert.deepEqual(refused("aws", type, group(1), fresh, [there], there), []);
    const full = item("aws", type, "b", group(40));
    assert.deepEqual(refused("aws", type, group(39), fresh, [full], full), []);
    assert.equal(refused("aws", type, group(41), fresh, [full], full).length, 1);
  });

  it("of AKS are counted by region and by family, those of a pool where its cluster is", () => {
    const cluster = item("azure", "azure-native:containerservice:ManagedCluster", "c", {
      resourceGroupName: "g",
      resourceName: "c",
      location: "East US",
      agentPoolProfiles: [{ vmSize: "Standard_D2s_v5", count: 3 }],
    });
    const pool = { resourceGroupName: "G", resourceName: "C", vmSize: "Standard_D4s_v5", count: 4 };
    const asked = (limits: Allowance[]) =>
      refused("azure", "azure-native:containerservice:AgentPool", pool, limits, [cluster]);
    assert.deepEqual(asked([{ cloud: "azure", id: "family-vcpus", limit: 22 }]), []);
    assert.match(
      asked([{ cloud: "azure", id: "family-vcpus", region: "eastus", limit: 20 }])[0] ?? "",
      /requested 16, remaining 14 for family standardDSv5Family for region eastus/,
    );
    assert.match(
      asked([{ cloud: "azure", id: "vcpus", limit: "fresh" }])[0] ?? "",
      /left for location eastus\. left regional vcpu quota 14, requested quota 16/,
    );
  });

  it("of PostgreSQL on Azure count twice with a standby", () => {
    const server = {
      location: "eastus",
      sku: { name: "Standard_D4ds_v5" },
      highAvailability: { mode: "ZoneRedundant" },
    };
    assert.match(
      refused("azure", "azure-native:dbforpostgresql:Server", server, [
        { cloud: "azure", id: "postgresql-vcores", limit: 6 },
      ])[0] ?? "",
      /Current Limit: 6, Current Usage: 0, Additional Required: 8, \(Minimum\) New Limit Required: 8/,
    );
  });

  it("of GKE count three zones where a regional pool names none, and its disks with them", () => {
    const type = "gcp:container/nodePool:NodePool";
    const pool = (more: Props = {}): Props => ({
      location: "europe-west1",
      initialNodeCount: 2,
      nodeConfig: { machineType: "e2-standard-4", diskSizeGb: 100 },
      ...more,
    });
    const fresh: Allowance[] = [
      { cloud: "gcp", id: "cpus", limit: 23 },
      { cloud: "gcp", id: "ssd-gb", limit: "fresh" },
    ];
    const [cpus, disks] = refused("gcp", type, pool(), fresh);
    assert.match(cpus ?? "", /resource "CPUS": request requires '24\.0' and is short '1\.0'/);
    assert.match(disks ?? "", /resource "SSD_TOTAL_GB": request requires '600\.0' and is short '100\.0'/);
    assert.deepEqual(refused("gcp", type, pool({ location: "europe-west1-b" }), fresh), []);
    assert.deepEqual(refused("gcp", type, pool({ nodeLocations: ["europe-west1-b"] }), fresh), []);
  });
});

describe("Every quota", () => {
  it("names its source, types that have a row, and never grants less than a fresh account has", () => {
    const rows = new Set([aws, azure, gcp].flatMap((pkg) => pkg.rows.map(({ type }) => type)));
    for (const { cloud, id, types, source, fresh, granted = fresh } of quotas) {
      assert.ok(source.length > 10 && granted >= fresh, `${cloud} ${id}`);
      for (const type of types) assert.ok(rows.has(type), type);
    }
    assert.equal(new Set(quotas.map(({ cloud, id }) => `${cloud} ${id}`)).size, quotas.length);
  });

  it("is told by what is in use, where anything is", async () => {
    await withStage(
      async ({ clouds, connect }) => {
        const engine = await connect().configure(configs["aws"]);
        await engine.make(resource("aws:ec2/eip:Eip", "a"), { domain: "vpc" });
        assert.deepEqual(
          clouds.usage().map(({ quota, where, used, limit }) => ({ id: quota.id, where, used, limit })),
          [{ id: "elastic-ips", where: "eu-west-1", used: 1, limit: 20 }],
        );
      },
      { packages: [aws], configure: false },
    );
  });
});
