// Inputs against the derived schema, as the real provider of the package compares them: what it takes for another type, what it
// refuses, in its words. Secrets, unknowns and assets pass: nothing is said but what is sure.
import { type Path, shown } from "../paths";
import type { Refusal } from "../row";
import { isUnknown } from "../values";
import { decode, isAsset, isMap, isPlain, isSecret, open, type Raw, type RawProps } from "../wire";
import { azure } from "./azure";
import { bridged } from "./bridged";
import type { Dialect, Shown } from "./dialect";
import { type Fields, type Shapes, shapesOf, type Type } from "./index";

export interface Conformed {
  /** The inputs as the provider takes them over: a number given as text is a number. */
  readonly inputs: RawProps;
  readonly failures: readonly Refusal[];
}

/** `token`: a resource's or a function's. Packages without a schema conform. */
export function conform(token: string, inputs: RawProps): Conformed {
  const shapes = shapesOf(token);
  const fields = shapes?.inputs(token);
  if (shapes === undefined || fields === undefined) return { inputs, failures: [] };
  const walk = new Walk(token, shapes, token.startsWith("azure-native:") ? azure : bridged);
  const conformed = walk.object(inputs, fields, []);
  return { inputs: conformed, failures: walk.failures };
}

const plain: Shown = (value) => JSON.stringify(value);
const hidden: Shown = () => "[secret]";

class Walk {
  readonly failures: Refusal[] = [];

  constructor(
    readonly token: string,
    readonly shapes: Shapes,
    readonly dialect: Dialect,
  ) {}

  object(given: RawProps, fields: Fields, path: Path, show: Shown = plain): RawProps {
    let made = given;
    for (const [key, value] of Object.entries(given)) {
      const field = fields.get(key);
      if (field === undefined) {
        // `__defaults` and its like are the engine's and the bridge's own.
        if (value !== null && !key.startsWith("__"))
          this.#refuse([...path, key], this.dialect.stranger(this.token, key, [...fields.keys()]));
        continue;
      }
      const taken = this.#value(value, field.type, [...path, key], show);
      if (taken === value) continue;
      if (made === given) made = { ...given };
      made[key] = taken;
    }
    for (const { name, required } of fields.values())
      if (required && (given[name] === undefined || open(given[name]) === null))
        this.#refuse([...path, name], this.dialect.missing(this.token, shown([...path, name])));
    return made;
  }

  #value(given: Raw, type: Type, path: Path, show: Shown): Raw {
    if (typeof given === "string" && isUnknown(decode(given))) return given;
    if (given === null || type.kind === "any" || isAsset(given)) return given;
    if (isSecret(given)) {
      const sealed: RawProps = given;
      const inner = sealed["value"] ?? null;
      const taken = this.#value(inner, type, path, hidden);
      return taken === inner ? given : { ...sealed, value: taken };
    }
    // First-class outputs and references to resources stand for a value of any type.
    if (isPlain(given) && !isMap(given)) return given;
    const value = this.dialect.convert(given, type);
    const reason = this.dialect.mismatch(value, type, shown(path), show);
    if (reason !== undefined) {
      this.#refuse(path, reason);
      return given;
    }
    return this.#below(value, type, path, show);
  }

  #below(value: Raw, type: Type, path: Path, show: Shown): Raw {
    if (type.kind === "list" && Array.isArray(value))
      return unchanged(
        value,
        value.map((one, index) => this.#value(one, type.of, [...path, index], show)),
      );
    if (!isMap(value)) return value;
    if (type.kind === "map") {
      const taken = Object.entries(value).map(
        ([key, one]) => [key, this.#value(one, type.of, [...path, key], show)] as const,
      );
      return taken.every(([key, one]) => one === value[key]) ? value : Object.fromEntries(taken);
    }
    if (type.kind === "either") return this.#oneOf(value, type.among, path, show);
    const name = type.kind === "object" ? type.name : undefined;
    return name === undefined ? value : this.object(value, this.shapes.object(name), path, show);
  }

  /** Of several object types the one whose literals the value has. */
  #oneOf(value: RawProps, among: readonly Type[], path: Path, show: Shown): RawProps {
    const kinds = among.flatMap((type) =>
      type.kind === "object" ? [{ ...type, literals: this.#literals(type.name) }] : [],
    );
    const told = kinds.filter(
      ({ literals }) => literals.length > 0 && literals.every(([name, one]) => decode(value[name] ?? null) === one),
    );
    const [meant] = told;
    if (meant !== undefined && told.length === 1) return this.object(value, this.shapes.object(meant.name), path, show);
    const names = new Set(kinds.map(({ literals }) => literals[0]?.[0]));
    const [name] = names;
    if (told.length > 0 || names.size !== 1 || name === undefined) return value;
    const given = decode(value[name] ?? null);
    const known = kinds.flatMap(({ literals }) => literals[0]?.[1] ?? []);
    if (given === null) this.#refuse([...path, name], this.dialect.missing(this.token, shown([...path, name])));
    else if (typeof given === "string" && !known.some((one) => one.toLowerCase() === given.toLowerCase()))
      this.#refuse([...path, name], `expected one of ${known.map((one) => plain(one)).join(", ")}, got ${show(given)}`);
    return value;
  }

  /** What tells a type from its alternatives: fields that have one value only. */
  #literals(name: string): readonly (readonly [name: string, value: string])[] {
    return [...this.shapes.object(name).values()].flatMap(({ name: field, type }) =>
      type.kind === "enum" && type.values.length === 1 ? [[field, type.values[0] ?? ""] as const] : [],
    );
  }

  #refuse(path: Path, reason: string | undefined): void {
    if (reason !== undefined) this.failures.push({ property: shown(path), reason });
  }
}

const unchanged = (before: Raw[], after: Raw[]): Raw[] =>
  after.every((one, index) => one === before[index]) ? before : after;
