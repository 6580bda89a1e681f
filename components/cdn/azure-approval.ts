import { Deployment } from "@pulumi/azure-native/resources";
import { getStorageAccountOutput } from "@pulumi/azure-native/storage/getStorageAccount";
import * as pulumi from "@pulumi/pulumi";
import { azureNames } from "../naming/azure";
import type { Site } from "../site";
import { localName, tagsOf } from "../site/azure-names";

export interface Approval {
  readonly site: Site;
  readonly parts: readonly string[];
  readonly accountId: pulumi.Output<string>;
  readonly accountName: pulumi.Output<string>;
  /** What Front Door writes on its request, which tells it from others. */
  readonly requestMessage: string;
  /** The origin: its request arrives with it. */
  readonly requested: pulumi.Resource;
}

/**
 * Says yes to Front Door's request for a private endpoint at a store. Azure names the request itself, so the account is
 * asked for it; and it exists before we say yes, which @pulumi/azure-native's PrivateEndpointConnection refuses to make
 * ("already existing"), so Resource Manager writes it.
 * https://learn.microsoft.com/azure/frontdoor/standard-premium/how-to-enable-private-link-storage-account
 */
export function approve(name: string, approval: Approval, options: { readonly parent: pulumi.Resource }): Deployment {
  const { site, parts, accountId, accountName, requestMessage, requested } = approval;
  // A copy lies in its own site's group.
  const resourceGroupName = accountId.apply((id) => id.split("/")[4] ?? "");
  const account = getStorageAccountOutput({ accountName, resourceGroupName }, { ...options, dependsOn: [requested] });
  const connection = pulumi
    .all([account.privateEndpointConnections, accountName])
    .apply(([connections, owner]) => requestNamed(requestMessage, owner, connections));
  const deploymentName = localName(site, azureNames.deployment, ...parts);
  return new Deployment(
    name,
    {
      deploymentName,
      resourceGroupName,
      tags: tagsOf(site, deploymentName),
      properties: {
        mode: "Incremental",
        parameters: {
          account: { value: accountName },
          connection: { value: connection },
          message: { value: requestMessage },
        },
        template: {
          $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          contentVersion: "1.0.0.0",
          parameters: {
            account: { type: "string" },
            connection: { type: "string" },
            message: { type: "string" },
          },
          resources: [
            {
              type: "Microsoft.Storage/storageAccounts/privateEndpointConnections",
              apiVersion: "2024-01-01",
              name: "[concat(parameters('account'), '/', parameters('connection'))]",
              properties: {
                privateLinkServiceConnectionState: {
                  status: "Approved",
                  // Kept as it came: the next run finds the request by it.
                  description: "[parameters('message')]",
                },
              },
            },
          ],
        },
      },
    },
    options,
  );
}

interface Connection {
  readonly name: string;
  readonly privateLinkServiceConnectionState: { readonly description?: string };
}

/** Name of the connection that carries the message. */
export function requestNamed(message: string, account: string, connections: readonly Connection[]): string {
  const found = connections.find((one) => one.privateLinkServiceConnectionState.description === message);
  if (found) return found.name;
  throw new pulumi.RunError(
    `Front Door's request "${message}" hasn't arrived at the storage account "${account}" yet; run \`pulumi up\` again in a minute or two.`,
  );
}
