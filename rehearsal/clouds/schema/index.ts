// The derived schemas, read when a package's first resource is checked and parsed a type at a time.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Schema } from "./derive";

export type Type =
  | { readonly kind: "string" | "number" | "boolean" | "any" }
  /** `values` may be one alone: a literal, which tells alternatives apart. */
  | { readonly kind: "enum"; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: "list" | "map"; readonly of: Type }
  | { readonly kind: "object"; readonly name: string }
  | { readonly kind: "either"; readonly among: readonly Type[] };

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly type: Type;
}

export type Fields = ReadonlyMap<string, Field>;

/** What one package's types are made of. */
export class Shapes {
  readonly #schema: Schema;
  readonly #parsed = new Map<string, Fields>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** Inputs of a resource or arguments of a function, by token; undefined for what no row was written of. */
  inputs(token: string): Fields | undefined {
    return this.#fields(token, this.#schema.resources[token] ?? this.#schema.functions[token]);
  }

  object(name: string): Fields {
    return this.#fields(name, this.#schema.types[name]) ?? new Map();
  }

  #fields(key: string, written: string | undefined): Fields | undefined {
    const known = this.#parsed.get(key);
    if (known !== undefined || written === undefined) return known;
    const fields = new Map<string, Field>();
    for (const one of written === "" ? [] : written.split(" ")) {
      const cut = one.indexOf(":");
      const required = one[cut - 1] !== "?";
      const name = one.slice(0, required ? cut : cut - 1);
      fields.set(name, { name, required, type: this.#type(one.slice(cut + 1)) });
    }
    this.#parsed.set(key, fields);
    return fields;
  }

  #type(written: string): Type {
    if (written.endsWith("[]"))
      return { kind: "list", of: this.#type(written.slice(0, -2).replace(/^\((.*)\)$/, "$1")) };
    if (written.startsWith("map<") && written.endsWith(">"))
      return { kind: "map", of: this.#type(written.slice(4, -1)) };
    if (written.includes("|")) return { kind: "either", among: written.split("|").map((one) => this.#type(one)) };
    if (written.startsWith("#")) {
      const name = written.slice(1);
      return { kind: "enum", name, values: (this.#schema.enums[name] ?? "").split("|") };
    }
    if (written.startsWith('"')) return { kind: "enum", name: "", values: [written.slice(1, -1)] };
    switch (written) {
      case "string":
      case "number":
      case "boolean":
      case "any":
        return { kind: written };
      case "asset":
        return { kind: "any" };
      default:
        return { kind: "object", name: written };
    }
  }
}

const read = new Map<string, Shapes | undefined>();

/** The schema of a token's package; undefined for packages that none is derived of. */
export function shapesOf(token: string): Shapes | undefined {
  const name = token.slice(0, token.indexOf(":"));
  if (!read.has(name)) read.set(name, packages.has(name) ? new Shapes(load(name)) : undefined);
  return read.get(name);
}

const packages: ReadonlySet<string> = new Set(["aws", "azure-native", "gcp"]);

const load = (name: string): Schema => JSON.parse(readFileSync(join(__dirname, `${name}.json`), "utf8")) as Schema;

const below = (shapes: Shapes, type: Type, step: string): readonly Type[] => {
  switch (type.kind) {
    case "object": {
      const fields = shapes.object(type.name);
      return step === "*" ? [...fields.values()].map((field) => field.type) : fieldTypes(fields, step);
    }
    case "list":
      return /^(\*|\d+)$/.test(step) ? [type.of] : [];
    case "map":
      return [type.of];
    case "either":
      return type.among.flatMap((one) => below(shapes, one, step));
    case "any":
      return [type];
    default:
      return [];
  }
};

const fieldTypes = (fields: Fields, step: string): readonly Type[] => {
  const type = fields.get(step)?.type;
  return type === undefined ? [] : [type];
};

/** What may stand at a path; nothing where the schema has no such path. */
export function at(shapes: Shapes, token: string, path: string): readonly Type[] {
  const [first = "", ...rest] = path.split(".");
  const fields: Fields = shapes.inputs(token) ?? new Map();
  return rest.reduce<readonly Type[]>(
    (types, step) => types.flatMap((type) => below(shapes, type, step)),
    fieldTypes(fields, first),
  );
}
