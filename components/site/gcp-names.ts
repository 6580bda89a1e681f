import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { physicalName } from "../naming";
import type { NamingRule } from "../naming/rule";
import { spell, type Tags } from "../tags";
import type { Site } from ".";

/** Labels of one resource: the site's tags, its own name, and the data class of stores and databases (TAG-01, TAG-04). */
export const labelsOf = (site: { readonly tags: Tags }, name: string, dataClass?: string): Record<string, string> =>
  spell.gcp({ ...site.tags, name, ...(dataClass === undefined ? {} : { "data-class": dataClass }) });

/** A name that is unique in the world: it carries a hash of the project, which is an output. */
export const globalName = (site: Site, rule: NamingRule, ...parts: readonly string[]): pulumi.Output<string> =>
  site.accountKey.apply((project) => physicalName(rule, [site.prefix, ...parts], project));

/**
 * A name of something whose name Google keeps after deletion: for ever (key rings), for a week (Cloud SQL instances,
 * log buckets). The random end lets a destroyed stack be built again at once.
 * @param keepers what replaces the named thing when it changes: the replacement needs another name
 */
export function freshName(
  logical: string,
  rule: NamingRule,
  parts: readonly string[],
  keepers: Readonly<Record<string, pulumi.Input<string>>>,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const suffix = new random.RandomId(logical, { byteLength: 3, keepers }, options);
  return suffix.hex.apply((hex) => physicalName(rule, [...parts, hex]));
}
