// Where audit logs come from and where they lie: trails, a subscription's activity log, sinks and log buckets.
import type { Graph } from "./graph";
import { folded, isObject, isUnknown, list, read, text } from "./read";
import type { Context, View } from "./rule";
import { token } from "./tokens";

const trailType = token("aws", "cloudtrail.Trail");
const sinkTypes = ["ProjectSink", "OrganizationSink", "FolderSink"].map((one) => token("gcp", `logging.${one}`));

const isOff = (value: unknown) => String(value) === "false";

/** Changes to the account, in reads and writes alike; what a trail without selectors records. */
export function recordsChanges({ props }: View): boolean | "unknown" {
  const plain = list(props, "eventSelectors");
  const advanced = list(props, "advancedEventSelectors");
  if (typeof plain === "symbol" || typeof advanced === "symbol") return "unknown";
  if (plain.length + advanced.length === 0) return true;
  const whole = plain.some(
    (one) =>
      !isOff(folded(one, "includeManagementEvents") || "true") && ["", "all"].includes(folded(one, "readWriteType")),
  );
  return whole || advanced.some((one) => selects(one, "Management") && !narrows(one));
}
/** Does an advanced selector speak of a category, `Management` or `Data`? */
export function selects(selector: unknown, category: string): boolean {
  const fields = list(selector, "fieldSelectors");
  if (typeof fields === "symbol") return false;
  return fields.some((one) => {
    const values = list(one, "equals");
    return text(one, "field") === "eventCategory" && typeof values !== "symbol" && values.includes(category);
  });
}
function narrows(selector: unknown): boolean {
  const fields = list(selector, "fieldSelectors");
  return typeof fields !== "symbol" && fields.some((one) => text(one, "field") === "readOnly");
}

/** Another trail of the stack for which this holds. */
export const otherTrail = (graph: Graph, view: View, holds: (trail: View) => boolean): boolean =>
  graph.ofType(trailType).some((one) => one !== view && holds(one));

/** The activity log of a whole subscription, by its id or by its categories. */
export function isActivityLog({ props }: View): boolean {
  const uri = read(props, "resourceUri");
  if (typeof uri === "string") return /^\/?subscriptions\/[^/]+\/?$/i.test(uri);
  const logs = list(props, "logs");
  return isUnknown(uri) && typeof logs !== "symbol" && logs.some((one) => folded(one, "category") === "administrative");
}

const isAuditName = (name: string) => /(^|[-_/])(audit|trail|cloudtrail)([-_/]|$)/i.test(name);
const wants = (sink: View) => {
  const filter = text(sink.props, "filter");
  return filter === "" ? !isUnknown(read(sink.props, "filter")) : /cloudaudit/.test(filter);
};
/** A sink that takes audit logs along: by its filter, or without one. */
export const isAuditSink = (sink: View): boolean => sinkTypes.includes(sink.type) && wants(sink);
export const auditSinks = (graph: Graph): readonly View[] => graph.ofType(...sinkTypes).filter(wants);

/** Log groups and log buckets that hold audit logs: by name, or because a trail or sink leads there. */
export function holdsAudit(view: View, { graph }: Pick<Context, "graph">): boolean {
  const names = [view.name, text(view.props, "bucketId"), text(view.props, "name")];
  const arn = text(view.outputs, "arn");
  // A trail names its group as `<arn>:*`.
  const trails = [
    ...graph.companions(view, [trailType], "cloudWatchLogsGroupArn").sure,
    ...graph
      .ofType(trailType)
      .filter(({ props }) => arn !== "" && text(props, "cloudWatchLogsGroupArn") === `${arn}:*`),
  ];
  const sinks = graph.companions(view, sinkTypes, "destination").sure.filter(isAuditSink);
  return names.some(isAuditName) || trails.length + sinks.length > 0;
}

/** Data that must be answered for, by the tag data-class. */
export const isSensitive = (value: unknown): boolean =>
  typeof value === "string" &&
  /^(sensitive|regulated|restricted|confidential|pci|phi|pii|cui|itar|il[45])$/i.test(value);

/** `auditLogConfigs` of Google Cloud, as a list of objects. */
export function auditConfigs({ props }: View): readonly unknown[] | "unknown" {
  const configs = list(props, "auditLogConfigs");
  return typeof configs === "symbol" || configs.some((one) => !isObject(one)) ? "unknown" : configs;
}
