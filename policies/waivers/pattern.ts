// URN patterns of waivers: `*` stands for any text within one part, never across `::`.

/** stack, project, type chain, name; undefined for what has no such parts. */
export function partsOf(urn: string): readonly [string, string, string, string] | undefined {
  const [, stack, project, type, name] = /^urn:pulumi:([^:]+)::([^:]+)::(.+?)::(.+)$/.exec(urn) ?? [];
  return stack && project && type && name ? [stack, project, type, name] : undefined;
}

const leastName = 3;

/** Why a pattern is too broad; undefined for one that is narrow. */
export function breadth(pattern: string): string | undefined {
  const [stack = "", project = "", type = "", name = ""] = partsOf(pattern) ?? [];
  const last = type.slice(type.lastIndexOf("$") + 1);
  if (last.includes("*")) return `name the resource's type in full (parents may be left open: "*$aws:kms/key:Key")`;
  if (project.includes("*")) return "name the project in full";
  if (stack.replaceAll("*", "") === "") return "name the stack: what holds in dev is no reason in prod";
  if (name.replaceAll("*", "").length < leastName)
    return `name the resource, or at least ${leastName} characters of its name`;
  return undefined;
}

const compiled = new Map<string, RegExp>();
const within = "(?:(?!::).)*";

/** `*$` before a type stands for any parents, or none. */
export function matches(pattern: string, urn: string): boolean {
  const made = compiled.get(pattern) ?? new RegExp(`^${pattern.replace(/(\*\$)|(\*)|([.+?^${}()|[\]\\])/g, source)}$`);
  compiled.set(pattern, made);
  return made.test(urn);
}

const source = (_: string, parents?: string, any?: string, special?: string) =>
  parents ? `(?:${within}\\$)?` : any ? within : `\\${special}`;

/** Does the pattern speak of this stack at all? One that doesn't isn't unused there. */
export function speaksOf(pattern: string, urn: string): boolean {
  const [own, other] = [partsOf(pattern), partsOf(urn)];
  if (!own || !other) return false;
  return matches(`${own[0]}::${own[1]}`, `${other[0]}::${other[1]}`);
}
