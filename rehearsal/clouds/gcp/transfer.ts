import { exclusive, oneOf, refuse, someOf } from "../limits";
import type { CloudFunction, Moment, Refusal, Row } from "../row";
import { DIGITS } from "../shapes";
import { isSet, list, pick, text } from "../values";
import { deletionPolicy, kept, preventedBy, projectOf, since } from "./common";
import { projectNumber } from "./place";
import { bucketType, storageAgent } from "./storage";

const specs = ["replicationSpec", "transferSpec"] as const;
const sides = ["gcsDataSource", "gcsDataSink"] as const;
const paths = specs.flatMap((spec) => sides.map((side) => `${spec}.${side}.bucketName`));

export const transferAgent = (project: string) =>
  `project-${projectNumber(project)}@storage-transfer-service.iam.gserviceaccount.com`;

/** Roles that let the agent do its part, any of a list. https://cloud.google.com/storage-transfer/docs/cross-bucket-replication */
const needed = {
  gcsDataSource: [
    /^roles\/storage\.(admin|legacyBucketOwner)$/,
    /^roles\/storage\.(admin|objectViewer|objectUser|objectAdmin|legacyObjectReader)$/,
  ],
  gcsDataSink: [/^roles\/storage\.(admin|legacyBucketWriter|legacyBucketOwner)$/],
} as const;

/** What of the agents' rights is missing for an event-driven copy. */
function rights(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  if (!isSet(inputs["replicationSpec"])) return [];
  const agent = transferAgent(projectOf(moment));
  const held = (bucket: string) =>
    account
      .all("gcp:storage/bucketIAMMember:BucketIAMMember")
      .filter((item) => item.inputs["bucket"] === bucket && text(item.inputs["member"])?.endsWith(agent))
      .map((item) => text(item.inputs["role"]) ?? "");
  const onProject = (member: string, role: RegExp) =>
    account
      .all("gcp:projects/iAMMember:IAMMember")
      .some((item) => text(item.inputs["member"])?.endsWith(member) && role.test(text(item.inputs["role"]) ?? ""));
  const storage = storageAgent(projectOf(moment));
  return [
    ...sides.flatMap((side) => {
      const path = `replicationSpec.${side}.bucketName`;
      const bucket = text(pick(inputs, path));
      // Somebody else's bucket: of its grants nothing is known.
      if (bucket === undefined || account.find([bucketType], "name", bucket) === undefined) return [];
      return needed[side].every((role) => held(bucket).some((one) => role.test(one)))
        ? []
        : refuse(path, `Failed to obtain the location of the GCS bucket ${bucket}: grant ${agent} the roles on it`);
    }),
    ...(onProject(agent, /^roles\/(pubsub\.(editor|admin)|owner|editor)$/)
      ? []
      : refuse(
          "replicationSpec",
          `${agent} needs roles/pubsub.editor on the project to subscribe to the bucket's events`,
        )),
    ...(onProject(storage, /^roles\/(pubsub\.(publisher|editor|admin)|owner|editor)$/)
      ? []
      : refuse(
          "replicationSpec",
          `${storage} needs roles/pubsub.publisher on the project to publish the bucket's events`,
        )),
  ];
}

export const transferJob: Row = {
  type: "gcp:storage/transferJob:TransferJob",
  immutable: ["name", "project", "replicationSpec.gcsDataSource", "replicationSpec.gcsDataSink"],
  references: paths.map((path) => ({ path, to: [bucketType], by: ["name", "id"], weak: true })),
  check: ({ inputs }) => [
    ...exclusive(inputs, ...specs),
    ...someOf(inputs, ...specs),
    ...(isSet(inputs["replicationSpec"]) && isSet(inputs["name"])
      ? refuse("name", "custom names aren't supported for replication jobs")
      : []),
    ...(isSet(inputs["replicationSpec"]) && (isSet(inputs["schedule"]) || isSet(inputs["eventStream"]))
      ? refuse("schedule", "replication jobs run on events, not on a schedule")
      : []),
    ...(text(pick(inputs, "replicationSpec.gcsDataSource.bucketName")) !== undefined &&
    pick(inputs, "replicationSpec.gcsDataSource.bucketName") === pick(inputs, "replicationSpec.gcsDataSink.bucketName")
      ? refuse("replicationSpec.gcsDataSink.bucketName", "source and sink must differ")
      : []),
    ...oneOf(inputs, "loggingConfig.logActions.*", ["FIND", "DELETE", "COPY"]),
    ...oneOf(inputs, "loggingConfig.logActionStates.*", ["SUCCEEDED", "FAILED", "SKIPPED"]),
    ...(list(pick(inputs, "loggingConfig.logActions")).length > 0 &&
    list(pick(inputs, "loggingConfig.logActionStates")).length === 0
      ? refuse("loggingConfig.logActionStates", "is needed with logActions")
      : []),
  ],
  admit: (moment) => (moment.old ? [] : rights(moment)),
  release: preventedBy,
  id: (moment) => moment.old?.id ?? `${projectOf(moment)}/${moment.random("job", 20, DIGITS)}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...since(moment, "creationTime"),
    ...kept(moment, "name", () => `transferJobs/${moment.id.replace(/^.*\//, "")}`),
    project: projectOf(moment),
    status: moment.inputs["status"] ?? "ENABLED",
    deletionTime: "",
    lastModificationTime: moment.old?.outputs["lastModificationTime"] ?? moment.now,
  }),
  seconds: { create: 4, update: 4, delete: 3, source: "estimate: one API call" },
};

export const getTransferProjectServiceAccount: CloudFunction = {
  token: "gcp:storage/getTransferProjectServiceAccount:getTransferProjectServiceAccount",
  call: (args, { place }) => {
    const project = text(args["project"]) ?? place.account;
    const email = transferAgent(project);
    return {
      id: email,
      email,
      member: `serviceAccount:${email}`,
      project,
      subjectId: `1${projectNumber(project)}00000000`,
    };
  },
};
