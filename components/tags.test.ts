import assert from "node:assert/strict";
import * as fc from "fast-check";
import { clouds } from "./cloud";
import { siteTags, spell, tagMistakes } from "./tags";

const tags = siteTags({ app: "goodies", environment: "prod", owner: "Team@Example.com", costCentre: "0042" });
const key = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,3}$/);
const value = fc.stringMatching(/^[A-Za-z0-9 _.:/=+@-]{0,256}$/);

describe("tags", () => {
  it("spells one canonical map as each cloud does (F10)", () => {
    assert.deepEqual(spell.aws({ "cost-centre": "42", name: "x" }), { CostCentre: "42", Name: "x" });
    assert.deepEqual(spell.azure({ "data-class": "public" }), { DataClass: "public" });
    assert.deepEqual(spell.gcp(tags), {
      environment: "prod",
      app: "goodies",
      owner: "team_at_example_com",
      "cost-centre": "0042",
      "managed-by": "pulumi",
    });
  });

  it("never lets extra tags replace the required ones (TAG-01)", () => {
    const own = { app: "a", environment: "dev", owner: "o@e.com", costCentre: "1", extra: { app: "b", team: "x" } };
    assert.equal(siteTags(own)["app"], "a");
    assert.equal(siteTags(own)["team"], "x");
  });

  it("makes legal GCP labels of every legal tag, the same every time", () => {
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 8 }), (map) => {
        fc.pre(tagMistakes(map).length === 0);
        const labels = spell.gcp(map);
        assert.deepEqual(spell.gcp(map), labels);
        assert.equal(Object.keys(labels).length, Object.keys(map).length);
        for (const [name, text] of Object.entries(labels)) {
          assert.match(name, /^[a-z][a-z0-9_-]{0,62}$/);
          assert.match(text, /^[a-z0-9_-]{0,63}$/);
        }
      }),
    );
  });

  it("keeps long values apart when it cuts them", () => {
    const long = "x".repeat(80);
    assert.notEqual(spell.gcp({ note: `${long}1` })["note"], spell.gcp({ note: `${long}2` })["note"]);
  });

  it("refuses on every cloud what one of them would refuse (TAG-02)", () => {
    const bad: [Record<string, string>, RegExp][] = [
      [{ CostCentre: "1" }, /kebab-case/],
      [{ "aws-team": "x" }, /keeps for itself/],
      [{ note: "a<b" }, /characters other than/],
      [{ note: "x".repeat(257) }, /257 characters/],
      [{ "a-b": "1", ab: "2" }, /same tag as "a-b" on Azure/],
      [{ ["k".repeat(64)]: "1" }, /key of 64 characters/],
      [Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ""])), /are 51/],
    ];
    for (const cloud of clouds) for (const [map, wrong] of bad) assert.throws(() => spell[cloud](map), wrong);
  });
});
