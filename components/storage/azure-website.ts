import { Deployment } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { azureNames } from "../naming/azure";
import { nativeOf, type Site } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import { blobSettings } from "./azure-account";

/** The container that an account answers from at its own web address. */
export const webContainer = "$web";

export interface Website {
  readonly site: Site;
  readonly parts: readonly string[];
  readonly accountName: pulumi.Input<string>;
  readonly softDeleteDays: number;
}

/**
 * Lets an account answer plain GETs from its container `$web`, and from nothing else. Front Door can't log in to an origin
 * that it reaches by private link, so this is how it reads assets while the account stays closed: no public network, no
 * anonymous containers (CDN-05). https://learn.microsoft.com/azure/frontdoor/origin-authentication-with-managed-identities
 *
 * The switch is younger than the API version of @pulumi/azure-native's BlobServiceProperties, and its own resource for it
 * logs in with account keys, which are off. So Resource Manager sets it, with the other settings of the same object.
 */
export function serveWebsite(
  name: string,
  { site, parts, accountName, softDeleteDays }: Website,
  options: pulumi.CustomResourceOptions,
): Deployment {
  const { resourceGroup } = nativeOf(site, "azure", "A website");
  const deploymentName = localName(site, azureNames.deployment, ...parts);
  return new Deployment(
    name,
    {
      deploymentName,
      resourceGroupName: resourceGroup,
      tags: tagsOf(site, deploymentName),
      properties: {
        mode: "Incremental",
        parameters: { account: { value: accountName } },
        template: {
          $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          contentVersion: "1.0.0.0",
          parameters: { account: { type: "string" } },
          resources: [
            {
              type: "Microsoft.Storage/storageAccounts/blobServices",
              apiVersion: "2025-08-01",
              name: "[concat(parameters('account'), '/default')]",
              properties: {
                ...blobSettings({ softDeleteDays }),
                staticWebsite: { enabled: true, indexDocument: "index.html", errorDocument404Path: "404.html" },
              },
            },
          ],
        },
      },
    },
    options,
  );
}
