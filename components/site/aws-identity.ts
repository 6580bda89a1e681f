import type * as pulumi from "@pulumi/pulumi";
import { type NamingRule, physicalName } from "../naming";
import { spell, type Tags } from "../tags";
import type { Site } from ".";

/** Tags of one thing: the site's, its own name, and what it holds where it holds data (TAG-01, TAG-04). */
export function tagsOf(site: Site, name: string, dataClass?: string): Record<string, string> {
  const own: Tags = { name: `${site.prefix}-${name}`, ...(dataClass !== undefined && { "data-class": dataClass }) };
  return spell.aws({ ...site.tags, ...own });
}

/** A name that the whole world shares: salted by the account, so that two companies can't collide. */
export const worldName = (site: Site, rule: NamingRule, ...parts: readonly string[]): pulumi.Output<string> =>
  site.accountKey.apply((account) => physicalName(rule, [site.prefix, ...parts], account));

/** A name in this account and region. */
export const siteName = (site: Site, rule: NamingRule, ...parts: readonly string[]): string =>
  physicalName(rule, [site.prefix, ...parts]);
