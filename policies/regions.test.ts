import assert from "node:assert/strict";
import fc from "fast-check";
import { pairOf, plainRegion } from "./regions";

describe("regions", () => {
  it("are one, however a cloud writes them", () => {
    assert.equal(plainRegion("West Europe"), "westeurope");
    assert.equal(plainRegion("europe-west1-b"), "europe-west1");
    assert.equal(plainRegion("us-gov-west-1"), "us-gov-west-1");
    assert.equal(plainRegion("EU"), "eu");
  });

  it("have a pair that has them as its own, but for the few that point one way", () => {
    for (const region of ["westeurope", "eastus", "usgovvirginia", "swedencentral"]) {
      const pair = pairOf(region);
      assert.ok(pair && pair !== region);
      assert.equal(pairOf(pair), region);
    }
    assert.equal(pairOf("Brazil South"), "southcentralus");
    assert.equal(pairOf("southcentralus"), "northcentralus");
    assert.equal(pairOf("nowhere"), undefined);
  });

  it("are plain once they are plain", () => {
    fc.assert(
      fc.property(fc.constantFrom("West Europe", "europe-west1-b", "eu-west-1", "US", "asia-southeast1-a"), (name) => {
        assert.equal(plainRegion(plainRegion(name)), plainRegion(name));
      }),
    );
  });
});
