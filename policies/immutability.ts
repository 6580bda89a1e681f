// Blobs that nobody can change or delete for a time.
import { companion } from "./companion";
import { any, atLeast } from "./judge";
import { token } from "./tokens";

const days = "immutabilityPeriodSinceCreationInDays";

/**
 * A period for the whole account, or for a container of it. `immutableStorageWithVersioning.enabled` alone holds nothing: it
 * lets periods be set. https://learn.microsoft.com/azure/storage/blobs/immutable-policy-configure-version-scope
 */
export const heldForDays = any(
  atLeast(`immutableStorageWithVersioning.immutabilityPolicy.${days}`, 1),
  companion([token("azure", "storage.BlobContainerImmutabilityPolicy")], "accountName", atLeast(days, 1)),
);
