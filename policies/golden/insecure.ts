// One stack a platform in which everything is wrong that a rule of it can find: for each rule a resource that breaks it,
// called by the rule's id, with the companions it needs. expected.json tells which rules fire on which of them, all of them
// and nothing else; `node --import=tsx policies/golden/write.ts` writes it anew, for a review of the difference.
import type { Finding, Resource } from "../evaluate";
import { evaluate } from "../evaluate";
import { fixtures } from "../fixtures";
import { changed, type Fixture, type Made, resources } from "../fixtures/fixture";
import { renamed } from "../fixtures/renamed";
import type { Platform } from "../rule";
import type { Settings } from "../settings";

/** The first way in which a fixture says that its rule is broken. */
function broken({ made, breaks, needs, wrong }: Fixture): readonly Made[] | undefined {
  const [change] = breaks;
  if (change) return changed(made, change);
  const [list] = wrong;
  if (list) return list;
  const [missing] = needs;
  return missing === undefined ? undefined : made.filter((_, index) => index !== missing);
}

/** What has no right form, and so no fixture. */
const forbidden: Readonly<Record<string, readonly (readonly [rule: string, made: Made])[]>> = {
  aws: [["network-no-default-vpc", ["ec2.DefaultVpc", {}]]],
  gcp: [["identity-attach-to-roles-not-users", ["serviceaccount.Key", { serviceAccountId: "a" }]]],
};

/** Rules that look for what a stack as a whole lacks have a stack of their own: beside others, somebody has it. */
const apart = new Set([
  ...["audit-log-sink-central", "audit-trail-all-regions", "audit-trail-bucket-protected", "cluster-policy-addon"],
  ...["monitoring-database-threat-detection", "storage-access-logging", "storage-account-level-public-block"],
]);

interface Stack {
  readonly resources: readonly Resource[];
  /** What the pack's user has decided: some rules speak only then. */
  readonly settings: Partial<Settings>;
}
export interface Insecure {
  /** The stack, and the small ones beside it. */
  readonly stacks: readonly Stack[];
  /** The name of the resource that breaks each rule. */
  readonly subjects: ReadonlyMap<string, string>;
}

export function insecure(platform: Platform): Insecure {
  const stacks = new Map<string, Stack>();
  for (const [rule, made] of forbidden[platform] ?? [])
    stacks.set(rule, { resources: renamed(resources(platform, [made]), rule), settings: {} });
  const own = fixtures.filter(({ cloud }) => cloud === platform);
  const plain = (fixture: Fixture) => Object.keys(fixture.settings).length === 0;
  for (const fixture of [...own.filter(plain), ...own.filter((one) => !plain(one))]) {
    const { rule, settings } = fixture;
    const made = broken(fixture);
    if (made && !stacks.has(rule)) stacks.set(rule, { resources: renamed(resources(platform, made), rule), settings });
  }
  const sorted = [...stacks].sort(([a], [b]) => (a < b ? -1 : 1));
  const beside = sorted.filter(([rule]) => !apart.has(rule)).map(([, stack]) => stack);
  const together: Stack = {
    resources: beside.flatMap((stack) => stack.resources),
    settings: Object.assign({}, ...beside.map(({ settings }) => settings)) as Partial<Settings>,
  };
  const single = sorted.filter(([rule]) => apart.has(rule)).map(([, stack]) => stack);
  return {
    stacks: [together, ...single],
    subjects: new Map(sorted.map(([rule, stack]) => [rule, stack.resources[0]?.name ?? ""])),
  };
}

/** Names of the resources that each rule fails on. */
export function failures({ stacks }: Pick<Insecure, "stacks">): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  for (const { resources: stack, settings } of stacks) {
    const names = new Map(stack.map(({ urn, name }) => [urn, name]));
    const failed = (one: Finding) => one.status === "fail";
    for (const { rule, urn } of evaluate(stack, { environment: "prod", settings }).filter(failed))
      found.set(rule, (found.get(rule) ?? new Set()).add(names.get(urn) ?? urn));
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([rule, names]) => [rule, [...names].sort()]));
}
