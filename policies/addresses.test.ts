import assert from "node:assert/strict";
import fc from "fast-check";
import { coversWorld, isPrivate, share } from "./addresses";
import { contains, isEverything, portRange } from "./ports";
import { UNKNOWN } from "./read";

const octet = fc.integer({ min: 0, max: 255 });
const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join("."));

describe("address ranges", () => {
  it("are shares of their own address space", () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 32 }), (ip, bits) => {
        assert.equal(share(`${ip}/${bits}`), 2 ** -bits);
      }),
    );
    assert.equal(share("2001:db8::/32"), 2 ** -32);
    assert.equal(share("192.0.2.1"), 2 ** -32);
    assert.equal(share("AzureLoadBalancer"), undefined);
  });

  it("cover the world however it is split", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), (bits) => {
        const parts = Array.from({ length: 2 ** bits }, (_, index) => `${index * 2 ** (8 - bits)}.0.0.0/${bits}`);
        assert.equal(coversWorld(parts), true);
      }),
    );
    for (const anyone of ["0.0.0.0/0", "::/0", "*", "Internet", "Any", "AzureCloud", " 0.0.0.0/0 "])
      assert.equal(coversWorld([anyone]), true, anyone);
  });

  it("don't cover the world while they are an allow-list, or private", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(address, fc.integer({ min: 8, max: 32 })), { maxLength: 20 }), (list) => {
        assert.equal(coversWorld(list.map(([ip, bits]) => `${ip}/${bits}`)), false);
      }),
    );
    assert.equal(coversWorld(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "VirtualNetwork"]), false);
  });

  it("stay open with an unknown among them, unless the others cover the world already", () => {
    assert.equal(coversWorld(["10.0.0.0/8", UNKNOWN]), "unknown");
    assert.equal(coversWorld(["0.0.0.0/0", UNKNOWN]), true);
  });

  it("are private only while they hold nothing else", () => {
    assert.equal(isPrivate("10.0.0.0/8"), true);
    assert.equal(isPrivate("10.0.0.0/7"), false);
    assert.equal(isPrivate("172.32.0.0/12"), false);
    assert.equal(isPrivate("fd00::/8"), true);
  });
});

describe("port ranges", () => {
  it("hold what is between their ends, and nothing else", () => {
    fc.assert(
      fc.property(fc.nat(65535), fc.nat(65535), fc.nat(65535), (one, other, port) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const range = portRange(`${from}-${to}`);
        assert.ok(range);
        assert.equal(contains(range, port), port >= from && port <= to);
      }),
    );
  });

  it("read every way to write them", () => {
    assert.deepEqual(portRange("22"), { from: 22, to: 22 });
    assert.deepEqual(portRange(22), { from: 22, to: 22 });
    for (const all of ["*", "", "0-65535", "1-65535"]) assert.ok(isEverything(portRange(all) as never), all);
    assert.equal(portRange("http"), undefined);
  });
});
