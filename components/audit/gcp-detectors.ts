/** Something in the project's logs that somebody should know of. */
export interface Detector {
  readonly what: string;
  /** https://cloud.google.com/logging/docs/view/logging-query-language */
  readonly filter: string;
  /** Monitored resource that the entries are of: an alert looks at one kind. */
  readonly resource: string;
  readonly severity: "CRITICAL" | "ERROR" | "WARNING";
  /** What to do, for whoever is woken. */
  readonly remedy: string;
}

const activity = 'log_id("cloudaudit.googleapis.com/activity")';
const called = (resource: string, methods: string) =>
  `${activity} AND resource.type="${resource}" AND protoPayload.methodName=~"${methods}"`;

/**
 * The project's own detectors. Event Threat Detection belongs to the organisation's Security Command Center, which a
 * stack of one project can neither switch on nor rely on; these work in every project.
 */
export const detectors: Readonly<Record<string, Detector>> = {
  ownership: {
    what: "Ownership of the project was given or taken",
    filter: `${activity} AND resource.type="project" AND protoPayload.serviceData.policyDelta.bindingDeltas.role="roles/owner"`,
    resource: "project",
    severity: "CRITICAL",
    remedy: "Find who did it (`protoPayload.authenticationInfo`), and take the role away again unless it was planned.",
  },
  "audit-settings": {
    what: "Audit logging was changed",
    filter: `${activity} AND resource.type="project" AND protoPayload.methodName="SetIamPolicy" AND protoPayload.serviceData.policyDelta.auditConfigDeltas:*`,
    resource: "project",
    severity: "CRITICAL",
    remedy:
      "Run `pulumi preview --refresh`: the stack says what audit logging has to be, and `pulumi up` puts it back.",
  },
  "log-sinks": {
    what: "A log sink was changed or deleted",
    filter: called("logging_sink", "google\\.logging\\.v2\\.ConfigServiceV2\\.(Update|Delete)Sink"),
    resource: "logging_sink",
    severity: "ERROR",
    remedy:
      "Check that audit logs still arrive in their locked bucket, and put the sink back with `pulumi up --refresh`.",
  },
  "custom-roles": {
    what: "A custom role was made, changed or deleted",
    filter: called("iam_role", "google\\.iam\\.admin\\.v1\\.(Create|Update|Delete|Undelete)Role"),
    resource: "iam_role",
    severity: "WARNING",
    remedy: "Read the role's permissions; this platform uses none.",
  },
  "service-account-keys": {
    what: "A long-lived key of a service account was made",
    filter: called("service_account", "google\\.iam\\.admin\\.v1\\.(CreateServiceAccountKey|UploadServiceAccountKey)"),
    resource: "service_account",
    severity: "CRITICAL",
    remedy: "Delete the key: workloads and pipelines log in by federation (SEC-10).",
  },
  "firewall-rules": {
    what: "A firewall rule was made, changed or deleted",
    filter: called("gce_firewall_rule", "compute\\.firewalls\\.(insert|patch|update|delete)"),
    resource: "gce_firewall_rule",
    severity: "WARNING",
    remedy:
      "Compare it with the stack: GKE makes rules of its own (gke-, k8s-), everything else comes from `pulumi up`.",
  },
  routes: {
    what: "A route was made or deleted",
    filter: called("gce_route", "compute\\.routes\\.(insert|delete)"),
    resource: "gce_route",
    severity: "WARNING",
    remedy: "Compare it with the stack's routes.",
  },
  networks: {
    what: "A network or its peerings were changed",
    filter: called("gce_network", "compute\\.networks\\.(insert|patch|delete|removePeering|addPeering|updatePeering)"),
    resource: "gce_network",
    severity: "WARNING",
    remedy: "Check that nothing new is connected to the network.",
  },
  "bucket-rights": {
    what: "Rights on a bucket were changed",
    filter: called("gcs_bucket", "storage\\.setIamPermissions"),
    resource: "gcs_bucket",
    severity: "WARNING",
    remedy: "Compare the bucket's policy with the stack's grants.",
  },
  "database-settings": {
    what: "Settings of a database instance were changed",
    filter: called("cloudsql_database", "cloudsql\\.instances\\.(update|patch|delete)"),
    resource: "cloudsql_database",
    severity: "WARNING",
    remedy: "Compare the instance with the stack by `pulumi preview --refresh`.",
  },
  "key-destruction": {
    what: "A version of a key is to be destroyed or was disabled",
    filter: `${activity} AND protoPayload.serviceName="cloudkms.googleapis.com" AND protoPayload.methodName=~"(DestroyCryptoKeyVersion|UpdateCryptoKeyVersion)"`,
    resource: "cloudkms_cryptokeyversion",
    severity: "CRITICAL",
    remedy:
      "Restore the version (`gcloud kms keys versions restore`) within the deletion window, or what it encrypts is lost.",
  },
};
