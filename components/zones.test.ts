import assert from "node:assert/strict";
import { planSubnets } from "./cidr";
import { clouds } from "./cloud";
import { nearest } from "./nearest";
import { defaultRegion, regions } from "./regions";
import { regionMistake, zonesMistake, zonesOf } from "./zones";

describe("zones", () => {
  it("names the first zones of a region as its cloud does", () => {
    assert.deepEqual(zonesOf("aws", "us-east-1", 3), ["us-east-1a", "us-east-1b", "us-east-1c"]);
    assert.deepEqual(zonesOf("azure", "eastus", 2), ["1", "2"]);
    assert.deepEqual(zonesOf("gcp", "us-east1", 3), ["us-east1-b", "us-east1-c", "us-east1-d"]);
    assert.deepEqual(zonesOf("gcp", "europe-west1", 1), ["europe-west1-b"]);
  });

  it("finds every known zone a place in the address plan", () => {
    for (const cloud of clouds)
      for (const [region, zones] of Object.entries(regions[cloud])) {
        if (zones === "" || zones === "?") continue;
        const names = zonesOf(cloud, region, zones.length);
        assert.equal(Object.keys(planSubnets("10.0.0.0/16", names, ["data"]).data).length, zones.length, region);
      }
  });

  it("gives each cloud a default region with three zones", () => {
    for (const cloud of clouds) assert.equal(zonesOf(cloud, defaultRegion[cloud], 3).length, 3);
  });

  it("takes names as they are and refuses numbers that can't be had", () => {
    assert.deepEqual(zonesOf("aws", "us-west-1", ["us-west-1a", "us-west-1c"]), ["us-west-1a", "us-west-1c"]);
    assert.throws(() => zonesOf("aws", "us-west-1", 2), /aren't known here; name them/);
    assert.throws(() => zonesOf("azure", "westus", 2), /westus has no availability zones/);
    assert.match(zonesMistake("gcp", "us-east1", 4) ?? "", /1 to 3, or names out of us-east1-b/);
    assert.match(zonesMistake("gcp", "us-east1", 1.5) ?? "", /1 to 3/);
  });

  it("knows no region of two clouds under the same name", () => {
    const all = clouds.flatMap((cloud) => Object.keys(regions[cloud]));
    assert.equal(new Set(all).size, all.length);
  });

  it("says what is wrong with a region", () => {
    assert.equal(regionMistake("aws", "eu-west-1", false), undefined);
    assert.match(regionMistake("aws", "eastus", false) ?? "", /a region of Azure, and the stack's cloud is aws/);
    assert.match(regionMistake("gcp", "us-west-2", true) ?? "", /a region of AWS/);
    assert.match(regionMistake("aws", "us-esat-1", false) ?? "", /did you mean "us-east-1"/);
    assert.match(regionMistake("azure", "East US", false) ?? "", /did you mean "eastus"/);
    assert.match(regionMistake("aws", "xx-somewhere-7", false) ?? "", /network\.zones/);
    assert.equal(regionMistake("aws", "xy-north-1", true), undefined);
  });
});

describe("nearest", () => {
  it("finds a misspelt word and offers nothing far off", () => {
    const words = ["readReplicas", "region", "retentionDays"];
    assert.equal(nearest("read-replicas", words), "readReplicas");
    assert.equal(nearest("regoin", words), "region");
    assert.equal(nearest("retentionDay", words), "retentionDays");
    assert.equal(nearest("production", ["dev", "staging", "prod"]), "prod");
    assert.equal(nearest("zebra", words), undefined);
    assert.equal(nearest("x", []), undefined);
  });
});
