import assert from "node:assert/strict";
import { UNKNOWN } from "../row";
import { encode, type RawProps, SIGNATURE, secret } from "../wire";
import { conform } from "./conform";

const instance = "aws:rds/instance:Instance";
const server = "azure-native:dbforpostgresql:Server";
const subnetwork = "gcp:compute/subnetwork:Subnetwork";
const trail = "aws:cloudtrail/trail:Trail";
const unknown = encode(UNKNOWN);

const said = (token: string, inputs: RawProps): readonly string[] =>
  conform(token, inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);
const taken = (token: string, inputs: RawProps): RawProps => conform(token, inputs).inputs;

describe("inputs of bridged providers", () => {
  it("are refused under a key that isn't there, at every level, with the nearest one", () => {
    assert.deepEqual(said(instance, { instanceClass: "db.t4g.micro", alocatedStorage: 20 }), [
      "alocatedStorage: Invalid or unknown key; did you mean 'allocatedStorage'?",
    ]);
    const eventSelectors = [{ readWriteTyp: "All" }];
    assert.deepEqual(said(trail, { s3BucketName: "logs", eventSelectors }), [
      "eventSelectors[0].readWriteTyp: Invalid or unknown key; did you mean 'readWriteType'?",
    ]);
  });

  it("drop such a key in silence where the plugin framework reads them", () => {
    const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    assert.deepEqual(said(rule, { securityGroupId: "sg-1", ipProtocol: "tcp", portFrom: 1 }), []);
  });

  it("are asked for what is missing, at the top and in a block that is there", () => {
    assert.deepEqual(said(instance, {}), ["instanceClass: Missing required property 'instanceClass'"]);
    const logDeliveryConfigurations = [{ destination: "logs", logFormat: "json", logType: "slow-log" }];
    assert.deepEqual(
      said("aws:elasticache/replicationGroup:ReplicationGroup", { description: "d", logDeliveryConfigurations }),
      [
        "logDeliveryConfigurations[0].destinationType: Missing required property 'logDeliveryConfigurations[0].destinationType'",
      ],
    );
  });

  it("are converted as the bridge converts them", () => {
    const given = { instanceClass: "db.t4g.micro", allocatedStorage: "20", multiAz: "true", engineVersion: 16 };
    assert.deepEqual(taken(instance, { ...given, vpcSecurityGroupIds: "sg-1", tags: { cost: 7, on: true } }), {
      instanceClass: "db.t4g.micro",
      allocatedStorage: 20,
      multiAz: true,
      engineVersion: "16",
      vpcSecurityGroupIds: ["sg-1"],
      tags: { cost: "7", on: "true" },
    });
    const policy = { Version: "2012-10-17", Statement: [] };
    assert.deepEqual(taken("aws:iam/policy:Policy", { policy }), { policy: '{"Statement":[],"Version":"2012-10-17"}' });
    const config = { aggregationInterval: "INTERVAL_5_SEC" };
    assert.deepEqual(
      taken(subnetwork, { network: "n", ipCidrRange: "10.0.0.0/24", logConfig: [config] }).logConfig,
      config,
    );
  });

  it("stay the very same where nothing has to be converted", () => {
    const inputs = { instanceClass: "db.t4g.micro", tags: { a: "b" }, vpcSecurityGroupIds: ["sg-1"] };
    assert.equal(taken(instance, inputs), inputs);
  });

  it("are refused where no conversion helps", () => {
    const wrong = { allocatedStorage: "much", multiAz: "yes", engine: ["a", "b"], identifier: { a: 1 }, tags: "t" };
    assert.deepEqual(said(instance, { instanceClass: "db.t4g.micro", restoreToPointInTime: "now", ...wrong }), [
      "restoreToPointInTime: Expected Object Type. Expected object, got string",
      'allocatedStorage: expected a number, got "much": invalid syntax',
      'multiAz: expected true or false, got "yes": invalid syntax',
      "engine: Attribute must be a single value, not a list",
      "identifier: Attribute must be a single value, not a map",
      "tags: Attribute must be a map",
    ]);
  });

  it("pass while they are unknown, and are looked at inside secrets and outputs", () => {
    const open = { instanceClass: unknown, allocatedStorage: unknown, tags: unknown, restoreToPointInTime: unknown };
    assert.deepEqual(said(instance, open), []);
    assert.deepEqual(
      taken(instance, { instanceClass: "c", allocatedStorage: secret("20") }).allocatedStorage,
      secret(20),
    );
    assert.deepEqual(said(instance, { instanceClass: "c", multiAz: secret("maybe") }).length, 1);
    const output = { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", dependencies: [] };
    assert.deepEqual(said(instance, { instanceClass: output, allocatedStorage: output }), []);
  });

  it("never show a secret's text in a refusal", () => {
    assert.ok(
      !said(instance, { instanceClass: "c", allocatedStorage: secret("hunter22") })
        .join()
        .includes("hunter22"),
    );
  });
});

describe("inputs of azure-native", () => {
  const good = { resourceGroupName: "shop" };

  it("are asked for what is missing in azure-native's words", () => {
    assert.deepEqual(said(server, {}), ["resourceGroupName: missing required property 'resourceGroupName'"]);
    assert.deepEqual(said(server, { ...good, sku: { name: "Standard_B1ms" } }), [
      "sku.tier: missing required property 'sku.tier'",
    ]);
  });

  it("are never converted: a number is no text and a text no number", () => {
    assert.deepEqual(said(server, { ...good, serverName: 1, storage: { storageSizeGB: "32" }, network: "n" }), [
      "serverName: 'serverName' should be of type 'string' but got a number",
      "storage.storageSizeGB: 'storage.storageSizeGB' should be of type 'integer' but got a string",
      "network: 'network' should be of type 'object' but got a string",
    ]);
  });

  it("are held against enumerations, whatever the case", () => {
    assert.deepEqual(said(server, { ...good, version: "9.6" }), [
      'version: expected one of "18", "17", "16", "15", "14", "13", "12", "11", got "9.6"',
    ]);
    assert.deepEqual(said(server, { ...good, highAvailability: { mode: "zoneredundant" } }), []);
  });

  it("may hold keys that no API knows: they never go into a request", () => {
    assert.deepEqual(said(server, { ...good, colour: "red" }), []);
  });

  it("are compared with the alternative that their discriminator names", () => {
    const rule = "azure-native:cdn:Rule";
    const parent = { ...good, profileName: "p", ruleSetName: "r", order: 1 };
    const parameters = { typeName: "DeliveryRuleUrlRedirectActionParameters" };
    const actions = [{ name: "UrlRedirect", parameters }];
    assert.deepEqual(said(rule, { ...parent, actions }), [
      "actions[0].parameters.redirectType: missing required property 'actions[0].parameters.redirectType'",
    ]);
    assert.deepEqual(said(rule, { ...parent, actions: [{ parameters }] }), [
      "actions[0].name: missing required property 'actions[0].name'",
    ]);
    assert.match(
      said(rule, { ...parent, actions: [{ name: "UrlRefresh", parameters }] })[0] ?? "",
      /got "UrlRefresh"$/,
    );
    assert.deepEqual(said(rule, { ...parent, actions: [{ name: unknown, parameters }] }), []);
  });

  it("are whole numbers but for prices and days, and identities any mix of the known kinds", () => {
    assert.deepEqual(said(server, { ...good, storage: { storageSizeGB: 32.5 } }), [
      "storage.storageSizeGB: 'storage.storageSizeGB' must be an integer but got 32.500000",
    ]);
    const pool = { ...good, resourceName: "shop", spotMaxPrice: 0.05 };
    assert.deepEqual(said("azure-native:containerservice:AgentPool", pool), []);
    const identity = (type: string) => said(server, { ...good, identity: { type } }).length;
    assert.deepEqual([identity("SystemAssigned, UserAssigned"), identity("None"), identity("Assigned")], [0, 0, 1]);
  });
});

describe("arguments of functions", () => {
  it("are held against their own schema", () => {
    const zones = "aws:index/getAvailabilityZones:getAvailabilityZones";
    assert.deepEqual(said(zones, { stat: "available", filters: [{ name: "zone-type" }] }), [
      "stat: Invalid or unknown key; did you mean 'state'?",
      "filters[0].values: Missing required property 'filters[0].values'",
    ]);
  });
});

describe("inputs of packages that no schema is derived of", () => {
  it("conform", () => assert.deepEqual(conform("toy:net:Network", { any: 1 }), { inputs: { any: 1 }, failures: [] }));
});
