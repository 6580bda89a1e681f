// Personal data is known, and not kept for ever.
import { companion } from "../companion";
import { all, any, equals, fail, filled, isTrue, noneOf, pass, unknown, when } from "../judge";
import { held } from "../landing";
import { asText, folded, isUnknown, list, read, text } from "../read";
import { type Context, type Judge, rule, type View } from "../rule";
import { tagOf } from "../tags";
import { aws, awsGraph, azureGraph, gcp, gcpGraph, token } from "../tokens";

/** Said by the tag data-class (pii, phi, personal) or personal-data (true). */
const classes = ["pii", "phi", "personal", "personal-data"];
const personal = (view: View): boolean | "unknown" => {
  const values = ["data-class", "data-classification", "personal-data"].map((key) => tagOf(view, key));
  if (values.some((value) => [...classes, "true", "yes"].includes(asText(value).toLowerCase()))) return true;
  return values.some(isUnknown) ? "unknown" : false;
};
const ofPersonal = (judge: Judge): Judge => when(personal, "no personal data, as far as tags tell", judge);

const macie = token("aws", "macie2.Account");
const defender = token("azure", "security.DefenderForStorage");
const pricing = token("azure", "security.Pricing");
const discovery = token("gcp", "dataloss.PreventionDiscoveryConfig");
const on = noneOf("status", ["PAUSED"]);
const runs = equals("status", "RUNNING");
/** Where the stack has nothing of it, another one may: a finding only in a landing zone. */
const whereKnown = (types: readonly string[], judge: Judge): Judge =>
  when(
    (_view, { graph, settings }: Context) => settings.landingZone || graph.ofType(...types).length > 0,
    "discovery may be another stack's",
    judge,
  );
const some =
  (types: readonly string[], expected: string, fits: Judge): Judge =>
  (view, context) =>
    held({ types, expected, fits })(view, { ...context, settings: { ...context.settings, landingZone: true } });
const storagePlan: Judge = ({ props }) => {
  const extensions = list(props, "extensions");
  const expected = "the extension SensitiveDataDiscovery";
  if (folded(props, "pricingName") !== "storageaccounts") return fail("pricingName", "StorageAccounts");
  if (typeof extensions === "symbol") return unknown("extensions", expected);
  const found = extensions.some(
    (one) => text(one, "name") === "SensitiveDataDiscovery" && folded(one, "isEnabled") === "true",
  );
  return found ? pass("extensions") : fail("extensions", expected);
};

export const dataDiscovery = rule(
  "privacy-sensitive-data-discovery",
  aws("macie2.Account", on),
  awsGraph("s3.Bucket", ofPersonal(whereKnown([macie], some([macie], "Macie, enabled", on)))),
  azureGraph(
    "storage.StorageAccount",
    ofPersonal(
      whereKnown(
        [defender, pricing],
        any(
          companion([defender], "resourceId", isTrue("properties.sensitiveDataDiscovery.isEnabled")),
          some([pricing], "Defender for Storage with SensitiveDataDiscovery", storagePlan),
        ),
      ),
    ),
  ),
  gcp("dataloss.PreventionDiscoveryConfig", all(runs, filled("targets", "what is searched"))),
  gcpGraph(
    "storage.Bucket, bigquery.Dataset",
    ofPersonal(whereKnown([discovery], some([discovery], "a discovery that runs", runs))),
  ),
);

const expires: Judge = ({ props }) => {
  const rules = list(props, "rules");
  const expected = "an enabled rule with an expiration";
  if (typeof rules === "symbol") return unknown("rules", expected);
  const ends = (one: unknown) => ["days", "date"].some((key) => read(one, `expiration.${key}`) !== undefined);
  const live = rules.filter((one) => text(one, "status") !== "Disabled");
  if (live.some(ends)) return pass("rules", expected);
  return rules.some((one) => isUnknown(one) || isUnknown(read(one, "expiration")))
    ? unknown("rules", expected)
    : fail("rules", expected);
};
const deletes: Judge = ({ props }) => {
  const rules = list(props, "policy.rules");
  const expected = "an enabled rule that deletes base blobs";
  if (typeof rules === "symbol") return unknown("policy.rules", expected);
  const found = rules.some(
    (one) => folded(one, "enabled") !== "false" && read(one, "definition.actions.baseBlob.delete") !== undefined,
  );
  return found ? pass("policy.rules", expected) : fail("policy.rules", expected);
};
const lifecycle: Judge = ({ props }) => {
  const rules = list(props, "lifecycleRules");
  const expected = "a rule that deletes";
  if (typeof rules === "symbol") return unknown("lifecycleRules", expected);
  // A rule for older versions alone leaves the object itself for ever.
  const ends = (one: unknown) =>
    text(one, "action.type") === "Delete" &&
    ["age", "createdBefore", "customTimeBefore", "daysSinceCustomTime"].some(
      (key) => read(one, `condition.${key}`) !== undefined,
    ) &&
    !["ARCHIVED"].includes(text(one, "condition.withState"));
  return rules.some(ends) ? pass("lifecycleRules", expected) : fail("lifecycleRules", expected);
};

export const retentionLimits = rule(
  "privacy-retention-limits",
  awsGraph("s3.Bucket", ofPersonal(companion([token("aws", "s3.BucketLifecycleConfiguration")], "bucket", expires))),
  aws("dynamodb.Table", ofPersonal(isTrue("ttl.enabled"))),
  azureGraph(
    "storage.StorageAccount",
    ofPersonal(companion([token("azure", "storage.ManagementPolicy")], "accountName", deletes)),
  ),
  gcp("storage.Bucket", ofPersonal(lifecycle)),
  gcp(
    "bigquery.Dataset",
    ofPersonal(any(filled("defaultTableExpirationMs", "an end"), filled("defaultPartitionExpirationMs", "an end"))),
  ),
);
