import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { glob } from "../clouds/faults";
import { faultText, readFault, readFaults } from "./fault";
import { Mistake } from "./usage";

const refusal = (spec: string): string => {
  try {
    readFault(spec);
  } catch (error) {
    assert.ok(error instanceof Mistake, String(error));
    return error.message;
  }
  return assert.fail(`${spec} was accepted`);
};

describe("A fault on the command line", () => {
  it("names an operation, what it strikes, when, how, how often and in which words", () => {
    assert.deepEqual(readFault("create aws:rds/instance:Instance after timeout"), {
      operation: "create",
      type: "aws:rds/instance:Instance",
      when: "after",
      does: "timeout",
    });
    assert.deepEqual(readFault("delete logs fail x3 skip 2: the bucket is not empty"), {
      operation: "delete",
      urn: "*::logs",
      does: "fail",
      times: 3,
      skip: 2,
      message: "the bucket is not empty",
    });
    assert.deepEqual(readFault("any disconnect always"), { operation: "any", does: "disconnect", times: Infinity });
    assert.deepEqual(readFault("update * before crash"), { operation: "update", when: "before", does: "crash" });
    assert.equal(readFault("read urn:pulumi:dev::shop::a$b::c fail").urn, "urn:pulumi:dev::shop::a$b::c");
    assert.equal(readFault("read aws:s3/bucket:Bucket::logs fail").urn, "*aws:s3/bucket:Bucket::logs");
  });

  it("takes a type as it is displayed", () => {
    for (const [shown, type] of [
      ["aws:rds:Instance", "aws:rds/instance:Instance"],
      ["azure-native:network:VirtualNetwork", "azure-native:network:VirtualNetwork"],
      ["aws:rds/*", "aws:rds/instance:Instance"],
      ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:Deployment"],
    ] as const)
      assert.ok(glob(readFault(`create ${shown} fail`).type ?? "").test(type), shown);
  });

  it("is answered with what is wrong in it, the nearest word and a right one", () => {
    assert.match(
      refusal("creat db fail"),
      /"creat" is no operation\. Did you mean "create"\?[\s\S]*A right one: --fault/,
    );
    assert.match(refusal("create db explode"), /"explode" is not understood/);
    assert.match(refusal("create db throtle"), /Did you mean "throttle"\?/);
    assert.match(refusal("create db after"), /doesn't say what goes wrong: fail, throttle/);
    assert.match(refusal("delete db partial"), /a delete can't be partial/);
    assert.match(refusal(""), /"" is no operation/);
  });

  it("reads the same from a file, as text or as fields", () => {
    const folder = mkdtempSync(join(tmpdir(), "faults-"));
    const file = join(folder, "faults.yaml");
    const written = (text: string) => {
      writeFileSync(file, text);
      return () => readFaults(["read fail"], file);
    };
    try {
      assert.deepEqual(written("- create db fail\n- { operation: delete, does: fail, times: always }\n")(), [
        { operation: "create", urn: "*::db", does: "fail" },
        { operation: "delete", does: "fail", times: Infinity },
        { operation: "read", does: "fail" },
      ]);
      assert.throws(written("operation: create\n"), /a list of faults is expected/);
      assert.throws(written("- 3\n"), /item 1 is neither a text nor an object/);
      assert.throws(written("- { operation: create, dose: fail }\n"), /"dose" is no field\. Did you mean "does"\?/);
      assert.throws(written("- { operation: create, does: nothing }\n"), /item 1: effect "nothing"/);
      assert.throws(written("- ["), /is not valid YAML/);
      assert.throws(() => readFaults([], join(folder, "none")), /there is no such file/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is told in the words in which it was given", () => {
    for (const spec of [
      "create db fail",
      "create aws:rds/* after timeout x2",
      "any crash always skip 3",
      "read fail: gone",
    ])
      assert.equal(faultText(readFault(spec)), spec);
  });
});
