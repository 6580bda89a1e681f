import type { BucketRef } from "../storage";
import type { AssetOrigin } from ".";

/** The store that is asked first, and the one that is asked when it fails. */
export function inOrder({ bucket, failover, failedOver }: AssetOrigin): readonly BucketRef[] {
  const both = failover === undefined ? [bucket] : [bucket, failover];
  return failedOver ? both.reverse() : both;
}
