// Which account a program touches, and through which endpoints.
import { any, fail, filled, isTrue, oneOf, when } from "../judge";
import { type Context, type Judge, rule } from "../rule";
import { aws, azure, gcp, kubernetes } from "../tokens";

const asked = (key: "fips" | "pinnedAccounts", judge: Judge): Judge =>
  when((_view, { settings }: Context) => settings[key], `${key} isn't asked for`, judge);
/** The engine makes a provider of whatever the shell is logged in to, and calls it default. */
const explicit =
  (judge: Judge): Judge =>
  (view, context) =>
    /^default(_|$)/.test(view.name)
      ? fail("", "a provider of the program's own, passed to its resources")
      : judge(view, context);

export const pinnedAccount = rule(
  "governance-provider-pinned-account",
  aws(
    "provider",
    asked(
      "pinnedAccounts",
      explicit(
        any(
          filled("allowedAccountIds", "the account"),
          filled("assumeRoles", "a role of the account"),
          filled("assumeRole"),
        ),
      ),
    ),
  ),
  azure("provider", asked("pinnedAccounts", explicit(filled("subscriptionId", "the subscription")))),
  gcp("provider", asked("pinnedAccounts", explicit(filled("project", "the project")))),
  kubernetes("provider", asked("pinnedAccounts", explicit(filled("kubeconfig", "the cluster's kubeconfig")))),
);

export const fipsEndpoints = rule(
  "fips-endpoints",
  aws("provider", asked("fips", isTrue("useFipsEndpoint"))),
  azure("provider", asked("fips", oneOf("environment", ["usgovernment", "usgovernmentl4"]))),
);
