import { Account } from "@pulumi/gcp/serviceaccount";
import { BucketIAMMember, HmacKey } from "@pulumi/gcp/storage";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import type { AssetOrigin, CompleteCdnArgs } from ".";

/**
 * The account that the edge reads assets as, and its key for signing. It may read objects and not list them: a bucket
 * that is asked for `/` by who may list it, answers with everything in it.
 */
export function readingKeys({ name, site, child }: BuildContext<CompleteCdnArgs>, { bucket, failover }: AssetOrigin) {
  const { project, services } = nativeOf(site, "gcp", `Cdn "${name}"`);
  const reader = new Account(
    `${name}-reader`,
    {
      project,
      accountId: physicalName(gcpNames.serviceAccount, [site.prefix, name]),
      displayName: `${site.prefix}: ${name} reads its assets`,
      description: "Cloud CDN signs its requests to the private bucket as this account.",
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
  const stores = [["assets", bucket] as const, ...(failover ? [["assets-copy", failover] as const] : [])];
  const granted = stores.map(
    ([which, store]) =>
      new BucketIAMMember(
        `${name}-${which}-reader`,
        { bucket: store.name, role: "roles/storage.legacyObjectReader", member: reader.member },
        child,
      ),
  );
  const hmac = new HmacKey(
    `${name}-reader`,
    { project, serviceAccountEmail: reader.email, state: "ACTIVE" },
    { ...child, additionalSecretOutputs: ["secret"] },
  );
  return { hmac, granted };
}
