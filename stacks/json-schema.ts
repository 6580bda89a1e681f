import { z } from "zod";
import { bare, fields, type Shape } from "./fields";
import { type StackFile, stackSchema } from "./vocabulary";

/** Part of a JSON Schema, as far as it is put together here. */
type Json = Readonly<Record<string, unknown>>;

const required = Object.entries(stackSchema.shape as Shape)
  .filter(([, schema]) => !(schema instanceof z.ZodOptional))
  .map(([key]) => key as keyof StackFile);

/** An encrypted value, as `pulumi config set --secret` writes it. */
const secure: Json = {
  type: "object",
  properties: { secure: { type: "string" } },
  required: ["secure"],
  additionalProperties: false,
};

/** Settings whose value a stack file may, or must, hold encrypted. */
const mayBeSecure = new Set(["aws", "azure", "gcp"]);

/**
 * JSON Schema of a whole Pulumi.<stack>.yaml, for editors: the settings, and what Pulumi and its providers keep there.
 * @param namespace the project's name
 */
export function stackFileSchema(namespace: string): Json {
  const own = z.toJSONSchema(stackSchema, {
    io: "input",
    target: "draft-7",
    override: ({ zodSchema, jsonSchema }) => {
      const field = fields.get(zodSchema);
      if (field) jsonSchema.description = field.description;
      // A safe integer's bounds are zod's way to say "whole", and tell a reader nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  const settings = Object.entries(own.properties ?? {}).map(
    ([key, schema]) => [`${namespace}:${key}`, adapted(key, schema as Json)] as const,
  );
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Trifold stack file",
    description: "Made from stacks/vocabulary.ts by `npm run docs`.",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(settings),
        // Providers' and Pulumi's own configuration.
        patternProperties: { [`^(?!${namespace}:)[A-Za-z][A-Za-z0-9_-]*:.+$`]: {} },
        required: required.map((key) => `${namespace}:${key}`),
        additionalProperties: false,
      },
      encryptionsalt: { type: "string" },
      encryptedkey: { type: "string" },
      secretsprovider: { type: "string" },
      environment: {},
    },
    required: ["config"],
    additionalProperties: false,
  };
}

function adapted(key: string, schema: Json): Json {
  if (key === "databasePassword") return { ...secure, description: schema["description"] };
  if (key !== "account") return schema;
  const properties = Object.entries(schema["properties"] as Record<string, Json>).map(([name, inner]) =>
    mayBeSecure.has(name) ? ([name, { anyOf: [inner, secure] }] as const) : ([name, inner] as const),
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Every setting by its full name, in the order of the schema; blocks before what is in them. */
export function settingsOf(schema: z.core.$ZodType = stackSchema, prefix = ""): (readonly [string, z.core.$ZodType])[] {
  const here = bare(schema);
  if (here instanceof z.ZodRecord) return settingsOf(here.valueType as z.core.$ZodType, `${prefix}<name>.`);
  if (!(here instanceof z.ZodObject)) return [];
  return Object.entries(here.shape as Shape).flatMap(([key, inner]) => [
    [`${prefix}${key}`, inner] as const,
    ...settingsOf(inner, `${prefix}${key}.`),
  ]);
}
