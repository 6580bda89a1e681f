import type { Cloud } from "../cloud";
import { logRetentionMistakes, type Mistake, outside, refuse } from "../mistake";
import type { CompleteCdnArgs } from ".";

/** Bounds of the numbers, inclusive; what they mean is in CdnArgs. */
export const cdnRanges = { assetTtl: [0, 31_536_000], logRetentionDays: [1, 3653] } as const;

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkCdn(name: string, args: CompleteCdnArgs): void {
  refuse("Cdn", name, [...cdnMistakes(args.site.cloud, args), ...originMistakes(args)]);
}

export function cdnMistakes(cloud: Cloud, choice: Pick<CompleteCdnArgs, "host" | keyof typeof cdnRanges>): Mistake[] {
  return [
    ...outside(cdnRanges, choice),
    // AWS and Azure deliver them to the site's store, which ends them by a lifecycle of any length.
    ...(cloud === "gcp" ? logRetentionMistakes(cloud, "logRetentionDays", choice.logRetentionDays) : []),
    ...(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(choice.host)
      ? []
      : [{ field: "host", value: choice.host, remedy: 'use one label below the zone such as "www"' }]),
  ];
}

function originMistakes({ assets, api, waf, site, zone }: CompleteCdnArgs): Mistake[] {
  return [
    ...((assets ?? api)
      ? []
      : [{ field: "assets", value: undefined, remedy: "give the CDN an origin: assets, api or both" }]),
    ...(assets?.failedOver && !assets.failover
      ? [{ field: "assets.failedOver", value: true, remedy: "give assets.failover, the copy to serve from, as well" }]
      : []),
    ...(waf.scope === "edge"
      ? []
      : [{ field: "waf.scope", value: waf.scope, remedy: 'a CDN takes a WAF of scope "edge"' }]),
    ...(zone.native.cloud === site.cloud
      ? []
      : [{ field: "zone", value: zone.native.cloud, remedy: `use a zone on ${site.cloud}, the CDN's cloud` }]),
  ];
}
