import assert from "node:assert/strict";
import { type Cloud, clouds } from "../../components/cloud";
import { defaultRegion } from "../../components/regions";
import { deploy } from "../../stacks/platform";
import { readSettings } from "../../stacks/settings";
import { type Recording, record } from "../../test/recorder";
import { asPulumiReads, stackFile } from "../../test/stack-file";
import { scoreboard } from ".";

const accounts = { aws: "123456789012", azure: "00000000-0000-4000-8000-000000000000", gcp: "goodies-prod" };
const standby = { aws: "us-west-2", azure: "centralus", gcp: "us-east1" };

/** The shipped prod with a second region: nothing in it is set for the sake of a cell. */
function prod(cloud: Cloud): Promise<Recording> {
  const { values } = asPulumiReads(stackFile("prod"));
  const more = {
    ...{ cloud, region: defaultRegion[cloud], account: JSON.stringify(accounts) },
    dr: JSON.stringify({ region: standby[cloud], mode: "warm-standby" }),
  };
  const config = Object.fromEntries(
    Object.entries({ ...values, ...more }).map(([key, value]) => [`trifold:${key}`, value]),
  );
  return record(() => deploy(readSettings()), { config, stack: "prod" });
}

describe("the scoreboard of defaults", () => {
  it("has at least 90 properties, each once", () => {
    const names = scoreboard.map(({ section, property }) => `${section}: ${property}`);
    assert.deepEqual(names, [...new Set(names)]);
    assert.ok(names.length >= 90, `${names.length} rows`);
  });

  for (const cloud of clouds)
    describe(`on ${cloud}`, () => {
      let recording: Recording;
      before(async () => {
        recording = await prod(cloud);
      });
      for (const { section, property, cells } of scoreboard)
        it(`${section}: ${property}`, () => {
          assert.deepEqual(cells[cloud].check(recording), []);
        });
    });
});
