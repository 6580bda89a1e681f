// The package `random` (pulumi-random 4.21, terraform-provider-random 3.x): everything replaces, nothing is anyone's cloud.
import { createHash } from "node:crypto";
import bcrypt from "bcryptjs";
import { between, refuse } from "../limits";
import { type Moment, type Package, type Props, type Refusal, type Row, UNKNOWN, type Value } from "../row";
import { DIGITS, HEX, LOWER, UPPER, uuid } from "../shapes";
import { number, text, texts } from "../values";
import { drawText, textProblems } from "./text";
import { adjectives, adverbs, animals } from "./words";

/** Made on the spot. */
const seconds = { create: 0, update: 0, delete: 0 };

/** bcrypt's own default cost and alphabet; it reads 72 bytes, so the provider hashes no more. */
const BCRYPT_COST = "10";
const BCRYPT_BYTES = 72;
const BCRYPT_ALPHABET = `./${UPPER}${LOWER}${DIGITS}`;

const everyText = ["keepers", "length", "lower", "upper", "number", "numeric", "special"].concat([
  "minLower",
  "minUpper",
  "minNumeric",
  "minSpecial",
  "overrideSpecial",
]);

/** The provider's own defaults show in the outputs only. */
function textDefaults({ inputs }: Moment): Props {
  const numeric = inputs["numeric"] ?? inputs["number"] ?? true;
  const defaults: Record<string, Value> = { lower: true, upper: true, special: true };
  for (const key of ["minLower", "minUpper", "minNumeric", "minSpecial"]) defaults[key] = 0;
  const shown = Object.entries(defaults).map(([key, value]) => [key, inputs[key] ?? value] as const);
  return { ...Object.fromEntries(shown), number: numeric, numeric };
}

function hashed(moment: Moment, password: string): Value {
  if (moment.preview) return UNKNOWN;
  // bcrypt takes 22 characters for 128 bits, so the last one has only four that matter.
  const salt = `${moment.random("bcryptSalt", 21, BCRYPT_ALPHABET)}${moment.random("bcryptEnd", 1, ".Oeu")}`;
  return bcrypt.hashSync(Buffer.from(password).subarray(0, BCRYPT_BYTES).toString(), `$2a$${BCRYPT_COST}$${salt}`);
}

const password: Row = {
  type: "random:index/randomPassword:RandomPassword",
  required: ["length"],
  immutable: everyText,
  secrets: ["result", "bcryptHash"],
  check: textProblems,
  id: () => "none",
  outputs: (moment) => {
    const result = drawText(moment, "secret:");
    return { ...textDefaults(moment), result, bcryptHash: hashed(moment, result) };
  },
  fromId: (id) => ({ inputs: { length: id.length }, outputs: { length: id.length, result: id } }),
  seconds,
};

const string: Row = {
  type: "random:index/randomString:RandomString",
  required: ["length"],
  immutable: everyText,
  check: textProblems,
  id: (moment) => drawText(moment),
  outputs: (moment) => ({ ...textDefaults(moment), result: drawText(moment) }),
  fromId: (id) => ({ inputs: { length: id.length }, outputs: { length: id.length, result: id } }),
  seconds,
};

const hexOf = ({ random, inputs }: Moment, key: string, label = "bytes"): string =>
  random(label, 2 * (number(inputs[key]) ?? 0), HEX);
const base64url = (hex: string): string => Buffer.from(hex, "hex").toString("base64url");

function idOutputs(hex: string, prefix = ""): Props {
  return {
    hex: prefix + hex,
    dec: prefix + BigInt(`0x${hex === "" ? "0" : hex}`).toString(),
    b64Std: prefix + Buffer.from(hex, "hex").toString("base64"),
    b64Url: prefix + base64url(hex),
  };
}

const id: Row = {
  type: "random:index/randomId:RandomId",
  required: ["byteLength"],
  immutable: ["keepers", "byteLength", "prefix"],
  check: ({ inputs }) => between(inputs, "byteLength", 1, Number.MAX_SAFE_INTEGER),
  id: (moment) => base64url(hexOf(moment, "byteLength")),
  outputs: (moment) => idOutputs(hexOf(moment, "byteLength"), text(moment.inputs["prefix"])),
  fromId: (whole) => {
    const [encoded = "", prefix] = whole.split(",").reverse();
    const hex = Buffer.from(encoded, "base64url").toString("hex");
    const inputs = { byteLength: hex.length / 2, ...(prefix === undefined ? {} : { prefix }) };
    return { inputs, outputs: idOutputs(hex, prefix) };
  },
  seconds,
};

const bytes: Row = {
  type: "random:index/randomBytes:RandomBytes",
  required: ["length"],
  immutable: ["keepers", "length"],
  secrets: ["base64", "hex"],
  check: ({ inputs }) => between(inputs, "length", 1, Number.MAX_SAFE_INTEGER),
  id: (moment) => createHash("sha256").update(moment.urn).update(moment.random("id", 32)).digest("hex"),
  outputs: (moment) => {
    const hex = hexOf(moment, "length", "secret:bytes");
    return { hex, base64: Buffer.from(hex, "hex").toString("base64") };
  },
  seconds,
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ofUuid = (type: string, make: (moment: Moment) => string): Row => ({
  type,
  immutable: ["keepers"],
  id: make,
  outputs: (moment) => ({ result: make(moment) }),
  fromId: (given) => (UUID.test(given) ? { inputs: {}, outputs: { result: given } } : undefined),
  seconds,
});

/** Version 7 starts with the time; a rehearsal's is the same each time, so only the shape is version 7's. */
function uuid7({ random }: Moment): string {
  const made = uuid(random("uuid", 32, HEX));
  return `${made.slice(0, 14)}7${made.slice(15)}`;
}

/** Inclusive, both ends. */
function draw(random: Moment["random"], label: string, least: number, most: number): number {
  const span = BigInt(most) - BigInt(least) + 1n;
  return Number(BigInt(least) + (BigInt(`0x${random(label, 32, HEX)}`) % span));
}

function integerOf({ inputs, random }: Moment): number {
  const label = `integer ${text(inputs["seed"]) ?? ""}`;
  return draw(random, label, number(inputs["min"]) ?? 0, number(inputs["max"]) ?? 0);
}

const integer: Row = {
  type: "random:index/randomInteger:RandomInteger",
  required: ["min", "max"],
  immutable: ["keepers", "min", "max", "seed"],
  check: ({ inputs }): readonly Refusal[] => {
    const [min, max] = [number(inputs["min"]), number(inputs["max"])];
    if (min === undefined || max === undefined || max >= min) return [];
    return refuse(
      "min",
      `the minimum (min) value needs to be smaller than or equal to maximum (max) value, got ${min} and ${max}`,
    );
  },
  id: (moment) => String(integerOf(moment)),
  outputs: (moment) => ({ result: integerOf(moment) }),
  fromId: (given) => {
    const [result, min, max, seed] = given.split(",");
    if (max === undefined || [result, min, max].some((part) => !/^-?\d+$/.test(part ?? ""))) return undefined;
    const inputs = { min: Number(min), max: Number(max), ...(seed === undefined ? {} : { seed }) };
    return { inputs, outputs: { result: Number(result) } };
  },
  seconds,
};

/** Fisher and Yates; with more results than inputs it goes round again, as the provider does. */
function shuffled({ inputs, random }: Moment): readonly string[] {
  const given = texts(inputs["inputs"]);
  const count = number(inputs["resultCount"]) ?? given.length;
  const results: string[] = [];
  while (results.length < count && given.length > 0) {
    const round = [...given];
    for (let at = round.length - 1; at > 0; at--) {
      const other = draw(random, `shuffle ${text(inputs["seed"]) ?? ""} ${results.length} ${at}`, 0, at);
      [round[at], round[other]] = [round[other]!, round[at]!];
    }
    results.push(...round);
  }
  return results.slice(0, count);
}

const shuffle: Row = {
  type: "random:index/randomShuffle:RandomShuffle",
  required: ["inputs"],
  immutable: ["keepers", "inputs", "resultCount", "seed"],
  id: () => "-",
  outputs: (moment) => ({ results: shuffled(moment) }),
  seconds,
};

/** Adverbs, one adjective, one animal: the last `length` of them, as many adverbs as it takes. */
function petOf({ inputs, random }: Moment): string {
  const length = number(inputs["length"]) ?? 2;
  const from = (words: readonly string[], label: string) => words[draw(random, label, 0, words.length - 1)]!;
  const words = Array.from({ length }, (_, at) => {
    const left = length - at;
    return left === 1
      ? from(animals, "animal")
      : left === 2
        ? from(adjectives, "adjective")
        : from(adverbs, `adverb ${at}`);
  });
  const prefix = text(inputs["prefix"]);
  return [...(prefix === undefined ? [] : [prefix]), ...words].join(text(inputs["separator"]) ?? "-");
}

const pet: Row = {
  type: "random:index/randomPet:RandomPet",
  immutable: ["keepers", "length", "prefix", "separator"],
  check: ({ inputs }) => between(inputs, "length", 1, Number.MAX_SAFE_INTEGER),
  id: petOf,
  outputs: ({ inputs }) => ({ length: inputs["length"] ?? 2, separator: inputs["separator"] ?? "-" }),
  seconds,
};

const random = (moment: Moment): string => uuid(moment.random("uuid", 32, HEX));

export const pkg: Package = {
  name: "random",
  npm: "@pulumi/random",
  rows: [
    password,
    string,
    id,
    bytes,
    ofUuid("random:index/randomUuid:RandomUuid", random),
    ofUuid("random:index/randomUuid4:RandomUuid4", random),
    ofUuid("random:index/randomUuid7:RandomUuid7", uuid7),
    integer,
    shuffle,
    pet,
  ],
  functions: [],
  place: (config) => ({ cloud: "random", account: "", region: "", config }),
};
