import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("what the engine doesn't do", () => {
  const place = toys();
  const refusal = async (program: () => unknown) => {
    place.program(program);
    const result = await place.run("preview");
    assert.equal(result.status, "failed");
    assert.equal(place.cloud.things.size, 0);
    return result.errors.join("\n");
  };

  it("is refused by name: methods, remote components, parameterized packages", async () => {
    const remote = () =>
      new (pulumi.ComponentResource as new (...of: unknown[]) => object)("toy:index:C", "c", {}, {}, true);
    assert.match(await refusal(remote), /remote components \(toy:index:C\) are not supported by the built-in engine/);
    const call = () => pulumi.runtime.call("toy:index:Thing/act", {}, new Thing("thing"));
    assert.match(await refusal(call), /methods \(toy:index:Thing\/act\) are not supported by the built-in engine/);
  });
});
