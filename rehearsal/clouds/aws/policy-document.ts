// IAM's policy language: what each service refuses of a document when it is stored.
import type { AccountView, Moment, Refusal, Value } from "../row";
import { isKnown, isObject, list, object, pick, text, texts } from "../values";
import { T } from "./types";

/** identity: on a role; trust: who may take a role; resource: on a bucket, endpoint or secret; key: on a KMS key. */
export type PolicyKind = "identity" | "trust" | "resource" | "key";
const longest: Readonly<Record<PolicyKind, number>> = { identity: 10240, trust: 4096, resource: 20480, key: 32768 };

export interface PolicyStatement {
  readonly effect: string;
  /** In the form `AWS arn:...`, `Service x.amazonaws.com`, `* *`. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditioned: boolean;
}

const many = (value: Value | undefined): readonly string[] => (typeof value === "string" ? [value] : texts(value));

/** The document behind a property: parsed text, or the object as it stands; undefined when unknown or no document. */
export function documentOf(value: Value | undefined): Value | undefined {
  if (isObject(value)) return isKnown(value) ? value : undefined;
  if (typeof value !== "string") return undefined;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}

const rawStatements = (document: Value | undefined): readonly Value[] => {
  const statement = object(document)["Statement"];
  return isObject(statement) ? [statement] : list(statement);
};

/** Statements of the policy at a property; none when it isn't known. */
export function statementsOf(value: Value | undefined): readonly PolicyStatement[] {
  return rawStatements(documentOf(value)).map((raw) => {
    const statement = object(raw);
    const principal = statement["Principal"];
    return {
      effect: text(statement["Effect"]) ?? "",
      principals:
        principal === "*"
          ? ["* *"]
          : Object.entries(object(principal)).flatMap(([kind, who]) => many(who).map((one) => `${kind} ${one}`)),
      actions: many(statement["Action"]),
      resources: many(statement["Resource"]),
      conditioned: isObject(statement["Condition"]) && Object.keys(statement["Condition"]).length > 0,
    };
  });
}

/** What is wrong with the document itself. */
export function policyRefusals(
  { inputs }: Pick<Moment, "inputs">,
  property: string,
  kind: PolicyKind,
): readonly Refusal[] {
  const value = pick(inputs, property);
  if (value === undefined || value === null || !isKnown(value) || value === "") return [];
  const document = documentOf(value);
  const bad = (reason: string): readonly Refusal[] => [{ property, reason }];
  if (!isObject(document)) return bad("contains an invalid JSON policy: it must be a JSON object");
  const size = typeof value === "string" ? value.replace(/\s+/g, "").length : JSON.stringify(document).length;
  if (size > longest[kind])
    return bad(`LimitExceeded: the policy has ${size} characters, the maximum size is ${longest[kind]}`);
  const version = document["Version"];
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17")
    return bad(`MalformedPolicyDocument: version must be 2012-10-17 or 2008-10-17, got ${JSON.stringify(version)}`);
  const statements = rawStatements(document);
  if (statements.length === 0) return bad("MalformedPolicyDocument: the policy must have at least one Statement");
  const sids = statements.flatMap((raw) => text(object(raw)["Sid"]) ?? []);
  if (new Set(sids).size < sids.length) return bad("MalformedPolicyDocument: statement IDs (Sid) must be unique");
  return statements.flatMap((raw, index) => {
    const reason = statementReason(raw, kind);
    return reason === undefined ? [] : bad(`MalformedPolicyDocument: statement ${index + 1}: ${reason}`);
  });
}

function statementReason(raw: Value, kind: PolicyKind): string | undefined {
  if (!isObject(raw)) return "a statement is an object";
  const has = (key: string) => raw[key] !== undefined;
  const odd = Object.keys(raw).find((key) => !elements.has(key));
  if (odd) return `syntax error: unknown element ${JSON.stringify(odd)}`;
  if (raw["Effect"] !== "Allow" && raw["Effect"] !== "Deny") return 'Effect must be "Allow" or "Deny"';
  if (has("Action") === has("NotAction")) return "exactly one of Action and NotAction is required";
  const action = many(raw["Action"] ?? raw["NotAction"]).find((one) => one !== "*" && !/^[\w-]+:[\w*?]+$/.test(one));
  if (action !== undefined) return `actions must be prefaced by a vendor, e.g. iam, s3, ec2: ${JSON.stringify(action)}`;
  const sid = text(raw["Sid"]);
  if (sid !== undefined && (kind === "identity" || kind === "trust") && !/^[A-Za-z0-9]*$/.test(sid))
    return `statement IDs (Sid) must be alpha-numeric: ${JSON.stringify(sid)}`;
  if (kind === "identity" && (has("Principal") || has("NotPrincipal")))
    return "policy document should not specify a principal";
  if (kind !== "identity" && !has("Principal") && !has("NotPrincipal")) return "a principal is required";
  if (kind === "trust" && (has("Resource") || has("NotResource"))) return "has prohibited field Resource";
  if (kind !== "trust" && has("Resource") === has("NotResource")) return "policy statement must contain resources";
  return conditionReason(raw["Condition"]);
}

const elements = new Set(
  "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" "),
);
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators =
  /^(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?$/;

function conditionReason(condition: Value | undefined): string | undefined {
  if (condition === undefined) return undefined;
  if (!isObject(condition)) return "Condition must be an object";
  const odd = Object.keys(condition).find((operator) => !operators.test(operator));
  return odd === undefined ? undefined : `invalid Condition type: ${odd}`;
}

/** Roles of this account that a policy names as principals but that don't exist: services refuse to store it. */
export function principalRefusals(
  {
    inputs,
    account,
    place,
  }: { readonly inputs: Moment["inputs"]; readonly account: AccountView; readonly place: Moment["place"] },
  property: string,
): readonly Refusal[] {
  const named = statementsOf(pick(inputs, property)).flatMap(({ principals }) => principals);
  return named.flatMap((principal) => {
    const match = /^AWS (arn:[\w-]+:iam::(\d{12}):role\/.+)$/.exec(principal);
    const arn = match?.[1];
    if (arn === undefined || match?.[2] !== place.account || account.find([T.role], "arn", arn)) return [];
    return [{ property, reason: `MalformedPolicy: invalid principal in policy: ${arn} does not exist` }];
  });
}

/** Whether a policy lets a service (`logs.us-east-1.amazonaws.com`) do something; what isn't known is taken to allow. */
export function allowsService(policy: Value | undefined, service: string, action: string): boolean {
  if (!isKnown(policy)) return true;
  return statementsOf(policy).some(
    ({ effect, principals, actions }) =>
      effect === "Allow" &&
      principals.some((one) => one === "* *" || one === `Service ${service}`) &&
      actions.some((one) => matches(one, action)),
  );
}

/** IAM's wildcards: `*` for any text, `?` for one character; case doesn't count. */
export function matches(pattern: string, action: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(action);
}
