// What a person reads: what is wrong, where, why it matters, how to put it right. No property value is in it.
import { entryOf } from "../catalogue";
import { frameworks } from "../catalogue/controls";
import type { Finding } from "../evaluate";
import { cloudOf } from "../tokens";
import type { Waiver } from "../waivers/schema";

const shownFrameworks = ["nist-800-53", "cis-aws", "cis-azure", "cis-gcp", "pci-dss"] as const;

/** `NIST SP 800-53 SC-28, PCI DSS 3.5.1`: a few ids of each framework; the catalogue has all. */
export function controlList(rule: string): string {
  return entryOf(rule)
    .controls.filter(
      ({ framework, ids }) => ids.length > 0 && (shownFrameworks as readonly string[]).includes(framework),
    )
    .map(({ framework, ids }) => `${frameworks[framework].name} ${ids.slice(0, 3).join(" ")}`)
    .join("; ");
}

export function message(finding: Finding): string {
  const entry = entryOf(finding.rule);
  const cloud = cloudOf(finding.type);
  const remedy = cloud && entry.remedy[cloud];
  const controls = controlList(finding.rule);
  return [
    `${entry.title}.`,
    `  where: ${finding.path || "the resource"}; expected ${finding.expected || "what the title says"}`,
    `  why:   ${entry.why}${controls && ` (${controls})`}`,
    ...(remedy ? [`  fix:   ${remedy}`] : []),
  ].join("\n");
}

/** What a waiver holds open: its terms first, so that a reader sees that it isn't settled. */
export function waivedMessage(finding: Finding, { expires, owner, ticket, reason }: Waiver): string {
  return [
    `Waived until ${expires} by ${owner} (${ticket}): ${reason}`,
    `  what:  ${entryOf(finding.rule).title}`,
    `  where: ${finding.path || "the resource"}; expected ${finding.expected || "what the title says"}`,
  ].join("\n");
}

const alphabetically = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

/**
 * One line a rule for everything that can't be judged yet, so that a preview isn't flooded. Sorted: the CLI hands over a
 * stack's resources in another order each time, and the same plan should read the same.
 */
export function notYetKnown(
  findings: readonly Pick<Finding, "rule" | "urn" | "path">[],
): readonly { readonly rule: string; readonly text: string }[] {
  const byRule = new Map<string, Pick<Finding, "rule" | "urn" | "path">[]>();
  for (const finding of findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  return [...byRule].sort(alphabetically).map(([rule, own]) => {
    const places = [...new Set(own.map(({ urn, path }) => `${nameOf(urn)}${path && `.${path}`}`))].sort();
    const shown = places.slice(0, 3).join(", ");
    const rest = places.length > 3 ? ` and ${places.length - 3} more` : "";
    return { rule, text: `${rule}: not known yet for ${shown}${rest}; judged as soon as it is.` };
  });
}
