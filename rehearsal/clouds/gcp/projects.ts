import { each, fits, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { list, pickAll, text } from "../values";
import { deletionPolicy, preventedBy, projectOf, said } from "./common";
import { projectNumber } from "./place";

/** Services that nobody may switch: the provider's own list. */
const banned = [
  "bigquery-json.googleapis.com",
  "source.googleapis.com",
  "stackdriverprovisioning.googleapis.com",
  "dataproc-control.googleapis.com",
];

export const service: Row = {
  type: "gcp:projects/service:Service",
  // Not unique: switching on what is on already succeeds, so that stacks share a project.
  immutable: ["service", "project"],
  check: ({ inputs }) => [
    ...fits(inputs, "service", /\./, "expected a domain like serviceusage.googleapis.com"),
    ...each(
      inputs,
      "service",
      (value) => !banned.includes(said(value)),
      (value) => `${value} can't be switched on or off`,
    ),
  ],
  release: preventedBy,
  id: (moment) => `${projectOf(moment)}/${text(moment.inputs["service"])}`,
  outputs: (moment) => ({ project: projectOf(moment), ...deletionPolicy(moment) }),
  seconds: { create: 12, delete: 2, source: "estimate: 5 to 20 s each; the provider batches them" },
};

/** Agents whose domain isn't the service's own name. https://cloud.google.com/iam/docs/service-agents */
const agentDomains: Readonly<Record<string, string>> = {
  "artifactregistry.googleapis.com": "gcp-sa-artifactregistry",
  "cloudkms.googleapis.com": "gcp-sa-cloudkms",
  "compute.googleapis.com": "compute-system",
  "container.googleapis.com": "container-engine-robot",
  "memorystore.googleapis.com": "gcp-sa-memorystore",
  "pubsub.googleapis.com": "gcp-sa-pubsub",
  "redis.googleapis.com": "cloud-redis",
  "secretmanager.googleapis.com": "gcp-sa-secretmanager",
  "servicenetworking.googleapis.com": "service-networking",
  "sqladmin.googleapis.com": "gcp-sa-cloud-sql",
};

export const agentOf = (service: string, project: string): string =>
  `service-${projectNumber(project)}@${agentDomains[service] ?? `gcp-sa-${service.replace(/\..*$/, "")}`}.iam.gserviceaccount.com`;

export const serviceIdentity: Row = {
  type: "gcp:projects/serviceIdentity:ServiceIdentity",
  immutable: ["service", "project"],
  check: ({ inputs }) =>
    fits(inputs, "service", /\.googleapis\.com$/, "expected a service like sqladmin.googleapis.com"),
  id: (moment) => `projects/${projectOf(moment)}/services/${text(moment.inputs["service"])}`,
  outputs: (moment) => {
    const email = agentOf(text(moment.inputs["service"]) ?? "", projectOf(moment));
    return { project: projectOf(moment), email, member: `serviceAccount:${email}` };
  },
  seconds: { create: 4, delete: 1, source: "estimate: an operation of a few seconds; deletion only forgets" },
};

export const auditConfig: Row = {
  type: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
  // Not unique: it writes over what others have set for the service, without a word.
  immutable: ["project", "service"],
  unordered: ["auditLogConfigs", "auditLogConfigs.*.exemptedMembers"],
  check: ({ inputs }) => [
    ...fits(inputs, "service", /^(allServices|[a-z0-9-]+\.googleapis\.com)$/, "a service, or allServices"),
    ...oneOf(inputs, "auditLogConfigs.*.logType", ["ADMIN_READ", "DATA_READ", "DATA_WRITE"]),
    ...(pickAll(inputs, "auditLogConfigs.*.logType").length < list(inputs["auditLogConfigs"]).length
      ? refuse("auditLogConfigs", "every element needs a logType")
      : []),
  ],
  id: (moment) => `${text(moment.inputs["project"])}/audit_config/${text(moment.inputs["service"])}`,
  outputs: (moment) => ({
    etag: moment.old?.outputs["etag"] ?? `BwY${moment.random("etag", 8, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789")}=`,
  }),
  volatile: ["etag"],
  seconds: { create: 8, update: 8, delete: 8, source: "estimate: read, change and write of the project's policy" },
};
