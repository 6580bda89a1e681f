// What an API server knows of its kinds, taken from the installed SDK's typings: which fields there are, of which type,
// and which must be given. `write.ts` writes schema.json by it; schema.test.ts holds the two together.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Groups and versions that Kubernetes 1.33 to 1.35 serve, by their folder in the SDK. Alphas and betas are off in managed clusters. */
export const served = [
  "admissionregistration/v1",
  "apiextensions/v1",
  "apiregistration/v1",
  "apps/v1",
  "autoscaling/v1",
  "autoscaling/v2",
  "batch/v1",
  "certificates/v1",
  "coordination/v1",
  "core/v1",
  "discovery/v1",
  "events/v1",
  "flowcontrol/v1",
  "networking/v1",
  "node/v1",
  "policy/v1",
  "rbac/v1",
  "scheduling/v1",
  "storage/v1",
] as const;

export interface Schema {
  /** Type by Pulumi token: `kubernetes:apps/v1:Deployment` -> `apps.v1.Deployment`. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Fields by type, each `name:type` or `name?:type`, parted by spaces. */
  readonly types: Readonly<Record<string, string>>;
}

const root = (): string => dirname(require.resolve("@pulumi/kubernetes/package.json"));

export function derive(): Schema {
  const kinds: Record<string, string> = {};
  const found = new Map(interfaces(readFileSync(join(root(), "types/input.d.ts"), "utf8")));
  for (const folder of served)
    for (const file of readdirSync(join(root(), folder))) {
      if (!file.endsWith(".d.ts") || /(^index|Patch|List)\.d\.ts$/.test(file)) continue;
      const token = /__pulumiType = '([^']+)'/.exec(
        readFileSync(join(root(), folder, file.replace(".d.ts", ".js")), "utf8"),
      );
      if (token?.[1] === undefined) continue;
      const type = `${folder.replace("/", ".")}.${token[1].split(":")[2]}`;
      kinds[token[1]] = type;
      const args = interfaces(readFileSync(join(root(), folder, file), "utf8")).find(([name]) => name.endsWith("Args"));
      if (args !== undefined) found.set(type, args[1]);
    }
  const types: Record<string, string> = {};
  const reach = (type: string): void => {
    const fields = found.get(type);
    if (fields === undefined || types[type] !== undefined) return;
    types[type] = fields;
    for (const [, below] of fields.matchAll(/:(?:map<)?([a-z0-9]+\.v\w+\.\w+)/g)) if (below !== undefined) reach(below);
  };
  for (const type of Object.values(kinds)) reach(type);
  return { kinds: sorted(kinds), types: sorted(types) };
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Interfaces of a declaration file with their namespaces, as [name, fields]. */
function interfaces(text: string): [string, string][] {
  const made: [string, string][] = [];
  const spaces: string[] = [];
  let fields: string[] | undefined;
  let pending = "";
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    if (line.startsWith("*") || line.startsWith("/*") || line.startsWith("//")) continue;
    if (fields === undefined) {
      const space = /^(?:export declare )?namespace (\w+) \{$/.exec(line)?.[1];
      const name = /^(?:export )?interface (\w+) \{$/.exec(line)?.[1];
      if (space !== undefined) spaces.push(space);
      else if (line === "}") spaces.pop();
      else if (name !== undefined) {
        fields = [];
        made.push([[...spaces, name].join("."), ""]);
      }
      continue;
    }
    if (line === "}" && pending === "") {
      made[made.length - 1] = [made.at(-1)?.[0] ?? "", fields.join(" ")];
      fields = undefined;
      continue;
    }
    pending += ` ${line}`;
    if (!line.endsWith(";") || count(pending, "{") !== count(pending, "}")) continue;
    const [, name, optional, type] = /^ ["']?([\w$-]+)["']?(\??): (.*);$/.exec(pending) ?? [];
    if (name !== undefined && type !== undefined) fields.push(`${name}${optional}:${plain(type)}`);
    pending = "";
  }
  return made;
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;

/** `pulumi.Input<{ [key: string]: pulumi.Input<string>; } | undefined>` is `map<string>`. */
function plain(type: string): string {
  let text = type;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text
      .replace(/ \| undefined\b/g, "")
      .replace(/pulumi\.Input<([^<>]*)>/g, "$1")
      .replace(/\{ \[key: string\]: ([^{};]+);? \}/g, "map($1)");
  }
  return text
    .replace(/inputs\./g, "")
    .replace(/\(/g, "<")
    .replace(/\)/g, ">")
    .replace(/\s/g, "");
}
