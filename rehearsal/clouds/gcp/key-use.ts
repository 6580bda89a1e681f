import { refuse } from "../limits";
import type { AccountView, Moment, Refusal } from "../row";
import { list, pick, text } from "../values";

const role = /^roles\/(cloudkms\.(cryptoKeyEncrypterDecrypter|admin)|owner)$/;
/** Service agents that encrypt for a project, by the end of their address. */
const agents = {
  artifactregistry: "@gcp-sa-artifactregistry.iam.gserviceaccount.com",
  compute: "@compute-system.iam.gserviceaccount.com",
  container: "@container-engine-robot.iam.gserviceaccount.com",
  logging: "@gcp-sa-logging.iam.gserviceaccount.com",
  memorystore: "@gcp-sa-memorystore.iam.gserviceaccount.com",
  pubsub: "@gcp-sa-pubsub.iam.gserviceaccount.com",
  redis: "@cloud-redis.iam.gserviceaccount.com",
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

/**
 * What a regional service refuses of a key when it makes something: a place of its own, and a right that its agent
 * lacks, in the words that all of them use.
 */
export function keyRefusals(
  { inputs, account }: Pick<Moment, "inputs" | "account">,
  property: string,
  location: string,
  agent: keyof typeof agents,
): readonly Refusal[] {
  const key = text(pick(inputs, property));
  if (key === undefined) return [];
  const where = keyLocation(key);
  return [
    ...(where === location
      ? []
      : refuse(property, `the key is in ${where}, the resource in ${location}: they must be in one region`)),
    ...(mayUse(account, key, agent)
      ? []
      : refuse(
          property,
          `Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on ${key}: grant roles/cloudkms.cryptoKeyEncrypterDecrypter to service-<number>${agents[agent]}`,
        )),
  ];
}
