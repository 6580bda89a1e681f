import type { Alias } from "@pulumi/pulumi/proto/alias_pb";

/** Of an alias: the URN itself, or this one's with another name or type at its end. */
export function aliasUrn(urn: string, alias: Alias): string {
  if (alias.hasUrn()) return alias.getUrn();
  const [head, stack, chain = "", name = ""] = urn.split("::");
  const spec = alias.getSpec();
  const types = chain.split("$");
  const last = spec?.getType() || types.at(-1) || "";
  return [head, stack, [...types.slice(0, -1), last].join("$"), spec?.getName() || name].join("::");
}
