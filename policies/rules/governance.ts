// What keeps a stack from harm by its own hand, and an organisation by its stacks'.

import { companion } from "../companion";
import {
  all,
  any,
  each,
  fail,
  filled,
  isTrue,
  noneOf,
  notApplicable,
  oneOf,
  pass,
  unknown,
  when,
  where,
} from "../judge";
import { allHeld, held } from "../landing";
import { asText, isUnknown, list, read, text } from "../read";
import { type Context, type Judge, rule, type View } from "../rule";
import { unstable } from "../stability";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, kubernetes, token } from "../tokens";

/** Standing for what people rely on: not dev, preview or staging. */
const production = ({ environment }: Context) => !["dev", "preview", "staging"].includes(environment ?? "prod");
const switches = ["deletionProtection", "deletionProtectionEnabled", "settings.deletionProtectionEnabled"];
const isReplica = ({ props }: View) =>
  read(props, "replicateSourceDb") !== undefined ||
  read(props, "masterInstanceName") !== undefined ||
  text(props, "createMode") === "Replica";
const guarded: Judge = (view, context) => {
  if (!production(context)) return notApplicable("not production");
  if (isReplica(view)) return notApplicable("a replica: its primary has the data");
  const expected = "protect, or the cloud's own deletion protection";
  if (view.protect) return pass("opts.protect", expected);
  const values = switches.map((path) => read(view.props, path));
  if (values.some((value) => asText(value).toLowerCase() === "true")) return pass("opts.protect", expected);
  return values.some(isUnknown) ? unknown("opts.protect", expected) : fail("opts.protect", expected);
};

export const protect = rule(
  "governance-protect-critical",
  aws(
    "rds.Instance, rds.Cluster, docdb.Cluster, neptune.Cluster, s3.Bucket, kms.Key, dynamodb.Table, efs.FileSystem, redshift.Cluster, opensearch.Domain",
    guarded,
  ),
  azure(
    "storage.StorageAccount, sql.Server, sql.Database, dbforpostgresql.Server, dbformysql.Server, keyvault.Vault, cosmosdb.DatabaseAccount",
    guarded,
  ),
  gcp(
    "sql.DatabaseInstance, storage.Bucket, kms.KeyRing, kms.CryptoKey, spanner.Instance, bigquery.Dataset, filestore.Instance, firestore.Database",
    guarded,
  ),
);

/** Properties by which a resource is safe, by their names. Sizes, images, counts and rotated values may be ignored. */
const security =
  /^\*$|encrypt|kms|keyVaultKey|public(ly)?access|publicNetwork|blockPublic|allowBlobPublic|policy|acl|securityGroup|ingress|egress|firewall|networkRule|ipRule|authorizedNetwork|tls|ssl|httpsOnly|certificate|logging|auditLog|deletionProtection|metadataOptions|securityContext|securityProfile|rbac|iam|permission|shielded|versioning|retention/i;
/** Named like one of them, and none: an image's tag policy is no access policy. */
const harmless =
  /^(deletionPolicy|autoscalingPolicy|updatePolicy|restartPolicy|lifecyclePolicy|evictionPolicy|imagePullPolicy)$/i;
const shown: Judge = ({ ignoreChanges }) => {
  if (ignoreChanges.length === 0) return notApplicable("nothing is ignored");
  const hidden = ignoreChanges.filter((path) => security.test(path) && !harmless.test(path));
  return hidden.length > 0
    ? hidden.map((path) => fail(`opts.ignoreChanges ${path}`, "not ignored"))
    : pass("opts.ignoreChanges", "no security property");
};

export const noHiding = rule(
  "governance-no-ignore-changes-on-security-props",
  aws("*", shown),
  azure("*", shown),
  gcp("*", shown),
  kubernetes("*", shown),
);

const steady: Judge = (view) => {
  const wrong = unstable(view);
  return wrong ? fail("", wrong) : pass("", "a stable type");
};
export const noPreview = rule(
  "governance-no-preview-or-deprecated-api",
  aws("*", steady),
  azure("*", steady),
  gcp("*", all(steady, noneOf("launchStage", ["ALPHA", "BETA", "EARLY_ACCESS", "PRELAUNCH", "DEPRECATED"]))),
  kubernetes("*", (view) => {
    const version = asText(read(view.props, "apiVersion")) || (/^kubernetes:(.*):/.exec(view.type)?.[1] ?? "");
    return /v\d+(alpha|beta)\d+$/.test(version)
      ? fail("apiVersion", "a version without alpha or beta")
      : steady(view, undefined as never);
  }),
);

const attached = companion([token("aws", "organizations.PolicyAttachment")], "policyId", () => pass(""));
const serviceControl = where("type", ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"], true);
const enforced = noneOf("enforcementMode", ["DoNotEnforce"]);
const ruled = each(
  "spec.rules",
  (at) => any(isTrue(`${at}.enforce`), filled(`${at}.values`), isTrue(`${at}.denyAll`), isTrue(`${at}.allowAll`)),
  fail("spec.rules", "rules"),
);

export const guardrails = rule(
  "governance-org-guardrails",
  awsGraph("organizations.Policy", when(serviceControl, "another kind of policy", attached)),
  awsGraph(
    "provider",
    held({
      types: [token("aws", "organizations.Policy")],
      expected: "a service control policy",
      fits: oneOf("type", ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"], "pass"),
    }),
  ),
  azure("authorization.PolicyAssignment", enforced),
  azureGraph(
    "provider",
    held({
      types: [token("azure", "authorization.PolicyAssignment")],
      expected: "a policy assignment that is enforced",
      fits: enforced,
    }),
  ),
  gcp("orgpolicy.Policy", ruled),
  gcpGraph(
    "provider",
    held({ types: [token("gcp", "orgpolicy.Policy")], expected: "an organisation policy with rules", fits: ruled }),
  ),
);

const subscribers: Judge = ({ props }) => {
  const path = "notifications";
  const found = list(props, path);
  const expected = "a notification with somebody to tell";
  if (typeof found === "symbol") return unknown(path, expected);
  const told = found.some((one) =>
    ["subscriberEmailAddresses", "subscriberSnsTopicArns"].some(
      (key) => (list(one, key) as readonly unknown[] | symbol) !== undefined && [list(one, key)].flat().length > 0,
    ),
  );
  return told ? pass(path, expected) : fail(path, expected);
};
const contacts: Judge = ({ props }) => {
  const path = "notifications";
  const held = read(props, path);
  if (isUnknown(held)) return unknown(path, "a notification");
  const entries = held && typeof held === "object" ? Object.values(held as object) : [];
  return entries.some((one) => text(one, "enabled") !== "false")
    ? pass(path, "a notification")
    : fail(path, "a notification");
};

export const budgets = rule(
  "governance-budget-and-anomaly",
  aws("budgets.Budget", subscribers),
  awsGraph(
    "costexplorer.AnomalyMonitor",
    companion([token("aws", "costexplorer.AnomalySubscription")], "monitorArnLists", () => pass("")),
  ),
  awsGraph(
    "provider",
    allHeld({
      types: [token("aws", "budgets.Budget"), token("aws", "costexplorer.AnomalyMonitor")],
      expected: "a budget, or an anomaly monitor",
    }),
  ),
  azure("consumption.Budget", contacts),
  azureGraph("provider", held({ types: [token("azure", "consumption.Budget")], expected: "a budget" })),
  gcp("billing.Budget", filled("thresholdRules", "thresholds")),
  gcpGraph("provider", held({ types: [token("gcp", "billing.Budget")], expected: "a budget" })),
);
