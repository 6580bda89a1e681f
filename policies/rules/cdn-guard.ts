// CDN, NET: origins that are reached through the edge alone, a firewall and a log at the edge.

import { fromS3, functionName, websiteName, whereCached } from "../cdn-paths";
import { auditGroup, collected } from "../diagnostic-logs";
import { all, any, each, fail, filled, isTrue, notApplicable, pass, unknown } from "../judge";
import { isUnknown, list, read, text } from "../read";
import { type Judge, rule } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

const distributions = "cloudfront.Distribution, cloudfront.MultitenantDistribution";

const privateOrigin =
  (at: string): Judge =>
  (view, context) => {
    const origin = read(view.props, at);
    if (isUnknown(origin)) return unknown(at, "an origin access control");
    const name = text(origin, "domainName");
    if (websiteName.test(name)) return fail(`${at}.domainName`, "the bucket itself: its website is public");
    if (!fromS3(origin) && !functionName.test(name)) return notApplicable("no origin that could be closed to others");
    return any(
      filled(`${at}.originAccessControlId`, "an OriginAccessControl"),
      // The older kind; as private, but without SSE-KMS.
      filled(`${at}.s3OriginConfig.originAccessIdentity`, "an access identity"),
    )(view, context);
  };

/** Services of Azure that Front Door reaches over Private Link. */
const linkable =
  /\.(core\.windows\.net|azurewebsites\.net|azurecontainerapps\.io|azure-api\.net|storage\.azure\.net)$/i;

const everyone = ["allUsers", "allAuthenticatedUsers"];
const grants = ["BucketIAMMember", "BucketIAMBinding"].map((one) => token("gcp", `storage.${one}`));

const closedBucket: Judge = (view, { graph }) => {
  const expected = "a bucket that isn't open to everybody: the CDN's own account reads it";
  const buckets = graph.targets(view, "bucketName", [token("gcp", "storage.Bucket")]).sure;
  const members = buckets
    .flatMap((bucket) => graph.companions(bucket, grants, "bucket").sure)
    .flatMap(({ props }) => [read(props, "member"), list(props, "members")].flat());
  return members.some((one) => everyone.includes(one as string))
    ? fail("bucketName", expected)
    : pass("bucketName", expected);
};

export const originAccess = rule(
  "cdn-origin-access-control",
  aws(distributions, each("origins", privateOrigin)),
  azure("cdn.AFDOrigin", (view, context) => {
    const host = read(view.props, "hostName");
    if (text(view.props, "enabledState") === "Disabled") return notApplicable("switched off");
    const own = filled("sharedPrivateLinkResource", "a private link to it");
    if (read(view.props, "azureOrigin") !== undefined || isUnknown(host) || linkable.test(text(view.props, "hostName")))
      return own(view, context);
    return notApplicable("no service that Front Door reaches over Private Link");
  }),
  gcpGraph("compute.BackendBucket", all(filled("edgeSecurityPolicy", "an edge security policy"), closedBucket)),
);

const securityPolicy = token("azure", "cdn.SecurityPolicy");
const associations = "parameters.associations";

/** A security policy of the profile names the endpoint or domain among its associations. */
const associated: Judge = (view, { graph }) => {
  const expected = "a SecurityPolicy that names it";
  const answers = graph.ofType(securityPolicy).flatMap((policy) => {
    const found = list(policy.props, associations);
    if (typeof found === "symbol") return [graph.names(policy, associations, view)];
    return found.flatMap((one, index) => {
      const domains = list(one, "domains");
      if (typeof domains === "symbol") return [graph.names(policy, `${associations}.${index}.domains`, view)];
      return domains.map((_, at) => graph.names(policy, `${associations}.${index}.domains.${at}.id`, view));
    });
  });
  if (answers.includes(true)) return pass("", expected);
  return answers.includes("unknown") ? unknown("", expected) : fail("", expected);
};

/** Endpoints whose routes all leave the default name aside are reached by their custom domains alone. */
const reachedByName: Judge = (view, context) => {
  const routes = context.graph.companions(view, [token("azure", "cdn.Route")], "endpointName").sure;
  const silent = routes.length > 0 && routes.every(({ props }) => text(props, "linkToDefaultDomain") === "Disabled");
  return silent ? notApplicable("no route answers to its own name") : associated(view, context);
};

export const wafAttached = rule(
  "cdn-waf-attached",
  aws(distributions, filled("webAclId", "a web ACL")),
  azureGraph("cdn.AFDEndpoint", reachedByName),
  azureGraph("cdn.AFDCustomDomain", associated),
  azure("cdn.Endpoint", filled("webApplicationFirewallPolicyLink", "a firewall policy")),
  gcp(
    "compute.BackendService, compute.BackendBucket",
    whereCached(
      any(filled("securityPolicy", "a security policy"), filled("edgeSecurityPolicy", "an edge security policy")),
    ),
  ),
);

const delivered: Judge = (view, { graph }) => {
  const expected = "loggingConfig, or a LogDeliverySource of it";
  if (read(view.props, "loggingConfig.bucket") !== undefined) return pass("loggingConfig", expected);
  if (isUnknown(read(view.props, "defaultCacheBehavior"))) return unknown("loggingConfig", expected);
  // A reference to what the same stack makes isn't known in a preview, and is one.
  if (read(view.props, "defaultCacheBehavior.realtimeLogConfigArn") !== undefined)
    return pass("loggingConfig", expected);
  const { sure, maybe } = graph.companions(view, [token("aws", "cloudwatch.LogDeliverySource")], "resourceArn");
  if (sure.length > 0) return pass("loggingConfig", expected);
  return maybe.length > 0 ? unknown("loggingConfig", expected) : fail("loggingConfig", expected);
};

/** Front Door's profiles, and the classic CDN's. */
const accessLogs = collected(["FrontDoorAccessLog", "AzureCdnAccessLog", auditGroup]);

export const accessLogging = rule(
  "cdn-access-logging",
  awsGraph("cloudfront.Distribution, cloudfront.MultitenantDistribution", delivered),
  azureGraph("cdn.Profile", accessLogs),
  gcp("compute.BackendService", whereCached(isTrue("logConfig.enable"))),
);
