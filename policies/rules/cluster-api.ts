// CLU, SEC: who reaches a cluster's API, who is let in, and what it keeps of secrets.

import { automatic, provided } from "../clusters";
import { all, any, fail, filled, isFalse, isTrue, notApplicable, oneOf, unknown } from "../judge";
import { allowList, holdsAll } from "../lists";
import { read } from "../read";
import { type Judge, rule } from "../rule";
import { aws, azure, gcp } from "../tokens";

const eksPrivate = isFalse("vpcConfig.endpointPublicAccess");
const eksAllowed = allowList("vpcConfig.publicAccessCidrs");
const aksPrivate = isTrue("apiServerAccessProfile.enablePrivateCluster");
const aksAllowed = allowList("apiServerAccessProfile.authorizedIPRanges");

/** The DNS endpoint is no address: Google's front end lets in who IAM lets in, as for every API of the cloud. */
const gkePrivate = any(
  isTrue("privateClusterConfig.enablePrivateEndpoint"),
  isFalse("controlPlaneEndpointsConfig.ipEndpointsConfig.enabled"),
);
/** The block without ranges lets nobody in from outside; no block lets everybody in. */
const gkeAllowed: Judge = (view, context) => {
  const path = "masterAuthorizedNetworksConfig";
  const block = read(view.props, path);
  if (typeof block === "symbol") return unknown(path, "authorised networks");
  if (block === undefined) return fail(path, "authorised networks");
  return allowList(`${path}.cidrBlocks`, "cidrBlock", "pass")(view, context);
};

export const privateEndpoint = rule(
  "cluster-private-endpoint",
  aws("eks.Cluster", all(isTrue("vpcConfig.endpointPrivateAccess"), any(eksPrivate, eksAllowed))),
  azure("containerservice.ManagedCluster", any(aksPrivate, aksAllowed)),
  gcp("container.Cluster", any(gkePrivate, gkeAllowed)),
);

/** Judges the allow-list of an endpoint that isn't private. */
const unlessPrivate =
  (closed: Judge, judge: Judge): Judge =>
  (view, context) => {
    const verdict = closed(view, context);
    const status = Array.isArray(verdict) ? "fail" : (verdict as { status: string }).status;
    if (status === "pass") return notApplicable("a private endpoint");
    return status === "unknown" ? provided(() => "unknown", "", judge)(view, context) : judge(view, context);
  };

export const apiAllowList = rule(
  "cluster-api-allowlist-not-world",
  aws("eks.Cluster", unlessPrivate(eksPrivate, eksAllowed)),
  azure("containerservice.ManagedCluster", unlessPrivate(aksPrivate, aksAllowed)),
  gcp(
    "container.Cluster",
    unlessPrivate(
      gkePrivate,
      all(gkeAllowed, isFalse("masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled", "pass")),
    ),
  ),
);

export const secretsEnvelope = rule(
  "cluster-secrets-envelope-encryption",
  aws(
    "eks.Cluster",
    all(
      holdsAll("encryptionConfig.resources", ["secrets"]),
      filled("encryptionConfig.provider.keyArn", "a customer key"),
    ),
  ),
  azure(
    "containerservice.ManagedCluster",
    all(
      isTrue("securityProfile.azureKeyVaultKms.enabled"),
      filled("securityProfile.azureKeyVaultKms.keyId", "a key of the vault"),
    ),
  ),
  gcp(
    "container.Cluster",
    all(
      oneOf("databaseEncryption.state", ["ENCRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"]),
      filled("databaseEncryption.keyName", "a Cloud KMS key"),
    ),
  ),
);

export const noLocalAccounts = rule(
  "cluster-rbac-no-local-accounts",
  aws(
    "eks.Cluster",
    all(
      oneOf("accessConfig.authenticationMode", ["API", "API_AND_CONFIG_MAP"]),
      isFalse("accessConfig.bootstrapClusterCreatorAdminPermissions"),
    ),
  ),
  azure(
    "containerservice.ManagedCluster",
    provided(
      automatic,
      "AKS Automatic has no local accounts",
      // Azure refuses Entra logins without RBAC, so an unset enableRBAC is on.
      all(isTrue("disableLocalAccounts"), isTrue("enableRBAC", "pass"), isTrue("aadProfile.managed")),
    ),
  ),
  gcp(
    "container.Cluster",
    all(
      isFalse("enableLegacyAbac", "pass"),
      isFalse("masterAuth.clientCertificateConfig.issueClientCertificate", "pass"),
      isFalse("rbacBindingConfig.enableInsecureBindingSystemAuthenticated", "pass"),
      isFalse("rbacBindingConfig.enableInsecureBindingSystemUnauthenticated", "pass"),
    ),
  ),
);
