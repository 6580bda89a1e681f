import { BackendService, GlobalNetworkEndpoint, GlobalNetworkEndpointGroup, SecurityPolicy } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { labelsOf } from "../site/gcp-names";
import { countryRules, lastRule } from "../waf/gcp-rules";
import type { ApiOrigin, AssetOrigin, CompleteCdnArgs } from ".";
import { readingKeys } from "./gcp-keys";
import { securityHeaders } from "./headers";
import { inOrder } from "./order";

type Context = BuildContext<CompleteCdnArgs>;

/** The longest that Cloud CDN serves what it can't renew, and keeps anything: a week, and a year. */
const week = 604_800;
const year = 31_536_000;

/**
 * A bucket that stays private, as an origin outside of the load balancer that asks for signed requests (CDN-05). A backend
 * bucket would read it only if everybody could: https://cloud.google.com/cdn/docs/configure-private-origin-authentication
 */
export function assetService(context: Context, assets: AssetOrigin): BackendService {
  const { name, site, args, child } = context;
  const [store = assets.bucket] = inOrder(assets);
  const host = store.name.apply((bucket) => `${bucket}.storage.googleapis.com`);
  const { hmac, granted } = readingKeys(context, assets);
  const blocked = args.waf.blockedCountries;
  return new BackendService(
    `${name}-assets`,
    {
      ...outside(context, "assets", host),
      enableCdn: true,
      compressionMode: "AUTOMATIC",
      cdnPolicy: {
        cacheMode: "CACHE_ALL_STATIC",
        defaultTtl: args.assetTtl,
        clientTtl: args.assetTtl,
        maxTtl: year,
        negativeCaching: true,
        serveWhileStale: week,
        requestCoalescing: true,
        cacheKeyPolicy: { includeHost: true, includeProtocol: false, includeQueryString: false },
      },
      securitySettings: {
        awsV4Authentication: {
          accessKeyId: hmac.accessId,
          accessKey: hmac.secret,
          accessKeyVersion: hmac.accessId,
          // Cloud Storage takes any region's name in a signature of this kind.
          originRegion: site.region,
        },
      },
      // What is cached is served without a look at the other policy.
      ...(blocked.length > 0 && { edgeSecurityPolicy: beforeCache(context).selfLink }),
    },
    { ...child, deleteBeforeReplace: true, dependsOn: granted, additionalSecretOutputs: ["securitySettings"] },
  );
}

/** The application, by the name that its certificate is for; nothing of it is kept. */
export function apiService(context: Context, api: ApiOrigin): BackendService {
  const { name, child } = context;
  return new BackendService(
    `${name}-api`,
    { ...outside(context, "api", pulumi.output(api.host)), enableCdn: false },
    { ...child, deleteBeforeReplace: true },
  );
}

/** A backend by host name: HTTPS, the origin's own Host, WAF, every request logged. */
function outside({ name, site, args, child }: Context, which: string, host: pulumi.Output<string>) {
  const { project, services } = nativeOf(site, "gcp", `Cdn "${name}"`);
  const fixed = { ...child, deleteBeforeReplace: true, dependsOn: [...services] };
  const group = new GlobalNetworkEndpointGroup(
    `${name}-${which}`,
    {
      project,
      name: physicalName(gcpNames.endpointGroup, [site.prefix, name, which]),
      description: `Origin of ${name}: ${which}`,
      networkEndpointType: "INTERNET_FQDN_PORT",
      defaultPort: 443,
    },
    fixed,
  );
  new GlobalNetworkEndpoint(
    `${name}-${which}`,
    { project, globalNetworkEndpointGroup: group.name, fqdn: host, port: 443 },
    { ...child, deleteBeforeReplace: true },
  );
  return {
    project,
    name: physicalName(gcpNames.backendService, [site.prefix, name, which]),
    description: `${site.prefix}: ${which} of ${name}`,
    loadBalancingScheme: "EXTERNAL_MANAGED",
    protocol: "HTTPS",
    backends: [{ group: group.id }],
    customRequestHeaders: [host.apply((one) => `host: ${one}`)],
    customResponseHeaders: Object.entries(securityHeaders).map(([header, value]) => `${header}: ${value}`),
    securityPolicy: args.waf.id,
    logConfig: { enable: true, sampleRate: 1 },
  };
}

/** Cloud Armor in front of the cache knows where a request comes from, and little else. */
function beforeCache({ name, site, args, child }: Context): SecurityPolicy {
  const { project } = nativeOf(site, "gcp", `Cdn "${name}"`);
  const policyName = physicalName(gcpNames.securityPolicy, [site.prefix, name, "countries"]);
  return new SecurityPolicy(
    `${name}-countries`,
    {
      project,
      name: policyName,
      description: `${site.prefix}: who gets nothing from the cache of ${name}`,
      type: "CLOUD_ARMOR_EDGE",
      rules: [...countryRules(args.waf.blockedCountries), lastRule],
      labels: labelsOf(site, policyName),
    },
    { ...child, deleteBeforeReplace: true },
  );
}
