import type { AccountView } from "../row";
import { list, text } from "../values";

const role = /^roles\/(cloudkms\.(cryptoKeyEncrypterDecrypter|admin)|owner)$/;
/** Service agents that encrypt for a project, by the end of their address. */
const agents = {
  logging: "@gcp-sa-logging.iam.gserviceaccount.com",
  secretmanager: "@gcp-sa-secretmanager.iam.gserviceaccount.com",
  sql: "@gcp-sa-cloud-sql.iam.gserviceaccount.com",
  storage: "@gs-project-accounts.iam.gserviceaccount.com",
} as const;

/** Where a key is, from its resource name. */
export const keyLocation = (key: string): string => /\/locations\/([^/]+)\//.exec(key)?.[1] ?? "";

/**
 * Whether a service's agent may use a key: by a grant on the key, its ring or the whole project. A key that the
 * account doesn't hold is another project's, of whose grants nothing is known.
 */
export function mayUse(account: AccountView, key: string, agent: keyof typeof agents): boolean {
  if (account.find(["gcp:kms/cryptoKey:CryptoKey"], "id", key) === undefined) return true;
  const ring = key.replace(/\/cryptoKeys\/.*$/, "");
  const scopes: readonly (readonly [type: string, property: string, value: string | undefined])[] = [
    ["gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "cryptoKeyId", key],
    ["gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding", "cryptoKeyId", key],
    ["gcp:kms/keyRingIAMMember:KeyRingIAMMember", "keyRingId", ring],
    ["gcp:kms/keyRingIAMBinding:KeyRingIAMBinding", "keyRingId", ring],
    ["gcp:projects/iAMMember:IAMMember", "project", undefined],
    ["gcp:projects/iAMBinding:IAMBinding", "project", undefined],
  ];
  return scopes.some(([type, property, value]) =>
    account
      .all(type)
      .filter(({ inputs }) => value === undefined || inputs[property] === value)
      .filter(({ inputs }) => role.test(text(inputs["role"]) ?? ""))
      .some(({ inputs }) =>
        [inputs["member"] ?? null, ...list(inputs["members"])].some((one) => text(one)?.endsWith(agents[agent])),
      ),
  );
}
