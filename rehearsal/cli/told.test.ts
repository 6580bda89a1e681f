import assert from "node:assert/strict";
import type { Clouds, Fault } from "../clouds";
import { quotas } from "../clouds/quota";
import { taken, told } from "./told";

const urn = "urn:pulumi:dev::shop::aws:rds/instance:Instance::db";
const type = "aws:rds/instance:Instance";
const style = { color: false, columns: 100 };
const fault: Fault = { operation: "create", does: "throttle", times: 3 };

function clouds(more: Partial<ReturnType<Clouds["faults"]>> = {}, usage: ReturnType<Clouds["usage"]> = []) {
  const done = {
    kind: "create",
    cloud: "aws",
    type,
    urn,
    seconds: 603,
    delay: 3.5,
    succeeded: true,
    started: 0,
    ended: 1,
  };
  return {
    faults: () => ({ fired: [], idle: [], ...more }),
    usage: () => usage,
    timeline: () => [done] as ReturnType<Clouds["timeline"]>,
    seconds: () => 600,
  };
}

describe("What the clouds tell of a run", () => {
  it("is nothing where nothing was planned and nothing is short", () => {
    assert.deepEqual(told(clouds(), style), []);
  });

  it("is every fault that struck, with the time it took, and those that never did", () => {
    const fired = [
      { fault, kind: "create", type, urn, calls: 3, survived: true },
      {
        fault: { operation: "create", does: "fail", when: "after" },
        kind: "create",
        type,
        urn,
        calls: 1,
        survived: false,
      },
      {
        fault: { operation: "invoke", does: "fail" },
        kind: "invoke",
        type: "aws:getRegion",
        urn: "",
        calls: 1,
        survived: false,
      },
    ] as const;
    const [section] = told(clouds({ fired, idle: [{ operation: "read", urn: "*::bd", does: "fail" }] }), style);
    assert.equal(section?.title, "Faults");
    assert.deepEqual(section?.lines, [
      "  x create aws:rds:Instance db: throttled 3 times, 4 s longer: tried again, and it worked",
      "  x create aws:rds:Instance db: fail after the act, 4 s longer",
      "  x invoke aws:getRegion: fail before the act",
      "  - never struck: read bd fail",
    ]);
  });

  it("is quota of which a fresh account has too little", () => {
    const quota = quotas.find(({ id }) => id === "elastic-ips")!;
    const usage = (used: number) => [{ quota, where: "us-east-1", used, limit: 20 }];
    assert.deepEqual(told(clouds({}, usage(5)), style), []);
    assert.deepEqual(told(clouds({}, usage(6)), { ...style, columns: 200 })[0], {
      title: "Quota",
      lines: [
        "  ! Elastic IP addresses a region (us-east-1): 6 in use, a fresh account has 5, this one 20; ask for more before (L-0263D0A3)",
      ],
    });
  });

  it("adds to the seconds of a resource what its faults took", () => {
    const seconds = taken(clouds());
    assert.equal(seconds(type, "create", urn), 603.5);
    assert.equal(seconds(type, "delete", urn), 600);
    assert.equal(seconds(type, "create", `${urn}2`), 600);
  });
});
