import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  contains,
  formatCidr,
  networkCidrMistake,
  overlaps,
  parseCidr,
  planRanges,
  planRegional,
  planSubnets,
} from "./cidr";

const network = fc
  .record({ prefix: fc.integer({ min: 16, max: 20 }), place: fc.nat({ max: 2 ** 24 - 1 }) })
  .map(({ prefix, place }) => {
    const size = 2 ** (32 - prefix);
    return formatCidr({ base: 10 * 2 ** 24 + Math.floor(place / size) * size, prefix });
  });
const zones = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { minLength: 1 }).map((list) => list.map((z) => `r-${z}`));
const tiers = ["public", "private", "data"] as const;
const flat = (value: object): string[] =>
  Object.values(value).flatMap((item: unknown) => (typeof item === "string" ? [item] : flat(item as object)));

describe("address plan", () => {
  it("gives every use its own part inside the network (NET-13)", () => {
    fc.assert(
      fc.property(network, zones, (cidr, list) => {
        const parts = [...flat(planSubnets(cidr, list, tiers)), ...flat(planRanges(cidr))];
        for (const part of parts) assert.ok(contains(cidr, part), part);
        parts.forEach((part, index) => {
          for (const other of parts.slice(index + 1)) assert.ok(!overlaps(part, other), `${part} ${other}`);
        });
        const regional = [...flat(planRegional(cidr)), ...flat(planRanges(cidr))];
        regional.forEach((part, index) => {
          for (const other of regional.slice(index + 1)) assert.ok(!overlaps(part, other), `${part} ${other}`);
        });
      }),
    );
  });

  it("moves nothing when a zone or a tier comes, goes or changes its place in the list", () => {
    fc.assert(
      fc.property(network, zones, fc.nat(), (cidr, list, seed) => {
        const all = planSubnets(cidr, list, tiers);
        const fewer = [...list].reverse().filter((_, index) => index === 0 || (seed >> index) % 2 === 0);
        const some = planSubnets(cidr, fewer, ["data", "private"]);
        for (const zone of fewer) {
          assert.equal(some.data[zone], all.data[zone]);
          assert.equal(some.private[zone], all.private[zone]);
        }
      }),
    );
  });

  it("leaves even a /20 what each cloud asks for at least", () => {
    const prefix = (text: string) => parseCidr(text)?.prefix ?? 99;
    const ranges = planRanges("10.1.16.0/20");
    assert.ok(prefix(ranges.database) <= 28, "flexible server's delegated subnet");
    assert.ok(prefix(ranges.privateServices) <= 24, "private services access");
    assert.ok(prefix(planSubnets("10.1.16.0/20", ["a"], tiers).public["a"] ?? "") <= 28, "VPC subnet");
  });

  it("gives a /16 a /20 a zone for nodes and pods, and pods a /18 where they have a range of their own", () => {
    assert.deepEqual(planSubnets("10.20.0.0/16", ["us-east-1b"], ["private"]).private, {
      "us-east-1b": "10.20.16.0/20",
    });
    assert.equal(planRegional("10.20.0.0/16").pods, "10.20.64.0/18");
  });

  it("refuses ranges that are no network of ours, and zones without a place of their own", () => {
    assert.match(networkCidrMistake("172.16.0.0/16") ?? "", /outside 10\.0\.0\.0\/8/);
    assert.match(networkCidrMistake("10.0.0.0/24") ?? "", /is a \/24; use \/16 to \/20/);
    for (const text of ["10.20.1.0/16", "10.20.0.0", "300.1.0.0/16", "010.20.0.0/16", "10.20.0.0/33"])
      assert.match(networkCidrMistake(text) ?? "", /not an IPv4 range/, text);
    assert.throws(() => planSubnets("10.0.0.0/24", ["a"], tiers), /10\.0\.0\.0\/24/);
    assert.throws(
      () => planSubnets("10.0.0.0/16", ["us-x-1a", "us-x-1-bos-1a"], tiers),
      /"us-x-1-bos-1a" stands where/,
    );
    assert.throws(() => planSubnets("10.0.0.0/16", ["z"], tiers), /"z" has no place/);
  });

  it("reads back what it writes", () => {
    fc.assert(fc.property(network, (cidr) => assert.equal(formatCidr(parseCidr(cidr)!), cidr)));
    assert.ok(contains("0.0.0.0/0", "255.255.255.255/32"));
    assert.ok(!overlaps("10.0.0.0/9", "10.128.0.0/9"));
  });
});
