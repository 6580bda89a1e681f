import { z } from "zod";
import type { Range } from "../components/mistake";

/** What people read of a setting: in the report of mistakes, the editor's completion and the reference page. */
export interface Field {
  readonly description: string;
  /** What may stand there, as the middle of a sentence: "a whole number from 7 to 35 (days)". */
  readonly allowed: string;
  /** A value that works, as one would type it in a shell. */
  readonly example: string;
  /** Words to look for the nearest spelling in. */
  readonly words?: readonly string[];
}

export const fields = z.registry<Field>();

export const flag = (description: string) =>
  z.boolean().register(fields, { description, allowed: "true or false", example: "true" });

export const whole = ([low, high]: Range, unit: string, description: string, example = low) =>
  z
    .int()
    .min(low)
    .max(high)
    .register(fields, {
      description,
      allowed: `a whole number from ${low} to ${high}${unit && ` (${unit})`}`,
      example: String(example),
    });

export const choice = <const T extends readonly [string, ...string[]]>(
  values: T,
  description: string,
  example: T[number] = values[0],
) => z.enum(values).register(fields, { description, allowed: `one of ${values.join(", ")}`, example, words: values });

export const text = (pattern: RegExp, allowed: string, example: string, description: string) =>
  z.string().regex(pattern).register(fields, { description, allowed, example });

/** Text that YAML and `pulumi config set --path` turn into a number when it is written without quotes. */
export const digits = (pattern: RegExp, allowed: string, example: string, description: string) =>
  z
    .union([z.string().regex(pattern), z.int().refine((value) => pattern.test(String(value)))])
    .register(fields, { description, allowed: `${allowed}, best in quotes`, example });

/** Text that looks like a number, and is one when YAML reads it without quotes: a version such as 1.35. */
export const version = <const T extends readonly [string, ...string[]]>(
  values: T,
  example: T[number],
  description: string,
  why = "",
) =>
  z.union([z.enum(values), z.literal(values.map(Number))]).register(fields, {
    description,
    allowed: `one of ${values.join(", ")}${why}`,
    example,
    words: values,
  });

export const days = (low: number, high: number): Range => [low, high];

/** A map from names that the user chooses to the same kind of block. */
export const named = <T extends z.core.$ZodType>(inner: T, allowed: string, example: string, description: string) =>
  z.record(z.string(), inner).register(fields, { description, allowed, example });

export const listOf = (allowed: string, example: string, description: string) =>
  z.array(z.string().min(1)).min(1).register(fields, { description, allowed, example });

/** A map of these keys and no others; all are needed that aren't optional themselves. */
export const record = <S extends z.core.$ZodLooseShape>(description: string, shape: S) =>
  z.strictObject(shape).register(fields, blockField(description, shape));

/** A map of these keys and no others; each may be left out. */
export const block = <S extends z.core.$ZodLooseShape>(description: string, shape: S) =>
  z.strictObject(shape).partial().register(fields, blockField(description, shape));

const blockField = (description: string, shape: object): Field => ({
  description,
  allowed: `a map with ${Object.keys(shape).join(", ")}`,
  example: "{}",
});

/** The schema without what only says that it may be left out. */
export function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;
}

/** The deepest documented setting on a path, and how much of the path leads to it. */
export function fieldAt(
  schema: z.core.$ZodType,
  path: readonly PropertyKey[],
): { readonly field: Field | undefined; readonly path: readonly PropertyKey[]; readonly schema: z.core.$ZodType } {
  const here = bare(schema);
  const [head, ...rest] = path;
  const next = head === undefined ? undefined : inside(here, head);
  if (!next || head === undefined) return { field: fields.get(here), path: [], schema: here };
  const deeper = fieldAt(next, rest);
  return { ...deeper, path: [head, ...deeper.path] };
}

/** What stands under a key: of a block by its name, of a free map under any name. */
function inside(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodRecord) {
    const inner = bare(schema.valueType as z.core.$ZodType);
    return inner instanceof z.ZodObject ? inner : undefined;
  }
  const shape: Shape = schema instanceof z.ZodObject ? (schema.shape as Shape) : {};
  return Object.hasOwn(shape, key) ? shape[String(key)] : undefined;
}

export type Shape = Readonly<Record<string, z.core.$ZodType>>;
