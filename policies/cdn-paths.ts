// How requests reach what a CDN hands on: URL maps, backends with a cache, origins that keep objects.
import type { Graph } from "./graph";
import { fail, notApplicable, pass } from "./judge";
import { isUnknown, list, read, text } from "./read";
import type { Judge, View } from "./rule";
import { token } from "./tokens";

const bucketBackend = token("gcp", "compute.BackendBucket");
const services = [token("gcp", "compute.BackendService"), token("gcp", "compute.RegionBackendService")];
const maps = [token("gcp", "compute.URLMap"), token("gcp", "compute.RegionUrlMap")];

export const isCached = (backend: View): boolean =>
  backend.type === bucketBackend || text(backend.props, "enableCdn") === "true";

/** A rule on what the CDN fetches; a service without a cache is a balancer's affair. */
export const whereCached =
  (judge: Judge): Judge =>
  (view, context) =>
    isCached(view) || isUnknown(read(view.props, "enableCdn"))
      ? judge(view, context)
      : notApplicable("no CDN in front of it");

/** The map of a proxy, when it is made here. */
export const mapOf = (graph: Graph, proxy: View): View | undefined => graph.targets(proxy, "urlMap", maps).sure[0];

/** Backends that a map hands requests to by default, or for paths. */
export function backendsOf(graph: Graph, map: View): readonly View[] {
  const matchers = list(map.props, "pathMatchers");
  const paths = typeof matchers === "symbol" ? [] : matchers.map((_, index) => `pathMatchers.${index}.defaultService`);
  return ["defaultService", ...paths].flatMap((path) => graph.targets(map, path, [bucketBackend, ...services]).sure);
}

/** Does a map only send callers to HTTPS? */
export const redirects = (map: View): boolean | "unknown" => {
  const value = read(map.props, "defaultUrlRedirect.httpsRedirect");
  return isUnknown(value) ? "unknown" : text(map.props, "defaultUrlRedirect.httpsRedirect") === "true";
};

/** CloudFront fetches from S3 where an origin has no configuration of its own, or names S3 itself. */
export const s3Name = /\.s3[.-][^/]*amazonaws\.com(\.cn)?$/i;
export const websiteName = /\.s3-website[.-]/i;
export const functionName = /\.lambda-url\.[^.]+\.on\.aws$/i;
export const fromS3 = (origin: unknown): boolean =>
  s3Name.test(text(origin, "domainName")) ||
  (read(origin, "customOriginConfig") === undefined &&
    read(origin, "vpcOriginConfig") === undefined &&
    read(origin, "customOriginConfigs.0") === undefined);

/** Google's own network leads to Cloud Run and the like, and encrypts; the protocol of such a backend says nothing. */
export const serverless: Judge = (view, { graph }) => {
  const backends = list(view.props, "backends");
  const types = [token("gcp", "compute.RegionNetworkEndpointGroup")];
  const groups =
    typeof backends === "symbol"
      ? []
      : backends.map((_, index) => graph.targets(view, `backends.${index}.group`, types).sure);
  const all =
    groups.length > 0 &&
    groups.every(
      (some) =>
        some.length > 0 && some.every(({ props }) => text(props, "networkEndpointType") !== "PRIVATE_SERVICE_CONNECT"),
    );
  return all ? pass("protocol", "a serverless backend") : fail("protocol", "HTTPS, HTTP2 or GRPC");
};
