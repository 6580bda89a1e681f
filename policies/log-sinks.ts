// Where others deliver their logs: no log of the log, no older versions of it, no key that delivery can't use.
import { diagnosticSetting } from "./diagnostics";
import { notApplicable } from "./judge";
import type { Context, Judge, View } from "./rule";
import { token } from "./tokens";

/** Buckets and accounts that others write their logs to: no log of the log, no older versions of it. */
export function isLogSink(view: View, { graph }: Context): boolean {
  const named = (type: string, property: string) => graph.companions(view, [type], property).sure.length > 0;
  return (
    named(token("aws", "s3.BucketLogging"), "targetBucket") ||
    named(token("gcp", "storage.Bucket"), "logging.logBucket") ||
    named(diagnosticSetting, "storageAccountId") ||
    named(token("azure", "network.FlowLog"), "storageId")
  );
}

export const unlessSink =
  (judge: Judge): Judge =>
  (view, context) =>
    isLogSink(view, context) ? notApplicable("others' logs are delivered to it") : judge(view, context);
