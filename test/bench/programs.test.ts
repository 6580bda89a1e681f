import assert from "node:assert/strict";
import { median } from "./measure";
import { stackOf } from "./policies";
import { rootImports } from "./programs";

describe("The benchmark's programs", () => {
  it("turn deep imports into those of the usual template", () => {
    assert.equal(
      rootImports('import { type Network, Route as R } from "@pulumi/gcp/compute";'),
      'import { compute as compute_0 } from "@pulumi/gcp";\nimport Network = compute_0.Network;\nimport R = compute_0.Route;',
    );
    assert.equal(rootImports('import * as rds from "@pulumi/aws/rds";'), 'import { rds as rds } from "@pulumi/aws";');
    assert.equal(
      rootImports('import { getPartitionOutput } from "@pulumi/aws/getPartition";'),
      'import { getPartitionOutput } from "@pulumi/aws";',
    );
    assert.equal(
      rootImports('import type { sql } from "@pulumi/gcp/types/input";'),
      'import { types as types_0 } from "@pulumi/gcp";\nimport sql = types_0.input.sql;',
    );
    const other = 'import * as pulumi from "@pulumi/pulumi";';
    assert.equal(rootImports(other), other);
  });

  it("are compared by medians", () => {
    assert.equal(median([3, 1, 100]), 3);
    assert.equal(median([1, 2, 3, 10]), 2.5);
  });

  it("give the policy pack as many different resources as are asked for", () => {
    const all = stackOf(2500);
    assert.equal(new Set(all.map(({ urn }) => urn)).size, 2500);
  });
});
