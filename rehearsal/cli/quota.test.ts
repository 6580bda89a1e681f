import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quotas } from "../clouds/quota";
import { readQuota, readQuotas } from "./quota";

describe("A quota on the command line", () => {
  it("names a cloud, a region if it is for one only, and the limit", () => {
    assert.deepEqual(readQuota("aws us-east-1 elastic-ips=2"), [
      { cloud: "aws", id: "elastic-ips", region: "us-east-1", limit: 2 },
    ]);
    assert.deepEqual(readQuota("gcp networks=unlimited"), [{ cloud: "gcp", id: "networks", limit: Infinity }]);
    assert.deepEqual(readQuota("azure * public-ips=fresh"), [{ cloud: "azure", id: "public-ips", limit: "fresh" }]);
  });

  it("means by `fresh` all that a fresh account has, on one cloud or on all", () => {
    assert.equal(readQuota("fresh").length, quotas.length);
    assert.ok(readQuota("aws fresh").every(({ cloud, limit }) => cloud === "aws" && limit === "fresh"));
  });

  it("is answered with what is wrong in it, the nearest word and a right one", () => {
    for (const [spec, said] of [
      ["asw elastic-ips=2", /"asw" is no cloud\. Did you mean "aws"\?[\s\S]*A right one: --quota/],
      ["aws elastic-ip=2", /Did you mean "elastic-ips"\?/],
      ["aws elastic-ips", /"" is no limit/],
      ["aws elastic-ips=-1", /"-1" is no limit/],
      ["aws elastic-ips=1.5", /"1\.5" is no limit/],
      ["aws us-east-1 elastic-ips=2 3", /"3" is too much/],
    ] as const)
      assert.throws(() => readQuota(spec), { message: said }, spec);
  });

  it("comes from a file too, before those of the command line", () => {
    const folder = mkdtempSync(join(tmpdir(), "quotas-"));
    const file = join(folder, "quotas.yaml");
    try {
      writeFileSync(file, "- aws vpcs=3\n");
      assert.deepEqual(
        readQuotas(["aws vpcs=4"], file).map(({ limit }) => limit),
        [3, 4],
      );
      writeFileSync(file, "aws: 3\n");
      assert.throws(() => readQuotas([], file), /a list of texts is expected/);
      assert.throws(() => readQuotas([], join(folder, "none")), /there is no such file/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
