import { SystemTopic, SystemTopicEventSubscription } from "@pulumi/azure-native/eventgrid";
import type { BuildContext } from "../build";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteSecretsArgs } from ".";

/** A vault tells of a secret so many days before it expires: https://learn.microsoft.com/azure/event-grid/event-schema-key-vault */
export const noticeDays = 30;

/**
 * Secrets that are due, as alerts of Azure Monitor (SEC-09). Key Vault rotates keys by itself, secrets it asks for: what makes
 * the next value knows what it opens (components/rotation, for the database).
 * https://learn.microsoft.com/azure/event-grid/handler-azure-monitor-alerts
 */
export function noticeRotation({ name, site, args, child }: BuildContext<CompleteSecretsArgs>): void {
  const { resourceGroup } = nativeOf(site, "azure", "Secrets");
  const topicName = localName(site, azureNames.eventTopic, name);
  const topic = new SystemTopic(
    name,
    {
      systemTopicName: topicName,
      resourceGroupName: resourceGroup,
      location: site.region,
      source: nativeOf(args.keys, "azure", "Secrets").vaultId,
      topicType: "Microsoft.KeyVault.vaults",
      tags: tagsOf(site, topicName),
    },
    child,
  );
  new SystemTopicEventSubscription(
    name,
    {
      eventSubscriptionName: "rotation-due",
      systemTopicName: topic.name,
      resourceGroupName: resourceGroup,
      eventDeliverySchema: "CloudEventSchemaV1_0",
      filter: {
        includedEventTypes: ["Microsoft.KeyVault.SecretNearExpiry", "Microsoft.KeyVault.SecretExpired"],
      },
      destination: {
        endpointType: "MonitorAlert",
        severity: "Sev2",
        description: "A secret of this vault is due to be rotated, or has expired.",
      },
    },
    child,
  );
}
