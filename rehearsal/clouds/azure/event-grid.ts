// What Azure's own resources tell: system topics and who listens.
import { between, each, fits, long, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { isSet, pick, text } from "../values";
import { arm, systemData } from "./arm";
import { vault } from "./keyvault";
import { plainLocation } from "./locations";
import { token } from "./types";

const systemTopic = token("eventgrid:SystemTopic");
const api = "2025-02-15";
const namespace = "Microsoft.EventGrid";
const topicPath = ["systemTopics", "systemTopicName"] as const;
/** https://learn.microsoft.com/azure/event-grid/event-schema-key-vault */
const vaultEvents = [
  "CertificateNewVersionCreated",
  "CertificateNearExpiry",
  "CertificateExpired",
  "KeyNewVersionCreated",
  "KeyNearExpiry",
  "KeyExpired",
  "SecretNewVersionCreated",
  "SecretNearExpiry",
  "SecretExpired",
  "VaultAccessPolicyChanged",
].map((event) => `Microsoft.KeyVault.${event}`);

const topicRow = arm({
  name: "eventgrid:SystemTopic",
  api,
  namespace,
  path: [topicPath],
  own: { pattern: /^[a-zA-Z0-9-]{3,50}$/, rule: "3 to 50 letters, digits and hyphens" },
  location: "replaces",
  taggable: true,
  references: [{ path: "source", to: [vault], within: /^(.*\/Microsoft\.KeyVault\/vaults\/[^/]+)$/i }],
  check: ({ inputs }) => [
    ...(isSet(inputs["source"]) ? [] : refuse("source", "InvalidRequest: source is required.")),
    ...(isSet(inputs["topicType"]) ? [] : refuse("topicType", "InvalidRequest: topicType is required.")),
  ],
  admit: ({ inputs, account, old }) => {
    const holder = account.find([vault], "id", inputs["source"] ?? "");
    const changed = (["source", "topicType"] as const).filter(
      (property) => old && old.inputs[property] !== inputs[property],
    );
    const twin = account
      .all(systemTopic)
      .some((other) => other.id !== old?.id && other.inputs["source"] === inputs["source"]);
    return [
      ...changed.flatMap((property) =>
        refuse(property, `InvalidRequest: ${property} of an existing system topic can't be updated.`),
      ),
      ...(twin ? refuse("source", "InvalidRequest: Only one system topic is allowed per source.") : []),
      ...(holder && plainLocation(holder.inputs["location"]) !== plainLocation(inputs["location"])
        ? refuse("location", "InvalidRequest: a system topic stands where its source does.")
        : []),
      ...(holder && text(inputs["topicType"])?.toLowerCase() !== "microsoft.keyvault.vaults"
        ? refuse("topicType", "InvalidRequest: the source is of the type Microsoft.KeyVault.vaults.")
        : []),
    ];
  },
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    metricResourceId: moment.old?.outputs["metricResourceId"] ?? moment.random("metric", 32),
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 12, update: 8, delete: 8, source: "estimate" },
});

const subscriptionRow = arm({
  name: "eventgrid:SystemTopicEventSubscription",
  api,
  namespace,
  path: [topicPath, ["eventSubscriptions", "eventSubscriptionName"]],
  parents: [systemTopic],
  inside: true,
  own: { pattern: /^[a-zA-Z0-9-]{3,64}$/, rule: "3 to 64 letters, digits and hyphens" },
  check: ({ inputs }) => [
    ...oneOf(inputs, "eventDeliverySchema", ["EventGridSchema", "CloudEventSchemaV1_0"]),
    ...oneOf(inputs, "destination.endpointType", [
      "WebHook",
      "EventHub",
      "StorageQueue",
      "HybridConnection",
      "ServiceBusQueue",
      "ServiceBusTopic",
      "AzureFunction",
      "MonitorAlert",
      "NamespaceTopic",
    ]),
    ...oneOf(inputs, "destination.severity", ["Sev0", "Sev1", "Sev2", "Sev3", "Sev4"]),
    ...(isSet(inputs["destination"]) || isSet(inputs["deliveryWithResourceIdentity"])
      ? []
      : refuse("destination", "InvalidRequest: a destination is required.")),
    ...(text(pick(inputs, "destination.endpointType")) === "MonitorAlert"
      ? [
          ...(isSet(pick(inputs, "destination.severity"))
            ? []
            : refuse("destination.severity", "InvalidRequest: required for alerts.")),
          ...(text(inputs["eventDeliverySchema"]) === "CloudEventSchemaV1_0"
            ? []
            : refuse("eventDeliverySchema", "InvalidRequest: alerts take CloudEventSchemaV1_0 only.")),
        ]
      : []),
    // https://learn.microsoft.com/azure/event-grid/manage-event-delivery
    ...between(inputs, "retryPolicy.eventTimeToLiveInMinutes", 1, 1440),
    ...between(inputs, "retryPolicy.maxDeliveryAttempts", 1, 30),
    ...long(inputs, "filter.advancedFilters", 0, 25),
    ...fits(inputs, "destination.endpointUrl", /^https:\/\//, "InvalidRequest: a webhook's address begins with https"),
    ...fits(inputs, "expirationTimeUtc", /^\d{4}-\d\d-\d\dT/, "a moment in ISO 8601"),
  ],
  admit: ({ inputs, account }) => {
    const topic = account.find([systemTopic], "name", inputs["systemTopicName"] ?? "");
    return text(topic?.inputs["topicType"])?.toLowerCase() === "microsoft.keyvault.vaults"
      ? each(
          inputs,
          "filter.includedEventTypes.*",
          (value) => vaultEvents.includes(text(value) ?? ""),
          (value) => `InvalidRequest: ${value} is no event of a key vault.`,
        )
      : [];
  },
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    topic: "",
    retryPolicy: moment.inputs["retryPolicy"] ?? { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 },
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 10, update: 8, delete: 6, source: "estimate" },
});

export const rows: readonly Row[] = [topicRow, subscriptionRow];
