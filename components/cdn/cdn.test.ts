import assert from "node:assert/strict";
import { build, type Ground, itKeepsTheContract } from "../../test/contract";
import { standbyOn, storageOn } from "../../test/sites";
import { clouds } from "../cloud";
import { Zone } from "../dns";
import { Storage } from "../storage";
import { Waf } from "../waf";
import { Cdn, type CdnArgs } from ".";
import { cdnMistakes } from "./check";

const token = "trifold:cdn:Cdn";

/** A CDN of the assets, or of what `more` says instead. */
export function cdnOn(ground: Ground, more: Partial<CdnArgs> = {}, waf: { blockedCountries?: readonly string[] } = {}): Cdn {
  const storage = storageOn(ground);
  const { assets } = storage.buckets;
  assert.ok(assets);
  return new Cdn("cdn", {
    ...ground,
    storage,
    zone: new Zone("zone", { ...ground, domain: "prod.goodies.example" }),
    waf: new Waf("edge-waf", { ...ground, scope: "edge", ...waf }),
    assets: { bucket: assets },
    ...more,
  });
}

/** With a copy of the assets in another region, the API beside them, and everything that can be said. */
export function fullCdnOn(ground: Ground, more: Partial<CdnArgs> = {}, failedOver = false): Cdn {
  const storage = storageOn(ground);
  const spare = new Storage("standby-storage", standbyOn(ground.site.cloud, ground.site.environment));
  const [bucket, failover] = [storage.buckets.assets, spare.buckets.assets];
  assert.ok(bucket && failover);
  return new Cdn("cdn", {
    ...ground,
    storage,
    zone: new Zone("zone", { ...ground, domain: "prod.goodies.example" }),
    waf: new Waf("edge-waf", { ...ground, scope: "edge", blockedCountries: ["KP", "IR"] }),
    host: "shop",
    assets: { bucket, failover, failedOver },
    api: { host: "api.prod.goodies.example", healthPath: "/ready" },
    minTls: "1.2",
    coverage: "near",
    assetTtl: 3600,
    logRetentionDays: 400,
    ...more,
  });
}

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
          const { assets: _, ...rest } = { assets: undefined };
          const storage = storageOn(ground);
          new Cdn("cdn", {
            ...ground,
            ...rest,
            storage,
            zone: new Zone("zone", { ...ground, domain: "prod.goodies.example" }),
            waf: new Waf("edge-waf", { ...ground, scope: "edge" }),
            api: { host: "api.prod.goodies.example" },
          }).url.apply((url) => urls.push(url));
        },
        false,
      );
      assert.deepEqual(urls, ["https://www.prod.goodies.example"]);
      const text = JSON.stringify(registrations.filter((one) => one.urn.includes(`${token}$`)).map((one) => one.inputs));
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
    assert.equal(cdnMistakes({ host: "www", assetTtl: -1, logRetentionDays: 90 })[0]?.field, "assetTtl");
  });
});
