import assert from "node:assert/strict";
import type { Cloud } from "../cloud";
import type { Site } from "../site";
import type { CompleteNetworkArgs } from ".";
import { checkNetwork, type NetworkChoice, networkMistakes } from "./check";

const good = {
  cidr: "10.20.0.0/16",
  zones: ["us-east-1a", "us-east-1b"],
  appPort: 8080,
  flowLogRetentionDays: 90,
} satisfies NetworkChoice;
const found = (cloud: Cloud, region: string, choice: Partial<NetworkChoice>) =>
  networkMistakes(cloud, region, { ...good, ...choice }).map(({ field, remedy }) => `${field}: ${remedy}`);
const only = (cloud: Cloud, region: string, choice: Partial<NetworkChoice>, expected: RegExp) => {
  const mistakes = found(cloud, region, choice);
  assert.equal(mistakes.length, 1, mistakes.join("\n"));
  assert.match(mistakes[0] ?? "", expected);
};

const azureSubnet = (name: string) =>
  `/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/N/subnets/${name}`;
const onAzure = {
  id: "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/N",
  cidr: "172.20.0.0/16",
  subnets: { public: [azureSubnet("a")], private: [azureSubnet("b")], data: [azureSubnet("c")] },
  databaseSubnet: azureSubnet("d"),
};
const onGcp = {
  id: "projects/P/global/networks/N",
  cidr: "10.9.0.0/16",
  subnets: {
    public: ["projects/P/regions/us-central1/subnetworks/a"],
    private: ["projects/P/regions/us-central1/subnetworks/b"],
    data: ["projects/P/regions/us-central1/subnetworks/c"],
  },
};

describe("checkNetwork", () => {
  it("says all mistakes of a call in one message, with field, value and remedy", () => {
    const args = {
      ...good,
      cidr: "192.168.0.0/16",
      appPort: 0,
      zones: ["eu-west-1a"],
      site: { cloud: "aws", region: "us-east-1" } as Site,
    } as unknown as CompleteNetworkArgs;
    assert.throws(
      () => checkNetwork("net", args),
      (error: Error & { __pulumiRunError?: boolean }) => {
        assert.equal(error.__pulumiRunError, true);
        assert.match(error.message, /Network "net" has 4 mistakes:/);
        assert.match(error.message, /cidr is "192\.168\.0\.0\/16"; it lies outside/);
        assert.match(error.message, /appPort is 0; use a whole number from 1 to 65535/);
        return true;
      },
    );
  });

  it("knows how each cloud calls its zones", () => {
    assert.deepEqual(found("aws", "us-east-1", {}), []);
    assert.deepEqual(found("azure", "eastus", { zones: ["1", "3"] }), []);
    assert.deepEqual(found("gcp", "us-east1", { zones: ["us-east1-b"] }), []);
    only(
      "aws",
      "us-east-1",
      { zones: ["us-east-1a", "us-east-2b"] },
      /a zone of us-east-1 is called like "us-east-1a"/,
    );
    only("azure", "eastus", { zones: ["1", "4"] }, /"1", "2" or "3"/);
    only("gcp", "us-east1", { zones: ["us-east1b"] }, /called like "us-east1-b"/);
    only("aws", "us-east-1", { zones: ["us-east-1a", "us-east-1a"] }, /stands where another zone stands/);
    only("aws", "us-east-1", { zones: ["us-east-1a"] }, /2 or more: an RDS subnet group/);
    only("azure", "eastus", { zones: [] }, /name 1 or more/);
  });

  it("knows the retention periods of CloudWatch Logs", () => {
    only("aws", "us-east-1", { flowLogRetentionDays: 100 }, /the next longer is 120/);
    assert.deepEqual(found("gcp", "us-east1", { zones: ["us-east1-b"], flowLogRetentionDays: 100 }), []);
  });

  it("takes an existing network of each cloud, whose range may lie anywhere", () => {
    assert.deepEqual(found("azure", "eastus", { zones: ["1"], existing: onAzure }), []);
    assert.deepEqual(found("gcp", "us-central1", { zones: ["us-central1-a"], existing: onGcp }), []);
  });

  it("refuses an existing network that is incomplete or another cloud's", () => {
    const azure = (existing: NetworkChoice["existing"]) => found("azure", "eastus", { zones: ["1"], existing });
    assert.match(azure({ ...onAzure, id: onGcp.id }).join(), /existing\.id: on azure it looks like/);
    assert.match(azure({ ...onAzure, cidr: "10.0.0.1/8" }).join(), /existing\.cidr: give the network's IPv4 range/);
    assert.match(
      azure({ ...onAzure, subnets: { ...onAzure.subnets, data: [] } }).join(),
      /name 1 or more subnets of the data/,
    );
    assert.match(
      azure({ ...onAzure, subnets: { ...onAzure.subnets, data: onAzure.subnets.public } }).join(),
      /belongs to one tier only/,
    );
    for (const delegated of [{ databaseSubnet: "x" }, { clusterSubnet: "x" }])
      only(
        "gcp",
        "us-central1",
        { zones: ["us-central1-a"], existing: { ...onGcp, ...delegated } },
        /only Azure delegates/,
      );
    only("azure", "eastus", { zones: ["1"], peers: ["10.20.0.0/16"] }, /overlaps with cidr/);
    only("azure", "eastus", { zones: ["1"], peers: ["192.168.0.0/16"] }, /lies outside/);
    only(
      "aws",
      "us-east-1",
      {
        existing: {
          id: "vpc-01234567",
          cidr: "10.0.0.0/16",
          subnets: { public: ["subnet-01234567"], private: ["subnet-11234567"], data: ["subnet-21234567"] },
        },
      },
      /existing\.subnets\.data: name 2 or more/,
    );
  });
});
