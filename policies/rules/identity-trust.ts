// SEC-10, SEC-12: who may become a role, and within which bounds.
import { isNarrowed, type Statement, statements } from "../iam";
import { all, atLeast, each, fail, filled, holds, matches, pass, unknown, when } from "../judge";
import { asText, isObject, isUnknown, list, read, text } from "../read";
import { type Context, type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, gcp, gcpGraph, token } from "../tokens";

const entries = ({ conditions }: Statement) =>
  Object.values(conditions).flatMap((keys) => (isObject(keys) ? Object.entries(keys) : []));
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Subjects that leave it to the other side who comes. */
const open = /^\*|^repo:\*|^system:serviceaccount:\*/;
const pins = (one: Statement, keys: RegExp) =>
  entries(one).some(
    ([key, value]) => keys.test(key) && listed(value).every((each) => isUnknown(each) || !open.test(asText(each))),
  );
/** Providers that name their pool or app by the audience, not by the subject. */
const byAudience =
  /(^|\/)(cognito-identity\.amazonaws\.com|accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/;

const isWeb = (one: Statement) =>
  one.actions.some((action) => /^(\*|sts:\*|sts:AssumeRoleWithWebIdentity)$/i.test(action));
const trusted = (one: Statement): string | undefined => {
  if (!one.allows) return undefined;
  if ((one.everyoneBut || one.principals.includes("*")) && !isNarrowed(one)) return "named principals, not *";
  const federated = one.principals
    .map(asText)
    .filter((each) => /oidc-provider\/|^[a-z0-9.-]+\.[a-z]+$/i.test(each) && !each.endsWith(".amazonaws.com"));
  const pools = one.principals.map(asText).filter((each) => byAudience.test(each));
  if (!isWeb(one) || federated.length + pools.length === 0) return undefined;
  const keys = pools.length > 0 ? /:(sub|aud|oaud|app_id|amr)$/i : /:sub$/i;
  return pins(one, keys) ? undefined : "a condition on the token's subject";
};

const trust: Judge = ({ props }) => {
  const path = "assumeRolePolicy";
  const found = statements(read(props, path));
  const expected = "named principals; subjects of federated ones";
  if (typeof found === "symbol") return unknown(path, expected);
  const wrong = found.flatMap((one) => trusted(one) ?? []);
  if (wrong[0]) return fail(path, wrong[0]);
  return found.some((one) => one.open || one.principals.some(isUnknown))
    ? unknown(path, expected)
    : pass(path, expected);
};

const accountOf = (principal: unknown) =>
  /^(\d{12})$|^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(asText(principal))?.slice(1).find(Boolean);
/** Accounts that are surely the stack's own. */
function ownAccounts(view: View): readonly string[] {
  const arn = /^arn:aws[a-z-]*:iam::(\d{12}):/.exec(text(view.outputs, "arn"))?.[1];
  const allowed = list(view.provider, "allowedAccountIds");
  return [...(arn ? [arn] : []), ...(typeof allowed === "symbol" ? [] : allowed.map(asText))];
}
/** An account as a whole is trusted for somebody else's sake: that somebody proves it (the confused deputy). */
const proves =
  /^(sts:ExternalId|aws:(Principal(Arn|OrgID|OrgPaths|Tag\/.*)|Source(Account|Arn|OrgID)|MultiFactorAuth(Present|Age)))$/i;
const crossAccount: Judge = (view) => {
  const path = "assumeRolePolicy";
  const expected = "sts:ExternalId, or a condition on the principal, where another account is trusted";
  const found = statements(read(view.props, path));
  if (typeof found === "symbol") return unknown(path, expected);
  const bare = found.filter((one) => one.allows && !entries(one).some(([key]) => proves.test(key)));
  const accounts = bare.flatMap(({ principals }) => principals.flatMap((one) => accountOf(one) ?? []));
  if (accounts.length === 0) return pass(path, expected);
  const own = ownAccounts(view);
  if (own.length === 0) return unknown(path, expected);
  return accounts.every((one) => own.includes(one)) ? pass(path, expected) : fail(path, expected);
};

/** Issuers that sign tokens for everybody: without a condition, everybody's tokens are good. */
const everybodys =
  /token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|api\.pulumi\.com|oidc\.circleci\.com|bitbucket\.org|vercel\.com|accounts\.google\.com|sts\.windows\.net|login\.microsoftonline\.com/i;
const pool: Judge = ({ props }) => {
  const path = "attributeCondition";
  const expected = "a condition on the token's attributes";
  if (read(props, "aws") !== undefined || read(props, "saml") !== undefined) return pass(path, expected);
  const issuer = read(props, "oidc.issuerUri");
  const condition = read(props, path);
  if (isUnknown(condition)) return unknown(path, expected);
  if (condition !== undefined && !["", "true"].includes(asText(condition).trim())) return pass(path, expected);
  if (isUnknown(issuer) || isUnknown(read(props, "oidc"))) return unknown(path, expected);
  return everybodys.test(asText(issuer)) ? fail(path, expected) : pass(path, "an issuer of one organisation");
};

const wholePool = /^principalSet:\/\/.*\/workloadIdentityPools\/[^/]+\/\*$/;

export const trustScoped = rule(
  "identity-trust-policy-scoped",
  aws("iam.Role", trust),
  awsGraph("iam.Role", crossAccount),
  aws(
    "iam.OpenIdConnectProvider",
    all(
      filled("clientIdLists", "an audience"),
      each("clientIdLists", (at) => holds(at, "an audience", (value) => value !== "*")),
    ),
  ),
  azure("managedidentity.FederatedIdentityCredential", matches("subject", /^[^*]+$/, "a subject without *")),
  gcp("iam.WorkloadIdentityPoolProvider", pool),
  gcp("serviceaccount.IAMMember", (view) => {
    const member = read(view.props, "member");
    const expected = "a subject or attribute of the pool, not all of it";
    if (isUnknown(member))
      return (view.propertyDependencies["member"] ?? []).length > 0
        ? pass("member", expected)
        : unknown("member", expected);
    return wholePool.test(asText(member)) ? fail("member", expected) : pass("member", expected);
  }),
);

const asked = (judge: Judge): Judge =>
  when((_view, { settings }: Context) => settings.permissionsBoundary, "permissionsBoundary isn't asked for", judge);
/** Those that hand on rights: Owner, User Access Administrator, Role Based Access Control Administrator. */
const delegating =
  /(8e3af657-a8ff-443c-a75c-2fe8c4bcb635|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9|f58310d9-a9f6-439a-9e8d-f62e7b41a168)$/i;

export const boundary = rule(
  "identity-permissions-boundary",
  aws("iam.Role, iam.User", asked(filled("permissionsBoundary", "a boundary policy"))),
  azure(
    "authorization.RoleAssignment",
    asked(
      when(
        (view) =>
          isUnknown(read(view.props, "roleDefinitionId"))
            ? "unknown"
            : delegating.test(text(view.props, "roleDefinitionId")),
        "a role that hands on no rights",
        filled("condition", "a condition on what may be handed on"),
      ),
    ),
  ),
  gcpGraph(
    "serviceaccount.Account",
    asked((_view, { graph }) =>
      graph.ofType(token("gcp", "iam.DenyPolicy")).length > 0
        ? pass("", "a DenyPolicy in the stack")
        : fail("", "a DenyPolicy in the stack"),
    ),
  ),
);

export const passwordPolicy = rule(
  "identity-password-policy",
  aws("iam.AccountPasswordPolicy", all(atLeast("minimumPasswordLength", 14), atLeast("passwordReusePrevention", 24))),
);
