// Access policies as JSON text or object: statements in one form, and the questions that rules ask of them.
import { isObject, isUnknown, list, UNKNOWN } from "./read";

export interface Statement {
  readonly allows: boolean;
  /** `*` for anyone; AWS, Service and Federated principals otherwise. Elements may be unknown. */
  readonly principals: readonly unknown[];
  /** NotPrincipal with Allow: everyone but ... */
  readonly everyoneBut: boolean;
  readonly actions: readonly string[];
  /** NotAction: everything but these. */
  readonly butActions: readonly string[];
  /** Some action isn't known yet. */
  readonly open: boolean;
  readonly resources: readonly unknown[];
  readonly conditions: Readonly<Record<string, unknown>>;
}

/** Statements of a policy document; UNKNOWN when it isn't known or is no JSON. */
export function statements(document: unknown): readonly Statement[] | typeof UNKNOWN {
  if (isUnknown(document)) return UNKNOWN;
  if (document === undefined || document === null) return [];
  let parsed = document;
  if (typeof document === "string") {
    try {
      parsed = JSON.parse(document);
    } catch {
      return UNKNOWN;
    }
  }
  const found = list(parsed, "Statement");
  return typeof found === "symbol" ? UNKNOWN : found.filter(isObject).map(statement);
}

function statement(raw: Readonly<Record<string, unknown>>): Statement {
  const conditions = raw["Condition"];
  return {
    allows: raw["Effect"] !== "Deny",
    principals: principals(raw["Principal"]),
    everyoneBut: raw["NotPrincipal"] !== undefined,
    butActions: strings(raw["NotAction"]),
    open: [raw["Effect"], ...values(raw["Action"]), ...values(raw["NotAction"])].some(isUnknown),
    actions: raw["NotAction"] === undefined ? strings(raw["Action"]) : ["*"],
    resources: raw["NotResource"] === undefined ? values(raw["Resource"]) : ["*"],
    conditions: isObject(conditions) ? conditions : {},
  };
}

const values = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const strings = (value: unknown) => values(value).filter((one): one is string => typeof one === "string");
const principals = (value: unknown): readonly unknown[] =>
  isObject(value) ? Object.values(value).flatMap(values) : values(value);

/** Conditions that tie a wildcard principal to a known account, organisation, network or endpoint. */
const narrowing =
  /^(aws:(source(account|arn|vpc|vpce|vpcarn|orgid|orgpaths|owner|ip)|principal(orgid|orgpaths|account|arn)|vpcsourceip)|kms:(calleraccount|viaservice)|s3:dataaccesspointaccount)$/i;

/** A condition that really narrows: its operator asks for equality (not `...IfExists`, not a negation), its value is no wildcard. */
export function isNarrowed({ conditions }: Statement): boolean {
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      /(Equals|Like|IpAddress)$/i.test(operator) &&
      !/Not/i.test(operator) &&
      isObject(keys) &&
      Object.entries(keys).some(
        ([key, value]) =>
          narrowing.test(key) &&
          values(value).every((one) => isUnknown(one) || !["*", "0.0.0.0/0", "::/0"].includes(String(one))),
      ),
  );
}

/** Does a statement let anyone in? */
export function letsAnyoneIn(one: Statement): boolean {
  const open = one.everyoneBut || one.principals.some((principal) => principal === "*");
  return one.allows && open && !isNarrowed(one);
}

/** Does a document deny requests without TLS: Deny, everyone, `aws:SecureTransport` false? */
export function deniesPlainHttp(all: readonly Statement[], actions: readonly string[]): boolean {
  return all.some(
    (one) =>
      !one.allows &&
      one.principals.includes("*") &&
      one.actions.some((action) => action === "*" || actions.includes(action)) &&
      secureTransport(one.conditions).some((value) => String(value) === "false"),
  );
}

const secureTransport = (conditions: Statement["conditions"]): readonly unknown[] => {
  const bool = conditions["Bool"];
  const entries = isObject(bool) ? Object.entries(bool) : [];
  return entries.filter(([key]) => key.toLowerCase() === "aws:securetransport").flatMap(([, value]) => values(value));
};
