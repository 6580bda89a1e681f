// CLU-14, CLU-15: images are scanned, can't be swapped, are encrypted and private, and old ones go.

import { companion } from "../companion";
import { document } from "../documents";
import { letsAnyoneIn } from "../iam";
import {
  all,
  any,
  each,
  equals,
  fail,
  filled,
  isFalse,
  isTrue,
  noneOf,
  notApplicable,
  oneOf,
  pass,
  unknown,
} from "../judge";
import { publicMembers } from "../members";
import { publicBindings } from "../public-bindings";
import { asText, isUnknown, list, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, token } from "../tokens";

/** `prod/*`; a filter without a star matches anywhere in the name. */
function covers(filter: string, name: unknown): boolean {
  if (filter === "*") return true;
  if (typeof name !== "string") return false;
  if (!filter.includes("*")) return name.includes(filter);
  const pattern = filter.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`).test(name);
}

/** The registry's own configuration scans this repository, whatever the repository says. */
function isScannedAnyway(view: View, configuration: View): boolean | "unknown" {
  const rules = list(configuration.props, "rules");
  if (typeof rules === "symbol") return "unknown";
  return rules.some((one) => {
    const filters = list(one, "repositoryFilters");
    const frequent = ["SCAN_ON_PUSH", "CONTINUOUS_SCAN"].includes(text(one, "scanFrequency"));
    const name = read(view.props, "name") ?? view.name;
    return frequent && typeof filters !== "symbol" && filters.some((filter) => covers(text(filter, "filter"), name));
  });
}

const ecrScan: Judge = (view, context) => {
  const path = "imageScanningConfiguration.scanOnPush";
  const answers = context.graph
    .ofType(token("aws", "ecr.RegistryScanningConfiguration"))
    .map((one) => isScannedAnyway(view, one));
  if (answers.includes(true)) return pass(path, "scanned by the registry's configuration");
  const own = isTrue(path)(view, context) as { status: string };
  return own.status === "fail" && answers.includes("unknown") ? unknown(path, "true") : isTrue(path)(view, context);
};

const isContainers = ({ props }: View) => ["Containers", "ContainerRegistry"].includes(text(props, "pricingName"));

/** One plan a subscription; looked for where the stack sets plans, or is a landing zone. */
const defenderScan: Judge = (_, { graph, settings }) => {
  const expected = "a security.Pricing Containers of tier Standard";
  const plans = graph.ofType(token("azure", "security.Pricing"));
  if (plans.length === 0 && !settings.landingZone)
    return notApplicable("plans are set for the subscription, in another stack");
  const tiers = plans.filter(isContainers).map(({ props }) => read(props, "pricingTier"));
  if (tiers.includes("Standard")) return pass("", expected);
  return tiers.some(isUnknown) ? unknown("", expected) : fail("", expected);
};

const scanner = "containerscanning.googleapis.com";
/** The API scans what comes in. Looked for where the stack switches APIs on. */
const apiScan: Judge = (view, { graph, settings }) => {
  const path = "vulnerabilityScanningConfig.enablementConfig";
  const expected = `not DISABLED, with the projects.Service ${scanner}`;
  if (asText(read(view.props, path)) === "DISABLED") return fail(path, expected);
  const services = graph.ofType(token("gcp", "projects.Service")).map(({ props }) => read(props, "service"));
  if (services.includes(scanner))
    return isUnknown(read(view.props, path)) ? unknown(path, expected) : pass(path, expected);
  if (services.some(isUnknown)) return unknown("", expected);
  return services.length === 0 && !settings.landingZone
    ? notApplicable("APIs are switched on in another stack")
    : fail(path, expected);
};

export const scanOnPush = rule(
  "registry-scan-on-push",
  awsGraph("ecr.Repository", ecrScan),
  azureGraph("containerregistry.Registry", defenderScan),
  azure("security.Pricing", (view, context) =>
    isContainers(view) ? equals("pricingTier", "Standard")(view, context) : notApplicable("another plan"),
  ),
  gcpGraph("artifactregistry.Repository", apiScan),
);

/** Repositories that hold images themselves; a virtual or remote one hands on what others hold. */
const ownImages =
  (judge: Judge): Judge =>
  (view, context) => {
    const format = text(view.props, "format");
    const mode = text(view.props, "mode");
    if (format !== "" && format.toUpperCase() !== "DOCKER") return notApplicable("no repository of images");
    if (mode !== "" && mode !== "STANDARD_REPOSITORY") return notApplicable("it hands on what others hold");
    return judge(view, context);
  };

const enabled = (policy: string) => equals(`policies.${policy}.status`, "enabled");

export const immutableTags = rule(
  "registry-immutable-tags",
  aws("ecr.Repository", oneOf("imageTagMutability", ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"])),
  // Azure locks tags one by one, by token; what a registry can do is to keep the image that lost its tag.
  azure("containerregistry.Registry", any(enabled("retentionPolicy"), enabled("softDeletePolicy"))),
  gcp("artifactregistry.Repository", ownImages(isTrue("dockerConfig.immutableTags"))),
);

export const cmk = rule(
  "registry-cmk",
  aws(
    "ecr.Repository",
    each(
      "encryptionConfigurations",
      (at) => all(oneOf(`${at}.encryptionType`, ["KMS", "KMS_DSSE"]), filled(`${at}.kmsKey`, "a customer key")),
      fail("encryptionConfigurations", "encryptionType KMS with a customer key"),
    ),
  ),
  azure(
    "containerregistry.Registry",
    all(
      equals("encryption.status", "enabled"),
      filled("encryption.keyVaultProperties.keyIdentifier", "a key of the vault"),
    ),
  ),
  gcp("artifactregistry.Repository", filled("kmsKeyName", "a Cloud KMS key")),
);

export const notPublic = rule(
  "registry-not-public",
  aws("ecr.RepositoryPolicy, ecr.RegistryPolicy", document("policy", "named principals", letsAnyoneIn)),
  aws("ecrpublic.Repository", () => fail("", "a private repository (ecr.Repository)")),
  azure(
    "containerregistry.Registry",
    all(
      isFalse("adminUserEnabled", "pass"),
      isFalse("anonymousPullEnabled", "pass"),
      any(equals("publicNetworkAccess", "Disabled"), equals("networkRuleSet.defaultAction", "Deny")),
    ),
  ),
  gcp("artifactregistry.RepositoryIamMember, artifactregistry.RepositoryIamBinding", publicMembers),
  gcp("artifactregistry.RepositoryIamPolicy", publicBindings("policyData")),
);

export const lifecycle = rule(
  "registry-lifecycle-and-quarantine",
  awsGraph(
    "ecr.Repository",
    companion([token("aws", "ecr.LifecyclePolicy")], "repository", filled("policy", "a rule")),
  ),
  azure(
    "containerregistry.Registry",
    any(enabled("quarantinePolicy"), enabled("trustPolicy"), enabled("retentionPolicy")),
  ),
  gcp("artifactregistry.Repository", (view, context) =>
    text(view.props, "mode") === "VIRTUAL_REPOSITORY"
      ? notApplicable("it hands on what others hold")
      : all(filled("cleanupPolicies", "a policy"), noneOf("cleanupPolicyDryRun", ["true"]))(view, context),
  ),
);
