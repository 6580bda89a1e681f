// A key of a vault, as a service names it in order to use it.
import { refuse } from "../limits";
import type { Item, Moment, Refusal, Value } from "../row";
import { pick, text, texts } from "../values";
import { userAssignedIdentity } from "./identity";
import { key, vault } from "./keyvault";
import { token } from "./types";

/** Roles that wrap and unwrap: Crypto Service Encryption User, Crypto User, Crypto Officer, Administrator. */
const wrappers = [
  "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  "12338af0-0e69-4776-bea7-57ae8d297424",
  "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
  "00482a5a-887f-4fb3-b363-3b7fe8e74483",
];

export const keyBehind = ({ account }: Pick<Moment, "account">, uri: Value | undefined): Item | undefined =>
  account
    .all(key)
    .find(({ outputs }) => uri !== undefined && [outputs["keyUri"], outputs["keyUriWithVersion"]].includes(uri));

/** The key exists, its vault can't be purged, and the identity may wrap with it. */
export function keyUseRefusals(
  moment: Pick<Moment, "account">,
  path: string,
  uri: Value | undefined,
  identity: { readonly by: "id" | "clientId"; readonly value: Value | undefined },
): readonly Refusal[] {
  const { account } = moment;
  if (text(uri) === undefined) return [];
  const found = keyBehind(moment, uri);
  if (!found) return refuse(path, `KeyNotFound: there is no key ${text(uri) ?? ""}.`);
  const holder = account.find([vault], "name", found.inputs["vaultName"] ?? "");
  const user =
    identity.value === undefined
      ? undefined
      : identity.by === "id"
        ? account.find([userAssignedIdentity], "id", identity.value)
        : account.all(userAssignedIdentity).find(({ outputs }) => outputs["clientId"] === identity.value);
  const may = account.all(token("authorization:RoleAssignment")).some(({ inputs }) => {
    const scope = (text(inputs["scope"]) ?? "").toLowerCase();
    const covered = found.id.toLowerCase() === scope || found.id.toLowerCase().startsWith(`${scope}/`);
    const role = text(inputs["roleDefinitionId"])?.split("/").at(-1) ?? "";
    return covered && inputs["principalId"] === user?.outputs["principalId"] && wrappers.includes(role);
  });
  return [
    ...(holder && pick(holder.outputs, "properties.enablePurgeProtection") !== true
      ? refuse(path, "KeyVaultPurgeProtectionRequired: the key's vault needs purge protection.")
      : []),
    ...(user && !may
      ? refuse(
          path,
          "KeyVaultAccessForbidden: the identity may not wrap and unwrap with the key; give it the role Key Vault Crypto Service Encryption User.",
        )
      : []),
    ...(["wrapKey", "unwrapKey"].every((one) => texts(found.outputs["keyOps"]).includes(one))
      ? []
      : refuse(path, "KeyOperationNotPermitted: the key must permit wrapKey and unwrapKey.")),
  ];
}
