// A rule's passing fixture as a program would write it: the SDKs' constructors, deep imports, plain literals.
import type { Fixture } from "../policies/fixtures/fixture";
import { resources } from "../policies/fixtures/fixture";
import { isUnknown } from "../policies/read";
import type { Platform, Props } from "../policies/rule";
import { canonical } from "../policies/tokens";

const packages: Readonly<Record<Platform, string>> = {
  aws: "@pulumi/aws",
  azure: "@pulumi/azure-native",
  gcp: "@pulumi/gcp",
  kubernetes: "@pulumi/kubernetes",
};

const width = 100;

/** TypeScript that stands as it is. */
class Code {
  constructor(readonly text: string) {}
}

/** Secrets come from the configuration, where they are encrypted; no page shows one as a literal. */
function withSecrets(inputs: Props, secrets: readonly string[]): Props {
  const kept = (key: string, value: unknown, isSecret: boolean): unknown => {
    if (typeof value === "string" && isSecret) return new Code(`config.requireSecret(${JSON.stringify(key)})`);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, kept(name, one, looksSecret(name))]));
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, secrets.includes(key) ? kept(key, value, true) : value]),
  );
}
const looksSecret = (name: string) => /pass|secret|token|key/i.test(name);

/** TypeScript that makes the fixture's resources, imports first. */
export function snippet({ cloud, made }: Pick<Fixture, "cloud" | "made">): string {
  const imports = new Set<string>();
  const names = new Map<string, number>();
  const statements = resources(cloud, made).map((one) => {
    const { module, alias, name, head } = place(cloud, canonical(one.type));
    imports.add(`import * as ${alias} from "${module}";`);
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    const told = logicalName(one.name, name, count);
    const options = {
      ...(one.protect ? { protect: true } : {}),
      ...(one.ignoreChanges && one.ignoreChanges.length > 0 ? { ignoreChanges: one.ignoreChanges } : {}),
    };
    const inputs = withSecrets({ ...head, ...one.inputs }, one.secretInputs ?? []);
    const given = [`"${told}"`, literal(inputs, 0, alias.length + name.length + told.length + 12)];
    if (Object.keys(options).length > 0) given.push(literal(options, 0));
    return `new ${alias}.${name}(${given.join(", ")});`;
  });
  const asks = statements.some((one) => one.includes("config.requireSecret"));
  if (asks) imports.add('import * as pulumi from "@pulumi/pulumi";');
  const config = asks ? ["const config = new pulumi.Config();"] : [];
  return [...[...imports].sort(), "", ...config, ...statements].join("\n");
}

/** Fixtures count their resources (r0, r1); a reader gets a word. */
const logicalName = (name: string, type: string, count: number) => {
  if (!/^r\d+$/.test(name)) return name;
  const word = type.replace(/([a-z\d])([A-Z])/g, "$1-$2").toLowerCase();
  return count > 1 ? `${word}-${count}` : word;
};

interface Place {
  readonly module: string;
  readonly alias: string;
  readonly name: string;
  /** What a custom resource says of its kind. */
  readonly head?: Props;
}

/** Groups that the Kubernetes SDK has classes for; the others' objects are custom resources. */
const kubernetesGroups = ["apps", "autoscaling", "batch", "core", "helm", "networking", "policy", "rbac", "storage"];

/** `aws:rds/instance:Instance` -> `rds.Instance` of `@pulumi/aws/rds`. */
function place(cloud: Platform, token: string): Place {
  const [pkg = "", middle = "", name = ""] = token.split(":");
  if (pkg === "pulumi") return { module: `${packages[cloud]}/provider`, alias: "provider", name: "Provider" };
  const parts = middle.split("/");
  if (cloud !== "kubernetes") return { module: `${packages[cloud]}/${parts[0]}`, alias: parts[0] ?? "", name };
  const [group = "", version = ""] = [parts[0]?.split(".")[0], parts[1]];
  if (!kubernetesGroups.includes(group))
    return {
      module: `${packages.kubernetes}/apiextensions`,
      alias: "apiextensions",
      name: "CustomResource",
      head: { apiVersion: middle, kind: name },
    };
  return { module: `${packages.kubernetes}/${group}/${version}`, alias: group, name };
}

/** A value as TypeScript. @param before columns that stand before it on its line */
export function literal(value: unknown, depth: number, before = 0): string {
  if (isUnknown(value)) return "known.after.up";
  if (value instanceof Code) return value.text;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((one) => ["", one] as const)
    : Object.entries(value).filter(([, one]) => one !== undefined);
  if (entries.length === 0) return isList ? "[]" : "{}";
  const key = (name: string) => (isList ? "" : `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: `);
  const flat = entries.map(([name, one]) => `${key(name)}${literal(one, 0)}`);
  const line = isList ? `[${flat.join(", ")}]` : `{ ${flat.join(", ")} }`;
  if (!line.includes("\n") && line.length + before + depth * 2 <= width) return line;
  const inner = "  ".repeat(depth + 1);
  const lines = entries.map(([name, one]) => {
    const head = key(name);
    return `${inner}${head}${literal(one, depth + 1, head.length)},`;
  });
  const [open, close] = isList ? "[]" : "{}";
  return `${open}\n${lines.join("\n")}\n${"  ".repeat(depth)}${close}`;
}
