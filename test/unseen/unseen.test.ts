// Valid stack files that nobody has written: each is recorded on the simulated clouds' own checks, half of them in a first
// preview, half in an up. What the settings accept, components and clouds take.
import assert from "node:assert/strict";
import fc from "fast-check";
import { clouds } from "../../components/cloud";
import { deploy } from "../../stacks/platform";
import { record } from "../recorder";
import { accepted, unseenOn } from "./valid";

describe("an unseen stack file", () => {
  for (const cloud of clouds)
    it(`that the settings accept is built on ${cloud}, with nothing refused and nothing twice`, async () => {
      for (const [index, { file, settings }] of fc.sample(unseenOn(cloud), { numRuns: 6, seed: 2026 }).entries()) {
        const { refusals, registrations } = await record(() => deploy(settings), { preview: index % 2 === 0 });
        assert.deepEqual(refusals, [], JSON.stringify(file));
        const things = registrations
          .filter(({ custom, id, type }) => custom && id !== "" && !type.startsWith("random:"))
          .map(({ type, id, provider }) => `${type} ${id} ${provider}`);
        assert.equal(new Set(things).size, things.length, JSON.stringify(file));
      }
    });

  // Found so, and made smaller.
  const least = { app: "custom", environment: "dev", tags: { owner: "a@b.c", costCentre: "x" } };
  const found: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "with a long name and a waiting cluster on Azure": {
      ...{ cloud: "azure", environment: "prod", name: "a".repeat(30) },
      dr: { region: "westus3", mode: "warm-standby" },
    },
    "with administrators and a cluster on another cloud": {
      ...{ cloud: "aws", compute: { deployFrom: "inside", admins: ["arn:aws:iam::123456789012:role/a"] } },
      dr: { secondaryCloud: "gcp", mode: "pilot-light", rtoMinutes: 1440 },
    },
    "with one zone and copies on AWS": {
      ...{ cloud: "gcp", network: { zones: 1 }, compute: { deployFrom: "inside" } },
      dr: { secondaryCloud: "aws", rtoMinutes: 1440 },
    },
    "with as many tags as there is room for": {
      ...{ cloud: "aws" },
      tags: { ...least.tags, extra: Object.fromEntries(Array.from({ length: 42 }, (_, n) => [`t${n}`, ""])) },
    },
  };
  for (const [what, file] of Object.entries(found))
    it(`${what} is built`, async () => {
      const { refusals } = await record(() => deploy(accepted({ ...least, ...file }, []).settings));
      assert.deepEqual(refusals, []);
    });
});
