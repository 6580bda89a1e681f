// Changes to a stack file: anything anywhere, or another value that could be right.
import fc from "fast-check";
import { z } from "zod";
import { regions } from "../../components/regions";
import { bare } from "../../stacks/fields";
import { settingsOf } from "../../stacks/json-schema";
import { nasty } from "./arguments/nasty";

/** What is set, and where, dots between keys. */
export interface Change {
  readonly path: string;
  readonly value: unknown;
}

const settings = settingsOf().filter(([path]) => !path.includes("<name>"));
const paths = [
  ...settings.map(([path]) => path),
  ...["compute.pools.extra", "compute.pools.extra.min", "compute.pools.extra.zones", "secrets.generate.token.length"],
];
const keys = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "Min",
  "sizes",
  "0",
  "",
  " ",
  "[0]",
  "a'b",
  "ü",
];

/** Values that a stack file can hold: what is left of any value after JSON. */
const written = nasty
  .filter((value) => typeof value !== "bigint" && typeof value !== "symbol" && typeof value !== "function")
  .filter((value) => !isRing(value))
  .map((value) => (JSON.parse(JSON.stringify(value)) ?? null) as unknown);

function isRing(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.values(value).includes(value);
}

const somewhere = fc.record({
  path: fc.constantFrom(...paths),
  value: fc.oneof(written, fc.integer({ min: -5, max: 5000 })),
});
const strangeKey = fc.record({
  path: fc
    .tuple(fc.constantFrom("", ...paths.map((path) => `${path}.`)), fc.oneof(fc.constantFrom(...keys), fc.string()))
    .map(([above, key]) => `${above}${key}`),
  value: written,
});
/** A letter lost. */
const typo = fc
  .constantFrom(...paths)
  .chain((path) =>
    fc
      .nat({ max: path.length - 1 })
      .map((at) => ({ path: path.slice(0, at) + path.slice(at + 1), value: "x" as unknown })),
  );
export const change: fc.Arbitrary<Change> = fc.oneof({ weight: 6, arbitrary: somewhere }, strangeKey, typo);

const anyRegion = fc.constantFrom(...Object.values(regions).flatMap((known) => Object.keys(known)));
const special: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  region: anyRegion,
  "dr.region": anyRegion,
  "dr.secondaryRegion": anyRegion,
  "network.cidr": fc.constantFrom("10.0.0.0/16", "10.255.0.0/16", "10.60.128.0/17"),
  "network.zones": fc.integer({ min: 1, max: 6 }),
  "tags.extra": fc.constantFrom({ team: "core" }, { team: "é ü" }, { "a-b": "" }),
  "compute.admins": fc.constantFrom(
    ["arn:aws:iam::123456789012:role/platform"],
    ["11111111-2222-4333-8444-555555555555"],
    ["platform@example.com"],
  ),
  "compute.pools": fc.constantFrom({ extra: {} }, { gpu: { size: "xlarge", min: 0, max: 1, spot: true } }),
  "dns.domain": fc.constantFrom("a.example", "prod.goodies.example"),
};
const mayBeRight = (path: string, schema: z.core.$ZodType): fc.Arbitrary<unknown> | undefined => {
  const here = bare(schema);
  if (special[path]) return special[path];
  if (here instanceof z.ZodBoolean) return fc.boolean();
  if (here instanceof z.ZodEnum) return fc.constantFrom(...here.options);
  if (here instanceof z.ZodNumber) return fc.integer({ min: here.minValue ?? 0, max: here.maxValue ?? 0 });
  return undefined;
};

/** Another value of the right kind: it may still contradict the rest. */
export const choices: fc.Arbitrary<Change> = fc.oneof(
  ...settings
    .filter(([path]) => !["app", "environment", "cloud"].includes(path))
    .flatMap(([path, schema]) => {
      const value = mayBeRight(path, schema);
      return value ? [value.map((one): Change => ({ path, value: one }))] : [];
    }),
);

/** The file with the change in it; a value in the way gives way to a map. */
export function changed(file: object, { path, value }: Change): Record<string, unknown> {
  const [head = "", ...rest] = path.split(".");
  const below = Object.hasOwn(file, head) ? (file as Record<string, unknown>)[head] : undefined;
  const holder = typeof below === "object" && below !== null && !Array.isArray(below) ? below : {};
  const next = rest.length === 0 ? value : changed(holder, { path: rest.join("."), value });
  // Not by assignment: that would set the prototype where the key is __proto__.
  return Object.fromEntries([...Object.entries(file).filter(([key]) => key !== head), [head, next]]);
}
