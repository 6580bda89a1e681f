import assert from "node:assert/strict";
import { later } from "./later";
import { cited, requirements } from "./requirements";

/** Areas whose every requirement is tested, or said to come later. */
const areas = ["NET", "CLU", "DB", "CACHE", "STO", "CDN", "DNS", "SEC", "BAK", "DR", "TAG"];

describe("requirements", () => {
  const all = requirements();

  it("are all known", () => {
    assert.equal(all.length, 304);
  });

  for (const area of areas)
    it(`of ${area} are each cited by a test, or come later for a reason`, () => {
      const loose = all.filter(({ id, tests }) => id.startsWith(`${area}-`) && tests.length === 0 && !later[id]);
      assert.deepEqual(
        loose.map(({ id, title }) => `${id} ${title}`),
        [],
      );
    });

  it("that come later exist", () => {
    for (const id of Object.keys(later))
      assert.ok(
        all.some((one) => one.id === id),
        id,
      );
  });

  it("are cited one by one, or from one to another", () => {
    assert.deepEqual(
      [...cited("BAK-01 to BAK-03, CDN-09..10 (NET-05)")],
      ["BAK-01", "BAK-02", "BAK-03", "CDN-09", "CDN-10", "NET-05"],
    );
  });
});
