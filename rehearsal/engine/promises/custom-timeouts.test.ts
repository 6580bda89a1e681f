import assert from "node:assert/strict";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("customTimeouts", () => {
  const place = toys();
  const program = (size: number, create: string) => () =>
    void new Thing("thing", { size }, { customTimeouts: { create, update: "1h30m", delete: "90s" } });

  it("reach the provider in seconds, and are kept for the deletion", async () => {
    await place.settles(program(1, "2m"));
    assert.deepEqual(place.resource("thing")["customTimeouts"], { create: 120, update: 5400, delete: 90 });
    await place.settles(program(2, "2m"));
    await place.ends();
    assert.deepEqual(Object.fromEntries(place.cloud.timeouts), {
      "create thing": 120,
      "update thing": 5400,
      "delete thing": 90,
    });
  });

  it("are refused where they are no duration", async () => {
    place.program(program(1, "soon"));
    const result = await place.run("preview");
    assert.equal(result.status, "failed");
    assert.match(result.errors.join("\n"), /unable to parse customTimeout Value soon/);
  });
});
