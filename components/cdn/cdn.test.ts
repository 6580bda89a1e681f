import assert from "node:assert/strict";
import { build, itKeepsTheContract } from "../../test/contract";
import { cdnOn, fullCdnOn } from "../../test/edge";
import { storageOn } from "../../test/sites";
import { clouds } from "../cloud";
import { Zone } from "../dns";
import { Waf } from "../waf";
import { Cdn } from ".";
import { cdnMistakes } from "./check";

const token = "trifold:cdn:Cdn";

describe("cdn", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => cdnOn(ground),
      "everything set": (ground) => fullCdnOn(ground),
    },
  });

  for (const cloud of clouds)
    it(`answers under its own name on ${cloud} (CDN-04), for an API alone as well (CDN-02)`, async () => {
      const urls: string[] = [];
      const { registrations } = await build(
        cloud,
        (ground) => {
          const storage = storageOn(ground);
          new Cdn("cdn", {
            ...ground,
            storage,
            zone: new Zone("zone", { ...ground, domain: "prod.goodies.example" }),
            waf: new Waf("edge-waf", { ...ground, scope: "edge" }),
            api: { host: "api.prod.goodies.example" },
          }).url.apply((url) => urls.push(url));
        },
        false,
      );
      assert.deepEqual(urls, ["https://www.prod.goodies.example"]);
      const text = JSON.stringify(
        registrations.filter((one) => one.urn.includes(`${token}$`)).map((one) => one.inputs),
      );
      assert.ok(text.includes("api.prod.goodies.example"));
      assert.ok(!text.includes("index.html"), "an API has no start page");
    });

  it("refuses origins, WAFs and zones that don't go together", async () => {
    await assert.rejects(
      build("aws", (ground) => cdnOn(ground, { waf: new Waf("waf", { ...ground, scope: "regional" }) }), true),
      /waf\.scope is "regional"; a CDN takes a WAF of scope "edge"/,
    );
    await assert.rejects(
      build("aws", (ground) => cdnOn(ground, { host: "a.b" }), true),
      /host is "a\.b"; use one label/,
    );
    assert.equal(cdnMistakes("aws", { host: "www", assetTtl: -1, logRetentionDays: 90 })[0]?.field, "assetTtl");
  });
});
