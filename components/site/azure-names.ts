import type * as pulumi from "@pulumi/pulumi";
import { type NamingRule, physicalName } from "../naming";
import { spell, type Tags } from "../tags";
import type { Site } from ".";

/** Name of something that is unique in its group or under its parent: `goodies-prod-network`. */
export const localName = (site: Site, rule: NamingRule, ...parts: readonly string[]): string =>
  physicalName(rule, [site.prefix, ...parts]);

/** Name that is unique in the world: salted with the subscription, so that two companies can't collide. */
export const globalName = (site: Site, rule: NamingRule, ...parts: readonly string[]): pulumi.Output<string> =>
  site.accountKey.apply((subscription) => physicalName(rule, [site.prefix, ...parts], subscription));

/** The site's tags in Azure's spelling, with the resource's own name and what else it carries (TAG-01, TAG-04). */
export const tagsOf = (site: Site, name: string, extra: Tags = {}): Record<string, string> =>
  spell.azure({ ...site.tags, name, ...extra });
