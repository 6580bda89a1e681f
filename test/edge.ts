// Edges to build on in tests: a CDN before the ground's own stores.
import assert from "node:assert/strict";
import { Cdn, type CdnArgs } from "../components/cdn";
import { Storage } from "../components/storage";
import { Waf } from "../components/waf";
import type { Ground } from "./contract";
import { zoneOn } from "./dns";
import { standbyOn, storageOn } from "./sites";

/** A CDN of the assets, or of what `more` says instead. */
export function cdnOn(
  ground: Ground,
  more: Partial<CdnArgs> = {},
  waf: { blockedCountries?: readonly string[] } = {},
): Cdn {
  const storage = storageOn(ground);
  const { assets } = storage.buckets;
  assert.ok(assets);
  return new Cdn("cdn", {
    ...ground,
    storage,
    zone: zoneOn(ground),
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
    zone: zoneOn(ground),
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
