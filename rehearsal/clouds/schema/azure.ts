// How azure-native compares: its own Check (provider/pkg/provider/provider.go, validateType and validateProperty) looks at types
// and at what is missing; Azure Resource Manager at enumerations, which the typings have in full.
import { isMap, type Raw } from "../wire";
import type { Dialect, Shown } from "./dialect";
import type { Type } from "./index";

const kindOf = (value: Raw): string =>
  Array.isArray(value)
    ? "an array"
    : isMap(value)
      ? "an object"
      : typeof value === "boolean"
        ? "a boolean"
        : `a ${typeof value}`;

/** What the service itself would read as the type: Resource Manager's readers turn true and 1 into text and back. */
const lenient = (value: Raw, expected: string): boolean => expected === "string" && typeof value === "boolean";

/**
 * Enumerations that list examples, or that the SDK has of another version of the API than the resource's
 * (`SystemManaged` of DataEncryptionType is one since 2025-08-01): the service knows more.
 */
const open =
  /^monitor\.Known|^storage\.Bypass$|^network\.NatGatewaySkuName$|^dbforpostgresql\.(DataEncryption|Principal)Type$/;

/** Kinds of identities are flags, of which some services' own texts leave out the combinations. */
const flags = /(Resource|Service|^\w+\.)IdentityType$/;
const kindsOfIdentity: readonly string[] = ["none", "systemassigned", "userassigned"];

/** Numbers of the specifications' type `number`. All the others are integers. */
const fraction = /(^|\.)(spotMaxPrice|dailyQuotaGb|daysAfter\w+GreaterThan|values?(\[\d+\])*)$/;

const folded = (text: string): string => text.replace(/\s/g, "").toLowerCase();

function mismatch(value: Raw, type: Type, place: string, show: Shown): string | undefined {
  switch (type.kind) {
    case "number": {
      const wanted = fraction.test(place) ? "number" : "integer";
      if (typeof value !== "number") return `'${place}' should be of type '${wanted}' but got ${kindOf(value)}`;
      return wanted === "number" || Number.isInteger(value)
        ? undefined
        : `'${place}' must be an integer but got ${value.toFixed(6)}`;
    }
    case "string":
    case "boolean":
      if (typeof value === type.kind || lenient(value, type.kind)) return undefined;
      // A boolean is the one type that its Check doesn't ask for.
      return `'${place}' should be of type '${type.kind}' but got ${kindOf(value)}`;
    case "enum":
      if (typeof value !== "string") return `'${place}' should be of type 'string' but got ${kindOf(value)}`;
      if (
        flags.test(type.name) &&
        folded(value)
          .split(",")
          .every((one) => kindsOfIdentity.includes(one))
      )
        return undefined;
      return open.test(type.name) || type.values.some((one) => folded(one) === folded(value))
        ? undefined
        : `expected one of ${type.values.map((one) => JSON.stringify(one)).join(", ")}, got ${show(value)}`;
    case "list":
      return Array.isArray(value) ? undefined : `'${place}' should be of type 'array' but got ${kindOf(value)}`;
    case "object":
    case "map":
      return isMap(value) ? undefined : `'${place}' should be of type 'object' but got ${kindOf(value)}`;
    default:
      return undefined;
  }
}

export const azure: Dialect = {
  convert: (value) => value,
  mismatch,
  missing: (_, place) => `missing required property '${place}'`,
  // What isn't in the API's own schema never goes into a request (provider/pkg/convert/sdkInputsToRequestBody.go).
  stranger: () => undefined,
};
