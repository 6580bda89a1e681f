import type { exportStack } from "../../rehearsal/engine";
import { openPassphrase } from "../../rehearsal/engine/secrets";
import type { Json } from "./normal";

/** An exported state with its secrets in clear, since each ciphertext is another; null for none. */
export async function opened(exported: ReturnType<typeof exportStack>, passphrase: string): Promise<Json> {
  const deployment = exported?.deployment as
    | { readonly secrets_providers?: { readonly state: { readonly salt: string } } }
    | undefined;
  const salt = deployment?.secrets_providers?.state.salt;
  if (salt === undefined) return null;
  const { crypter } = await openPassphrase(passphrase, salt);
  return JSON.parse(JSON.stringify(deployment), (key, value: unknown) =>
    key === "ciphertext" ? (JSON.parse(crypter.decrypt(value as string)) as unknown) : value,
  ) as Json;
}
