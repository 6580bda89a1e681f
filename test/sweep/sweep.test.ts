import assert from "node:assert/strict";
import { type Cloud, clouds, type PerCloud } from "../../components/cloud";
import { record } from "./record";
import { type Ordeal, sweep } from "./sweep";

/** A part of `npm run sweep`: the smallest stack, every eightieth step, something else on each cloud. */
const part: PerCloud<Ordeal> = {
  aws: "killed before and after each",
  azure: "cut off before and after each",
  gcp: "refused at each",
};

describe("a shipped stack in which steps go wrong one after the other", () => {
  for (const cloud of clouds as readonly Cloud[])
    it(`ends as if nothing had, on the way up and on the way down: dev on ${cloud}, ${part[cloud]}`, async () => {
      const { resources, up, down } = await sweep(await record("dev", cloud), part[cloud], { stride: 80, parallel: 4 });
      assert.ok(up >= 2 && down >= 2, `${up} and ${down} of ${resources}`);
    }).timeout(600_000);
});
