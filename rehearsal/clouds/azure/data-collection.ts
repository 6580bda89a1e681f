// Rules that say what Azure Monitor's agents collect, and what they are bound to.
import { each, fits, long, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { isSet, object, pick, text, texts } from "../values";
import { arm, etag, extension, identityOutput, objectsAt, systemData } from "./arm";
import { userAssignedIdentity } from "./identity";
import { token } from "./types";

const rule = token("monitor:DataCollectionRule");
const workspace = token("operationalinsights:Workspace");

const ruleRow = arm({
  name: "monitor:DataCollectionRule",
  api: "2024-03-11",
  namespace: "Microsoft.Insights",
  path: [["dataCollectionRules", "dataCollectionRuleName"]],
  own: {
    pattern: /^[a-zA-Z0-9]([\w.-]{0,62}[\w])?$/,
    rule: "1 to 64 letters, digits, _ . and -, beginning with a letter or digit",
  },
  location: "replaces",
  taggable: true,
  references: [{ path: "destinations.logAnalytics.*.workspaceResourceId", to: [workspace], weak: true }],
  check: ({ inputs }) => {
    const names = objectsAt(inputs, "destinations.logAnalytics.*").map(({ value }) => text(value["name"]) ?? "");
    return [
      ...oneOf(inputs, "kind", ["Linux", "Windows", "Direct", "AgentDirectToStore", "WorkspaceTransforms"]),
      ...(isSet(inputs["dataSources"]) && !isSet(inputs["dataFlows"])
        ? refuse("dataFlows", "InvalidPayload: data sources need data flows.")
        : []),
      ...long(inputs, "dataSources.extensions", 0, 100),
      ...each(
        inputs,
        "dataFlows.*.destinations.*",
        (value) => names.includes(text(value) ?? "") || !isSet(pick(inputs, "destinations.logAnalytics")),
        (value) => `InvalidDestination: data flow names ${value}, which isn't among the destinations.`,
      ),
      ...(new Set(names).size < names.length ? refuse("destinations", "InvalidPayload: a name is used twice.") : []),
      ...objectsAt(inputs, "dataFlows.*").flatMap(({ path, value }) =>
        texts(value["streams"]).length === 0 ? refuse(`${path}.streams`, "InvalidPayload: at least one stream.") : [],
      ),
    ];
  },
  volatile: ["etag"],
  outputs: (moment) => ({
    ...(isSet(moment.inputs["identity"])
      ? { identity: identityOutput(moment.inputs["identity"], moment, userAssignedIdentity) }
      : {}),
    provisioningState: "Succeeded",
    immutableId: moment.old?.outputs["immutableId"] ?? `dcr-${moment.random("immutable", 32)}`,
    etag: etag(moment),
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 5, update: 5, delete: 4, source: "estimate" },
});

const associationRow = extension({
  name: "monitor:DataCollectionRuleAssociation",
  api: "2024-03-11",
  namespace: "Microsoft.Insights",
  kind: "dataCollectionRuleAssociations",
  scope: "resourceUri",
  property: "associationName",
  writeOnly: ["resourceUri"],
  references: [
    { path: "dataCollectionRuleId", to: [rule] },
    { path: "resourceUri", to: [token("containerservice:ManagedCluster")], inside: true },
  ],
  check: ({ inputs }) => [
    ...fits(inputs, "associationName", /^[^/%&?\\]{1,128}$/, "1 to 128 characters without / % & ? \\"),
    ...(isSet(inputs["dataCollectionRuleId"]) === isSet(inputs["dataCollectionEndpointId"])
      ? refuse(
          "dataCollectionRuleId",
          "InvalidPayload: exactly one of dataCollectionRuleId and dataCollectionEndpointId.",
        )
      : []),
  ],
  volatile: ["etag"],
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    metadata: object(undefined),
    etag: etag(moment),
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 4, update: 4, delete: 3, source: "estimate" },
});

export const rows: readonly Row[] = [ruleRow, associationRow];
