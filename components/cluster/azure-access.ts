import { getClientConfigOutput } from "@pulumi/azure-native/authorization";
import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { assignRole } from "../keys/azure-role";
import { nativeOf } from "../site";
import type { CompleteClusterArgs } from ".";

/** Application id of the Azure CLI, the same everywhere: who is logged in through it is a person. */
const azureCli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
/** Entra application of AKS, the same in every tenant: https://azure.github.io/kubelogin/concepts/aks.html */
const aksServer = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** Cluster administrators (CLU-06): the groups that were named, or whoever deploys. */
export function administer(
  { name, site, args, child }: BuildContext<CompleteClusterArgs>,
  clusterId: pulumi.Output<string>,
): pulumi.Resource[] {
  const { subscriptionId } = nativeOf(site, "azure", "Cluster");
  const role = "Azure Kubernetes Service RBAC Cluster Admin";
  if (args.admins.length > 0)
    return args.admins.map((principalId) =>
      assignRole(
        `${name}-admin-${principalId}`,
        { role, subscriptionId, principalId, scope: clusterId, principalType: "Group" },
        child,
      ),
    );
  const deployer = getClientConfigOutput(child);
  const principalType = deployer.clientId.apply((client) => (client === azureCli ? "User" : "ServicePrincipal"));
  return [
    assignRole(
      `${name}-admin`,
      { role, subscriptionId, principalId: deployer.objectId, scope: clusterId, principalType },
      child,
    ),
  ];
}

interface Place {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly resourceName: pulumi.Input<string>;
}

/**
 * The cluster's certificate authority, out of the kubeconfig that any user of the cluster may ask for. Without local
 * accounts it holds no credential; the administrator's kubeconfig, which would, can't be had at all.
 */
export const authorityOf = (place: Place, options: pulumi.InvokeOutputOptions): pulumi.Output<string> =>
  listManagedClusterUserCredentialsOutput({ ...place, format: "exec" }, options).kubeconfigs.apply(authorityIn);

export function authorityIn(kubeconfigs: readonly { readonly value: string }[]): string {
  const text = Buffer.from(kubeconfigs[0]?.value ?? "", "base64").toString("utf8");
  const found = /certificate-authority-data"?:\s*"?([A-Za-z0-9+/=]+)/.exec(text)?.[1];
  if (!found) throw new pulumi.RunError("AKS gave a kubeconfig without certificate-authority-data.");
  return found;
}

/**
 * Logs in as whoever runs kubectl, through kubelogin (https://azure.github.io/kubelogin); no token is kept. A pipeline says how
 * it is logged in with AAD_LOGIN_METHOD (workloadidentity, spn, msi), which wins over the Azure CLI.
 */
export const kubeconfigOf = (
  name: pulumi.Input<string>,
  endpoint: pulumi.Input<string>,
  ca: pulumi.Input<string>,
): pulumi.Output<string> =>
  pulumi.jsonStringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": ca } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "kubelogin",
            args: ["get-token", "--login", "azurecli", "--server-id", aksServer],
            interactiveMode: "Never",
            installHint: "kubelogin is needed: https://azure.github.io/kubelogin/install.html",
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
