// What AKS asks of a cluster's security settings and add-ons.
import { between, fits, refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { isSet, isUnknown, object, pick, text } from "../values";

const keyVersion = /^https:\/\/[a-zA-Z0-9-]+\.vault\.azure\.net\/keys\/[^/]+\/[0-9a-f]{32}$/;

export function securityRefusals(inputs: Props): readonly Refusal[] {
  const kms = "securityProfile.azureKeyVaultKms";
  const defender = "securityProfile.defender";
  const on = pick(inputs, `${kms}.enabled`) === true;
  const access = text(pick(inputs, `${kms}.keyVaultNetworkAccess`)) ?? "Public";
  const vnet = pick(inputs, "apiServerAccessProfile.enableVnetIntegration");
  return [
    ...(on && !isSet(pick(inputs, `${kms}.keyId`))
      ? refuse(`${kms}.keyId`, "InvalidParameter: required when azureKeyVaultKms is enabled.")
      : []),
    ...(on ? fits(inputs, `${kms}.keyId`, keyVersion, "InvalidKeyID: a key's identifier with its version") : []),
    ...(on && access === "Private" && !isSet(pick(inputs, `${kms}.keyVaultResourceId`))
      ? refuse(`${kms}.keyVaultResourceId`, "InvalidParameter: required when keyVaultNetworkAccess is Private.")
      : []),
    ...(on && access === "Private" && vnet !== true && !isUnknown(vnet)
      ? refuse(
          `${kms}.keyVaultNetworkAccess`,
          "KMSPrivateKeyVaultNotSupported: a private key vault needs API Server VNet Integration; Konnectivity is no longer supported.",
        )
      : []),
    ...(on && text(pick(inputs, "identity.type")) === "SystemAssigned"
      ? refuse(
          `${kms}.enabled`,
          "KMSNotSupportedForSystemAssignedIdentity: the cluster needs a user-assigned identity.",
        )
      : []),
    ...(pick(inputs, `${defender}.securityMonitoring.enabled`) === true &&
    !isSet(pick(inputs, `${defender}.logAnalyticsWorkspaceResourceId`))
      ? refuse(`${defender}.logAnalyticsWorkspaceResourceId`, "InvalidParameter: required when Defender is enabled.")
      : []),
    ...between(inputs, "securityProfile.imageCleaner.intervalHours", 24, 2160),
    ...(pick(inputs, "securityProfile.workloadIdentity.enabled") === true &&
    pick(inputs, "oidcIssuerProfile.enabled") !== true &&
    !isUnknown(pick(inputs, "oidcIssuerProfile.enabled"))
      ? refuse(
          "securityProfile.workloadIdentity.enabled",
          "BadRequest: workload identity needs oidcIssuerProfile.enabled.",
        )
      : []),
  ];
}

const addons = [
  "azurepolicy",
  "azureKeyvaultSecretsProvider",
  "omsagent",
  "ingressApplicationGateway",
  "httpApplicationRouting",
  "aciConnectorLinux",
  "kubeDashboard",
  "openServiceMesh",
  "ACCSGXDevicePlugin",
  "gitops",
];

export function addonRefusals(inputs: Props): readonly Refusal[] {
  const given = Object.entries(object(inputs["addonProfiles"]));
  return given.flatMap(([name, value]) => [
    ...(addons.some((one) => one.toLowerCase() === name.toLowerCase())
      ? []
      : refuse(`addonProfiles.${name}`, `InvalidParameter: there is no addon ${name}.`)),
    ...(name.toLowerCase() === "omsagent" &&
    pick(value, "enabled") === true &&
    !isSet(pick(value, "config.logAnalyticsWorkspaceResourceID"))
      ? refuse(`addonProfiles.${name}.config`, "InvalidParameter: omsagent needs logAnalyticsWorkspaceResourceID.")
      : []),
    ...Object.entries(object(pick(value, "config"))).flatMap(([key, one]) =>
      typeof one === "boolean" || typeof one === "number"
        ? refuse(`addonProfiles.${name}.config.${key}`, "an addon's settings are text")
        : [],
    ),
  ]);
}
