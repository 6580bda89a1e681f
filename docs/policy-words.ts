// What the pages of docs/policies have in common.
import type { Level } from "../policies/levels";
import { type Platform, platforms } from "../policies/rule";
import { rules } from "../policies/rules";

export const platformNames: Readonly<Record<Platform, string>> = {
  aws: "AWS",
  azure: "Azure",
  gcp: "Google Cloud",
  kubernetes: "Kubernetes",
};

export const madeFrom = "Made from the policy pack by `npm run docs`.";
export const notReviewed = "The mapping to controls is an engineering proposal. No compliance owner has reviewed it.";

/** Platforms that a rule speaks of. */
export const platformsOf = (id: string): readonly Platform[] => {
  const own = new Set(rules.filter((rule) => rule.id === id).flatMap(({ parts }) => parts.map(({ cloud }) => cloud)));
  return platforms.filter((one) => own.has(one));
};

/** A line of a table; a bar would end a cell. */
export const row = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
export const head = (...cells: readonly string[]): readonly string[] => [
  row(...cells),
  `|${"---|".repeat(cells.length)}`,
];

export const page = (...lines: readonly (string | readonly string[])[]): string => `${lines.flat().join("\n")}\n`;

export const topicOf = (id: string): string => id.slice(0, id.indexOf("-"));
export const levelText = (level: Level | undefined): string => level ?? "-";
