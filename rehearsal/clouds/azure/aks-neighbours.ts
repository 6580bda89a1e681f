// What AKS asks of what stands around a cluster, and of what the cluster was.
import { overlaps } from "../cidr";
import { refuse } from "../limits";
import type { Moment, Props, Refusal, Value } from "../row";
import { isSet, list, object, pick, same, text, texts } from "../values";
import { changedRefusals, homeRefusals, minorOf, poolsOf } from "./aks-pool-checks";
import { nameIn } from "./arm";
import { userAssignedIdentity } from "./identity";
import { key, vault } from "./keyvault";
import { networkOf, subnet, virtualNetwork } from "./network";
import { token } from "./types";

/** Built-in roles that the control plane's identity is asked for: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const roles = {
  "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
  "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
  "Key Vault Crypto User": "12338af0-0e69-4776-bea7-57ae8d297424",
  "Key Vault Contributor": "f25e0fa2-a7c8-4377-a976-54943a77a395",
} as const;

/** Whether an identity has a role on a scope, or on what the scope lies in. */
function holds({ account }: Moment, principal: Value | undefined, role: keyof typeof roles, scope: string): boolean {
  return account.all(token("authorization:RoleAssignment")).some(({ inputs }) => {
    const at = (text(inputs["scope"]) ?? "").toLowerCase();
    return (
      inputs["principalId"] === principal &&
      (text(inputs["roleDefinitionId"]) ?? "").endsWith(roles[role]) &&
      (scope.toLowerCase() === at || scope.toLowerCase().startsWith(`${at}/`))
    );
  });
}

export function rightsRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const [own] = texts(pick(inputs, "identity.userAssignedIdentities"));
  const control = own === undefined ? undefined : account.find([userAssignedIdentity], "id", own);
  if (!control) return [];
  const principal = control.outputs["principalId"];
  const asks = (property: string, role: keyof typeof roles, scope: string | undefined): readonly Refusal[] =>
    scope === undefined || scope === "" || holds(moment, principal, role, scope)
      ? []
      : refuse(
          property,
          `LinkedAuthorizationFailed: the cluster's identity ${nameIn(own, "userAssignedIdentities")} needs the role "${role}" over ${scope}.`,
        );
  const kms = "securityProfile.azureKeyVaultKms";
  const kmsOn = pick(inputs, `${kms}.enabled`) === true;
  const keyId = text(pick(inputs, `${kms}.keyId`));
  const used =
    keyId === undefined ? undefined : account.all(key).find(({ outputs }) => outputs["keyUriWithVersion"] === keyId);
  return [
    ...asks(
      "identityProfile.kubeletidentity.resourceId",
      "Managed Identity Operator",
      text(pick(inputs, "identityProfile.kubeletidentity.resourceId")),
    ),
    ...asks(
      "apiServerAccessProfile.subnetId",
      "Network Contributor",
      text(pick(inputs, "apiServerAccessProfile.subnetId")),
    ),
    ...poolsOf(inputs).flatMap((pool, index) =>
      asks(`agentPoolProfiles.${index}.vnetSubnetID`, "Network Contributor", text(pool["vnetSubnetID"])),
    ),
    ...(kmsOn && keyId !== undefined && !used ? refuse(`${kms}.keyId`, `KeyNotFound: there is no key ${keyId}.`) : []),
    ...(kmsOn && used ? asks(`${kms}.keyId`, "Key Vault Crypto User", used.id) : []),
    ...(kmsOn && text(pick(inputs, `${kms}.keyVaultNetworkAccess`)) === "Private"
      ? asks(`${kms}.keyVaultResourceId`, "Key Vault Contributor", text(pick(inputs, `${kms}.keyVaultResourceId`)))
      : []),
    ...(used && !["encrypt", "decrypt"].every((one) => texts(used.outputs["keyOps"]).includes(one))
      ? refuse(`${kms}.keyId`, "KeyOperationNotPermitted: the key must permit encrypt and decrypt.")
      : []),
    ...doorRefusals(moment, kms),
  ];
}

/** A vault without a public side can be reached by private link only. */
function doorRefusals({ inputs, account }: Moment, kms: string): readonly Refusal[] {
  const keyId = text(pick(inputs, `${kms}.keyId`)) ?? "";
  const holder = account.find([vault], "name", /^https:\/\/([^.]+)\./.exec(keyId)?.[1] ?? "");
  const closed = text(pick(holder?.outputs, "properties.publicNetworkAccess"))?.toLowerCase() === "disabled";
  return closed && (text(pick(inputs, `${kms}.keyVaultNetworkAccess`)) ?? "Public") === "Public"
    ? refuse(
        `${kms}.keyVaultNetworkAccess`,
        "KeyVaultNotAccessible: the key vault disables public access; use Private.",
      )
    : [];
}

/** The API server's subnet is its own; nodes, pods and services share no addresses with the network. */
export function landRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const path = "apiServerAccessProfile.subnetId";
  const id = pick(inputs, path);
  const home = id === undefined ? undefined : account.find([subnet], "id", id);
  const services = list(home?.inputs["delegations"]).map((one) => text(object(one)["serviceName"])?.toLowerCase());
  const network = account.find([virtualNetwork], "id", networkOf(id));
  const ranges = texts(pick(network?.inputs, "addressSpace.addressPrefixes"));
  const outbound = text(pick(inputs, "networkProfile.outboundType"));
  return [
    ...(home && !services.includes("microsoft.containerservice/managedclusters")
      ? refuse(
          path,
          `SubnetNotDelegated: subnet ${nameIn(id, "subnets")} isn't delegated to Microsoft.ContainerService/managedClusters.`,
        )
      : []),
    ...poolsOf(inputs).flatMap((pool, index) => [
      ...homeRefusals(moment, pool, `agentPoolProfiles.${index}`, outbound),
      ...(home &&
      isSet(pool["vnetSubnetID"]) &&
      networkOf(pool["vnetSubnetID"]).toLowerCase() !== networkOf(id).toLowerCase()
        ? refuse(path, "VnetMismatch: the API server's subnet and the nodes' must be in one virtual network.")
        : []),
    ]),
    ...(["podCidr", "serviceCidr"] as const).flatMap((property) => {
      const range = text(pick(inputs, `networkProfile.${property}`));
      return range !== undefined && ranges.some((one) => overlaps(one, range))
        ? refuse(
            `networkProfile.${property}`,
            `CidrOverlap: ${range} overlaps with the virtual network (${ranges.join(", ")}).`,
          )
        : [];
    }),
  ];
}

/** One minor at a time and never back; the pool of its own keeps its shape. */
export function clusterChangeRefusals({ inputs, old }: Moment): readonly Refusal[] {
  if (!old) return [];
  const [from, to] = [minorOf(old.inputs["kubernetesVersion"]), minorOf(inputs["kubernetesVersion"])];
  const before = new Map(poolsOf(old.inputs).map((pool) => [pool["name"], pool] as const));
  const kept = [
    "apiServerAccessProfile.subnetId",
    "securityProfile.azureKeyVaultKms.keyVaultNetworkAccess",
    "enableRBAC",
  ];
  // https://learn.microsoft.com/azure/aks/use-oidc-issuer and https://learn.microsoft.com/azure/aks/api-server-vnet-integration
  const lasting = ["oidcIssuerProfile.enabled", "apiServerAccessProfile.enableVnetIntegration"];
  return [
    ...(to < from
      ? refuse("kubernetesVersion", `OperationNotAllowed: downgrading from 1.${from} to 1.${to} is not allowed.`)
      : []),
    ...(to > from + 1
      ? refuse(
          "kubernetesVersion",
          `OperationNotAllowed: upgrade from 1.${from} to 1.${to} skips minors; go through 1.${from + 1}.`,
        )
      : []),
    ...poolsOf(inputs).flatMap((pool, index) => {
      const was: Props | undefined = before.get(pool["name"]);
      return was ? changedRefusals(was, pool, `agentPoolProfiles.${index}`) : [];
    }),
    ...kept
      .filter(
        (path) =>
          isSet(pick(old.inputs, path)) &&
          isSet(pick(inputs, path)) &&
          !same(pick(old.inputs, path), pick(inputs, path)),
      )
      .map((property) => ({
        property,
        reason: `PropertyChangeNotAllowed: Changing property 'properties.${property}' is not allowed.`,
      })),
    ...lasting
      .filter((path) => pick(old.inputs, path) === true && pick(inputs, path) === false)
      .map((property) => ({ property, reason: "OperationNotAllowed: can't be switched off once it is on." })),
  ];
}
