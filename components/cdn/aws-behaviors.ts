import { CachePolicy, ResponseHeadersPolicy } from "@pulumi/aws/cloudfront";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import type { CompleteCdnArgs } from ".";
import { originIds } from "./aws-origins";
import { apiPath, securityHeaders } from "./headers";

/** Policies of CloudFront's own, by the ids that they have everywhere.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

const year = 31_536_000;
const reading = ["GET", "HEAD", "OPTIONS"];
const everything = [...reading, "PUT", "POST", "PATCH", "DELETE"];

type Policies = ReturnType<typeof makePolicies>;

/** How long assets are kept, and what browsers are told with every answer. */
export function makePolicies({ name, site, args, child }: BuildContext<CompleteCdnArgs>) {
  const policyName = physicalName(awsNames.edgePolicy, [site.prefix, site.region, name]);
  // Names of the account, which a replacement would have too.
  const options = { ...child, deleteBeforeReplace: true };
  const cache = new CachePolicy(
    name,
    {
      name: policyName,
      comment: `${site.prefix}: assets of ${name}`,
      minTtl: 0,
      defaultTtl: args.assetTtl,
      maxTtl: Math.max(year, args.assetTtl),
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
        // Both are kept apart, as the client's Accept-Encoding asks.
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      },
    },
    options,
  );
  const headers = new ResponseHeadersPolicy(
    name,
    {
      name: policyName,
      comment: `${site.prefix}: headers of ${name}`,
      securityHeadersConfig: {
        strictTransportSecurity: { accessControlMaxAgeSec: year, includeSubdomains: true, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: securityHeaders["X-Frame-Options"], override: false },
        referrerPolicy: { referrerPolicy: securityHeaders["Referrer-Policy"], override: false },
      },
    },
    options,
  );
  return { cachePolicyId: cache.id, responseHeadersPolicyId: headers.id };
}

/** Which origin answers what. A CDN of an API alone sends everything there. */
export function behaviors({ assets, api }: CompleteCdnArgs, { cachePolicyId, responseHeadersPolicyId }: Policies) {
  const shared = { viewerProtocolPolicy: "redirect-to-https", responseHeadersPolicyId, compress: true };
  const toAssets = {
    ...shared,
    targetOriginId: assets?.failover ? originIds.group : originIds.assets,
    allowedMethods: reading,
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId,
  };
  const toApi = {
    ...shared,
    targetOriginId: originIds.api,
    allowedMethods: everything,
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: cachingDisabled,
    originRequestPolicyId: allViewerExceptHostHeader,
  };
  return {
    defaultCacheBehavior: assets ? toAssets : toApi,
    orderedCacheBehaviors: assets && api ? [{ pathPattern: apiPath, ...toApi }] : [],
  };
}
