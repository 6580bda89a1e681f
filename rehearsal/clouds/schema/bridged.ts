// How bridged providers (aws, gcp) compare: pulumi-terraform-bridge converts first (pkg/tfbridge/schema.go, makeTerraformInput),
// then terraform-plugin-sdk validates (helper/schema/schema.go, validateType).
import { nearest } from "../../cli/nearest";
import { isMap, type Raw } from "../wire";
import type { Dialect, Shown } from "./dialect";
import type { Type } from "./index";

const scalar = (value: Raw): boolean => ["string", "number", "boolean"].includes(typeof value);

/** strconv.ParseBool, and nothing, which is false. */
const truths = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const falsehoods = new Set(["", "0", "f", "F", "FALSE", "false", "False"]);

function convert(value: Raw, type: Type): Raw {
  switch (type.kind) {
    case "string":
      return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    case "number":
      return typeof value === "string" && value !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
    case "boolean":
      return typeof value !== "string" ? value : truths.has(value) ? true : falsehoods.has(value) ? false : value;
    case "list":
      // A block that may stand once is written without its list, and the other way round (MaxItemsOne).
      return Array.isArray(value) ? value : [value];
    case "object":
      return Array.isArray(value) && value.length === 1 ? value[0]! : value;
    case "either":
      // Policy documents: bridge's TransformJSONDocument.
      return isMap(value) && type.among.some(({ kind }) => kind === "string") ? document(value) : value;
    default:
      return value;
  }
}

/** As Go writes a map: keys in order. What holds more than plain values stays as it is. */
function document(value: Raw): Raw {
  let plain = true;
  const sorted = (at: Raw): Raw => {
    if (Array.isArray(at)) return at.map(sorted);
    if (typeof at !== "object" || at === null) return at;
    if (!isMap(at)) plain = false;
    const entries = Object.entries(at).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
  };
  const text = JSON.stringify(sorted(value));
  return plain ? text : value;
}

function mismatch(value: Raw, type: Type, _: string, show: Shown): string | undefined {
  switch (type.kind) {
    case "string":
    case "number":
    case "boolean":
      // One element alone may be a flattened list.
      if (Array.isArray(value)) return value.length > 1 ? "Attribute must be a single value, not a list" : undefined;
      if (isMap(value)) return "Attribute must be a single value, not a map";
      if (type.kind === "number" && typeof value === "string" && value !== "")
        return `expected a number, got ${show(value)}: invalid syntax`;
      if (type.kind === "boolean" && typeof value === "string")
        return `expected true or false, got ${show(value)}: invalid syntax`;
      return undefined;
    case "map":
      return scalar(value) ? "Attribute must be a map" : undefined;
    case "object":
      if (scalar(value)) return `Expected Object Type. Expected object, got ${typeof value}`;
      return Array.isArray(value) && value.length > 1
        ? `Too many list items. Attribute supports 1 item maximum, but config has ${value.length} declared`
        : undefined;
    default:
      return undefined;
  }
}

/**
 * Types that are written on terraform-plugin-framework (the @FrameworkResource marks in terraform-provider-aws): the bridge
 * reads what it knows and never sees the rest (pkg/convert/object.go).
 */
const framework: ReadonlySet<string> = new Set([
  "aws:cloudwatch/logDelivery:LogDelivery",
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
  "aws:cloudwatch/logDeliverySource:LogDeliverySource",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
]);

/** Of these the nested objects are attributes, not blocks: typed as whole, and filled up with nothing by the bridge. */
const filled: ReadonlySet<string> = new Set(["aws:cloudwatch/logDelivery:LogDelivery"]);

export const bridged: Dialect = {
  convert,
  mismatch,
  missing: (token, place) =>
    filled.has(token) && place.includes(".") ? undefined : `Missing required property '${place}'`,
  stranger: (token, key, known) => {
    if (framework.has(token)) return undefined;
    const near = nearest(key, known);
    return `Invalid or unknown key${near === undefined ? "" : `; did you mean '${near}'?`}`;
  },
};
