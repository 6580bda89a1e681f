import fc from "fast-check";

/** Values that come out of a wrong variable: of every kind, at the ends of their kind, and named like parts of JavaScript. */
export const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -0, -1, 1.5, 2 ** 53, 1e300, Number.NaN, Number.POSITIVE_INFINITY, 10n],
    ...["", " ", "\u0000", "\u202e", "💥", "__proto__", "constructor", "toString", "null", "x".repeat(5000)],
    ...[[], [[]], [null], {}, { a: 1 }, { constructor: {} }, JSON.parse('{"__proto__": {"a": 1}}'), new Date(0)],
    ...[() => "x", Symbol("x"), new Map(), /x/, ring()],
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "grapheme" }),
);

function ring(): unknown {
  const one: Record<string, unknown> = {};
  one["self"] = one;
  return one;
}
