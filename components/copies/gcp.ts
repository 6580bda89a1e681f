import { WorkloadIdentityPool, WorkloadIdentityPoolProvider } from "@pulumi/gcp/iam";
import { BucketIAMMember } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import type { NamingRule } from "../naming/rule";
import { nativeOf } from "../site";
import { freshName } from "../site/gcp-names";
import { type TargetContext, type Trust, tokenFile } from "./target";

const poolName: NamingRule = {
  min: 4,
  max: 32,
  alphabet: "a-z0-9-",
  first: "a-z",
  last: "a-z0-9",
  scope: "account",
  source: "https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/create",
};

/** A principal of its own for this service account of this cluster, by the cluster's own tokens; no Google account is made (SEC-10). */
export function trust({ name, target, bucket, copier, child }: TargetContext): Trust {
  const { site } = target;
  const { project, services } = nativeOf(site, "gcp", "Copies");
  const label = `${name}-target`;
  // A deleted pool keeps its name for 30 days. https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers
  const poolId = freshName(label, poolName, [site.prefix, name], {}, child);
  const pool = new WorkloadIdentityPool(
    label,
    {
      project,
      workloadIdentityPoolId: poolId,
      displayName: "Copies from another cloud",
      description: `Jobs that add to the backups of ${site.prefix}`,
    },
    { ...child, dependsOn: [...services] },
  );
  const audience = pulumi.interpolate`trifold/${poolId}`;
  const provider = new WorkloadIdentityPoolProvider(
    label,
    {
      project,
      workloadIdentityPoolId: pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: "cluster",
      displayName: "The cluster that copies",
      attributeMapping: { "google.subject": "assertion.sub" },
      attributeCondition: `assertion.sub == "${copier.subject}"`,
      oidc: { issuerUri: copier.issuer, allowedAudiences: [audience] },
    },
    child,
  );
  const principal = pulumi.interpolate`principal://iam.googleapis.com/${pool.name}/subject/${copier.subject}`;
  const grant = new BucketIAMMember(
    label,
    { bucket: bucket.name, role: "roles/storage.objectCreator", member: principal },
    child,
  );
  return {
    audience,
    env: { CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE: "/scripts/google.json" },
    files: {
      "google.json": pulumi.jsonStringify({
        type: "external_account",
        audience: pulumi.interpolate`//iam.googleapis.com/${provider.name}`,
        subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
        token_url: "https://sts.googleapis.com/v1/token",
        credential_source: { file: tokenFile },
      }),
    },
    identity: principal,
    ready: [provider, grant],
  };
}
