// What a provider knows of its types, taken from the installed SDK's typings: which inputs there are, of which type, and which
// must be given, at every level. `write.ts` writes <package>.json by it; schema.test.ts holds the two together.
import ts from "typescript";
import type { Package } from "../row";
import { type Side, Typings } from "./typings";

/**
 * Fields are written `name:type` or `name?:type`, parted by spaces. A type is `string`, `number`, `boolean`, `any`, `asset`, a
 * literal, the name of an object type, `#` and the name of an enumeration, `T[]`, `map<T>`, or alternatives parted by `|`.
 */
export interface Schema {
  /** Inputs by token. */
  readonly resources: Readonly<Record<string, string>>;
  /** Arguments by token. */
  readonly functions: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, string>>;
  /** Values by enumeration, parted by `|`. */
  readonly enums: Readonly<Record<string, string>>;
}

/** The packages whose rows are many: the others' few types are checked by their rows. */
export const derived = ["aws", "azure-native", "gcp"] as const;

/** Bridged providers take any string where their SDKs offer an enumeration: a list of well-known instance types, not a limit. */
const exhaustive = (pkg: Package): boolean => pkg.name === "azure-native";

/** `side`: what a program gives, or what the resource's class and the function's result have. @default "input" */
export function derive(pkg: Package, typings = new Typings(pkg.npm), side: Side = "input"): Schema {
  const types: Record<string, string> = {};
  const enums: Record<string, string> = {};
  const written = (members: ReturnType<Typings["input"]>): string =>
    (members ?? [])
      .map(({ name, optional, type }) => `${name}${optional ? "?" : ""}:${reached(typeText(type))}`)
      .join(" ");
  const reached = (type: string): string => {
    for (const [name] of type.replace(/"[^"]*"/g, "").matchAll(/#?[\w.]+/g)) {
      if (name.startsWith("#")) enums[name.slice(1)] ??= found(typings.enumeration(name.slice(1)), name).join("|");
      else if (types[name] === undefined && !simple.has(name)) {
        types[name] = "";
        types[name] = written(found(typings.shape(side, name), name));
      }
    }
    return exhaustive(pkg) ? type : type.replace(/#[\w.]+/g, "string");
  };
  const byToken = (tokens: readonly string[]): Record<string, string> =>
    sorted(Object.fromEntries(tokens.map((token) => [token, written(typings[side](token))])));
  const resources = byToken(pkg.rows.map(({ type }) => type));
  const functions = byToken(pkg.functions.map(({ token }) => token));
  return { resources, functions, types: sorted(types), enums: exhaustive(pkg) ? sorted(enums) : {} };
}

const simple = new Set(["string", "number", "boolean", "any", "asset", "map"]);

function found<T>(declared: T | undefined, name: string): T {
  if (declared === undefined) throw new Error(`the installed SDK declares no ${name}`);
  return declared;
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** `pulumi.Input<{ [key: string]: pulumi.Input<string>; } | undefined>` is `map<string>`. */
export function typeText(type: ts.TypeNode): string {
  if (ts.isParenthesizedTypeNode(type)) return typeText(type.type);
  if (ts.isArrayTypeNode(type)) return `${grouped(typeText(type.elementType))}[]`;
  if (ts.isUnionTypeNode(type)) {
    const parts = [...new Set(type.types.map((one) => typeText(one)))].filter((one) => one !== "undefined");
    if (parts.includes("any")) return "any";
    // `string | Enum`: the enumeration says it all.
    const enumerated = parts.some((one) => one.startsWith("#"));
    return parts.filter((one) => !enumerated || one !== "string").join("|");
  }
  if (ts.isTypeLiteralNode(type)) {
    const [index] = type.members;
    return index !== undefined && ts.isIndexSignatureDeclaration(index) ? `map<${typeText(index.type)}>` : "any";
  }
  if (ts.isLiteralTypeNode(type)) return type.getText();
  if (!ts.isTypeReferenceNode(type)) return type.getText();
  const name = type.typeName.getText();
  const [inner] = type.typeArguments ?? [];
  if (/^pulumi\.(Input|Output)$/.test(name) && inner !== undefined) return typeText(inner);
  if (/^pulumi\.asset\./.test(name)) return "asset";
  const [side, ...rest] = name.split(".");
  if (side === "inputs" || side === "outputs") return rest.join(".");
  if (side === "enums") return `#${rest.join(".")}`;
  return "any";
}

const grouped = (type: string): string => (type.includes("|") ? `(${type})` : type);
