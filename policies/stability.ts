// Types that their makers don't stand by: previews, betas, and what is deprecated.
import type { View } from "./rule";
import table from "./unstable-types.json";

const listed = (names: Readonly<Record<string, string>>) =>
  new Set(
    Object.entries(names).flatMap(([module, all]) => all.split(" ").map((name) => `${module}:${name}`.toLowerCase())),
  );
const deprecated = { aws: listed(table.aws), gcp: listed(table.gcp) };
const beta = listed(table.gcpBeta);

/** The type as the program wrote it: a URN keeps the version that the canonical token drops. */
const written = ({ urn, type }: View): string => urn.split("::")[2]?.split("$").at(-1) ?? type;

/** What would be right instead of an unstable type; undefined for a stable one. */
export function unstable(view: View): string | undefined {
  const type = written(view);
  const [, pack = "", module = "", name = ""] = /^([^:]+):([^/:]+)[^:]*:(.+)$/.exec(type) ?? [];
  const key = `${module}:${name}`.toLowerCase();
  if (pack.startsWith("azure-native"))
    return /v\d{8}(preview|privatepreview|alpha|beta)/i.test(type) ? "a version that isn't a preview" : undefined;
  if (pack === "aws" && deprecated.aws.has(key)) return "the type that took its place";
  if (pack === "gcp" && deprecated.gcp.has(key)) return "the type that took its place";
  if (pack === "gcp" && beta.has(key)) return "a type that is generally available";
  if (pack === "kubernetes") return /\/v\d+(alpha|beta)\d+:/.test(type) ? "a version without alpha or beta" : undefined;
  return undefined;
}
