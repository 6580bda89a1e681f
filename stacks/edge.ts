import { Cdn } from "../components/cdn";
import { Zone } from "../components/dns";
import { Failover } from "../components/dns/failover";
import { DnsRecord } from "../components/dns/record";
import { Ingress } from "../components/ingress";
import { Waf } from "../components/waf";
import { originHost } from "./arguments-of-edge";
import type { Primary, Standby } from "./parts";
import type { Settings } from "./settings";

/** What the world sees of a stack: its names, the addresses behind them, firewall, CDN. Nothing without a domain. */
export function openEdge(settings: Settings, primary: Primary, standby: Standby | undefined) {
  const { edge, zones, active } = settings;
  if (!edge) return undefined;
  const { site, keys, network, storage } = primary;
  const zone = new Zone("zone", { site, keys, ...edge.zone });
  const ingress = new Ingress("ingress", { site, network, zones, ...edge.ingress });
  const waf = new Waf("waf", { site, keys, scope: "regional", ...edge.waf });
  const origin = new DnsRecord("origin", { site, zone, host: originHost, type: "A", values: ingress.addresses });
  const spare = standby?.ingress;
  const api =
    spare &&
    new Failover("api", {
      ...{ site, zone, host: "api", primary: ingress, standby: spare, active },
      healthPath: edge.healthPath,
    });
  if (!edge.cdn) return { zone, ingress, waf, api, cdn: undefined };

  const { origins, ...look } = edge.cdn;
  const { assets } = storage.buckets;
  // Between clouds only dumps are copied: another cloud has no assets to show (F13).
  const spareAssets = standby?.site.cloud === site.cloud ? standby.storage.buckets.assets : undefined;
  const cdn = new Cdn("cdn", {
    ...{ site, network, keys, storage, zone },
    ...look,
    waf: new Waf("edge-waf", { site, keys, scope: "edge", ...edge.waf }),
    ...(origins.includes("assets") && assets
      ? { assets: { bucket: assets, ...(spareAssets ? { failover: spareAssets, failedOver: active } : {}) } }
      : {}),
    ...(origins.includes("api") ? { api: { host: (api ?? origin).name, healthPath: edge.healthPath } } : {}),
  });
  return { zone, ingress, waf, api, cdn };
}
