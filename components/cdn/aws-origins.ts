import * as pulumi from "@pulumi/pulumi";
import type { BucketRef } from "../storage";
import type { CompleteCdnArgs } from ".";
import { inOrder } from "./order";

/** Ids within the distribution. */
export const originIds = { assets: "assets", copy: "assets-copy", group: "assets-group", api: "api" } as const;

export function origins({ assets, api }: CompleteCdnArgs, accessControlId: pulumi.Output<string>) {
  const store = (originId: string, { url }: BucketRef) => ({
    originId,
    domainName: url.apply((whole) => new URL(whole).host),
    originAccessControlId: accessControlId,
    // The API knows an origin as S3's by this block; the identity in it is the way before access controls.
    s3OriginConfig: { originAccessIdentity: "" },
  });
  const [first, second] = assets ? inOrder(assets) : [];
  return [
    ...(first ? [store(originIds.assets, first)] : []),
    ...(second ? [store(originIds.copy, second)] : []),
    ...(api
      ? [
          {
            originId: originIds.api,
            domainName: pulumi.output(api.host),
            customOriginConfig: {
              httpPort: 80,
              httpsPort: 443,
              originProtocolPolicy: "https-only",
              originSslProtocols: ["TLSv1.2"],
              originReadTimeout: 30,
              originKeepaliveTimeout: 5,
            },
          },
        ]
      : []),
  ];
}

/** CDN-10. A missing object is no failure of the region: 404 isn't among them, nor 403, which S3 says for one. */
export function originGroups({ assets }: CompleteCdnArgs) {
  if (!assets?.failover) return [];
  return [
    {
      originId: originIds.group,
      failoverCriteria: { statusCodes: [500, 502, 503, 504] },
      members: [{ originId: originIds.assets }, { originId: originIds.copy }],
    },
  ];
}
