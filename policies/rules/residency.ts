// DR-02, COMP-01: where things are, which services are used, and where copies go. All by settings; silent without them.
import { fail, notApplicable, pass, unknown, worst } from "../judge";
import { regionOf } from "../landing";
import { asText, folded, isUnknown, join, list, read, text } from "../read";
import { pairOf, placed } from "../regions";
import { type Context, type Judge, rule, type Verdict, type View } from "../rule";
import { anyOf, aws, awsGraph, azure, gcp, token } from "../tokens";

const off = (context: Context) => context.settings.allowedRegions.length === 0;
const unasked = notApplicable("allowedRegions isn't set");

/** The first of these properties that is set. */
const first =
  (...paths: readonly string[]): Judge =>
  ({ props }, context) => {
    if (off(context)) return unasked;
    const path = paths.find((one) => read(props, one) !== undefined);
    return path === undefined ? notApplicable("no place of its own") : placed(read(props, path), path, context);
  };

export const allowedRegions = rule(
  "residency-allowed-regions",
  aws("provider", ({ props }, context) => {
    if (off(context)) return unasked;
    const region = read(props, "region");
    return region === undefined
      ? fail("region", `one of ${context.settings.allowedRegions.join(", ")}`)
      : placed(region, "region", context);
  }),
  aws("*", first("region")),
  azure("provider", first("location")),
  azure("*", first("location")),
  gcp("provider", first("region", "zone")),
  gcp("*", first("location", "region", "zone")),
);

/** `aws:s3/*` takes `aws:s3/bucket:Bucket`; a version in an Azure token counts for nothing. */
const isAllowed = (pattern: string, type: string) =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "i").test(type);
const approved: Judge = (view, { settings }) => {
  const allowed = settings.allowedServices;
  if (allowed.length === 0) return notApplicable("allowedServices isn't set");
  // A list for one cloud says nothing of the others.
  const own = allowed.filter((one) => anyOf(one) === anyOf(view.type));
  if (own.length === 0) return notApplicable("allowedServices names nothing of this cloud");
  return own.some((one) => isAllowed(one, view.type))
    ? pass("", "an allowed service")
    : fail("", "a service of allowedServices");
};

export const allowedServices = rule(
  "residency-allowed-services",
  aws("*", approved),
  azure("*", approved),
  gcp("*", approved),
);

const bucketType = token("aws", "s3.Bucket");
/** A bucket's ARN has no region: the bucket has to be in the stack. */
function destination(view: View, index: number, context: Context): Verdict {
  const path = `rules.${index}.destination.bucket`;
  const { sure } = context.graph.targets(view, path, [bucketType]);
  const places = sure.map(regionOf);
  if (sure.length === 0) return unknown(path, "a bucket of the stack, so that its region is known");
  const verdict = worst(
    places.map((one) => (one === undefined ? unknown(path, "a bucket with a region") : placed(one, path, context))),
  );
  return { ...verdict, path };
}
const replicas: Judge = (view, context) => {
  if (off(context)) return unasked;
  const rules = list(view.props, "rules");
  if (typeof rules === "symbol") return unknown("rules", "destinations in allowed regions");
  return rules.length === 0 ? pass("rules") : rules.map((_, index) => destination(view, index, context));
};
/** Regions in a list. */
const inEach =
  (path: string, key: string): Judge =>
  ({ props }, context) => {
    if (off(context)) return unasked;
    const found = list(props, path);
    if (typeof found === "symbol") return unknown(path, "allowed regions");
    return found.length === 0
      ? pass(path)
      : found.map((one, index) => placed(key === "" ? one : read(one, key), join(path, index, key), context));
  };
/** Two lists, one in each rule. */
const ecr: Judge = (view, context) => {
  const path = "replicationConfiguration.rules";
  const rules = list(view.props, path);
  if (off(context)) return unasked;
  if (typeof rules === "symbol") return unknown(path, "allowed regions");
  return rules.flatMap((_, index) => [inEach(join(path, index, "destinations"), "region")(view, context)].flat());
};
const copies: Judge = ({ props }, context) => {
  if (off(context)) return unasked;
  const rules = list(props, "rules");
  if (typeof rules === "symbol") return unknown("rules", "copies in allowed regions");
  const verdicts = rules.flatMap((one, index): readonly Verdict[] => {
    const path = join("rules", index, "copyActions");
    const actions = list(one, "copyActions");
    if (typeof actions === "symbol") return [unknown(path, "copies in allowed regions")];
    return actions.map((action, at) => {
      const arn = read(action, "destinationVaultArn");
      const region = isUnknown(arn) ? arn : asText(arn).split(":")[3];
      return placed(region, join(path, at, "destinationVaultArn"), context);
    });
  });
  return verdicts.length > 0 ? verdicts : pass("rules");
};

/** Geo-redundant storage goes to the region's pair. */
const redundancy: Judge = ({ props }, context) => {
  if (off(context)) return unasked;
  const path = "sku.name";
  const sku = read(props, path);
  const location = read(props, "location");
  if (isUnknown(sku)) return unknown(path, "a pair among the allowed regions");
  if (!/grs|gzrs/i.test(asText(sku))) return pass(path, "no copy elsewhere");
  if (location === undefined || isUnknown(location)) return unknown(path, "a pair among the allowed regions");
  const pair = pairOf(asText(location));
  return pair === undefined ? unknown(path, "a region whose pair is known") : placed(pair, path, context);
};

/** A multi-region is all its continent; a pair names its two. */
const bucket: Judge = (view, context) => {
  if (off(context)) return unasked;
  const own = inEach("customPlacementConfig.dataLocations", "")(view, context);
  if (read(view.props, "customPlacementConfig.dataLocations") !== undefined) return own;
  const location = read(view.props, "location");
  if (location === undefined) return fail("location", "set: the default is the multi-region US");
  return placed(
    /^(nam4|eur\d|asia1)$/.test(folded(view.props, "location")) ? text(view.props, "location") : location,
    "location",
    context,
  );
};

export const replicationStays = rule(
  "residency-replication-stays-in-boundary",
  awsGraph("s3.BucketReplicationConfig", replicas),
  aws("dynamodb.Table", inEach("replicas", "regionName")),
  aws("secretsmanager.Secret", inEach("replicas", "region")),
  aws("ecr.ReplicationConfiguration", ecr),
  aws("backup.Plan", copies),
  azure("storage.StorageAccount", redundancy),
  azure("cosmosdb.DatabaseAccount", inEach("locations", "locationName")),
  gcp("storage.Bucket", bucket),
  gcp("secretmanager.Secret", inEach("replication.userManaged.replicas", "location")),
);
