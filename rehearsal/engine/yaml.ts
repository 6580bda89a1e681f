// YAML as the CLI reads it. Its library is a Go one of its own mind (gopkg.in/yaml.v3, resolve.go and decode.go): numbers as
// in Go's source, times, merge keys. What is text there must not be a number here, nor the other way round.
import { readFileSync } from "node:fs";
import { type CollectionTag, parseAllDocuments, type ScalarTag } from "yaml";

const tag = (name: string) => `tag:yaml.org,2002:${name}`;

const infinite = /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/;
const whole = /^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/;
const real = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
/** Whole numbers that fit 64 bits; larger ones are real. */
const [least, most] = [-(2n ** 63n), 2n ** 64n - 1n];

function numberOf(text: string): number | bigint | string {
  const plain = text.replaceAll("_", "");
  if (whole.test(plain)) {
    const digits = plain.replace(/^[-+]/, "").replace(/^0(?=[0-7])/, "0o");
    const value = BigInt(digits.toLowerCase()) * (plain.startsWith("-") ? -1n : 1n);
    if (value >= least && value <= most) return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  const value = real.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? value : text;
}

const numbers = (name: "int" | "float", byItself: boolean): ScalarTag => ({
  tag: tag(name),
  default: byItself,
  test: /^[-+.\d]/,
  resolve: (text, onError) => {
    if (infinite.test(text)) onError(`${text} is no number that a setting can have`);
    return numberOf(text);
  },
});

const time = /^(\d{4})-(\d\d?)-(\d\d?)(?:([Tt ])(\d\d?):(\d\d?):(\d\d?)(?:\.(\d{1,9}))?(Z|[-+]\d\d:\d\d)?)?$/;

/** A time without quotes is handed on as Go prints one; text where there is no such day or hour. */
const times: ScalarTag = {
  tag: tag("timestamp"),
  default: true,
  test: time,
  resolve: (text) => {
    const [, year = "", ...parts] = time.exec(text) ?? [];
    const [month = "", day = "", between, hour = "0", minute = "0", second = "0", fraction = "", zone] = parts;
    // With a T there is a zone, with a blank there is none.
    if (between !== undefined && (between === " ") !== (zone === undefined)) return text;
    const two = (number: string) => number.padStart(2, "0");
    const date = `${year}-${two(month)}-${two(day)}`;
    const there = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
    if (!there || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return text;
    const rest = fraction.replace(/0+$/, "");
    const offset = zone === undefined || /^Z|00:00$/.test(zone) ? "+0000 UTC" : zone.replace(":", "");
    const named = offset.includes(" ") ? offset : `${offset} ${offset}`;
    return `${date} ${two(hour)}:${two(minute)}:${two(second)}${rest && `.${rest}`} ${named}`;
  },
};

const bytes: ScalarTag = { tag: tag("binary"), resolve: (text) => Buffer.from(text, "base64").toString("utf8") };
/** Its keys, each without a value. */
const set: CollectionTag = { tag: tag("set"), collection: "map" };

/** @throws with path, line and what is wrong */
export function readYaml<T>(path: string): T {
  return parseYaml<T>(path, decoded(path, readFileSync(path)));
}

/** UTF-8, or UTF-16 where the first two bytes say so. */
function decoded(path: string, content: Uint8Array): string {
  const [first, second] = content;
  const wide =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : undefined;
  try {
    return new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(content);
  } catch {
    throw new Error(`${path}: some of it is no UTF-8; save it in that encoding`);
  }
}

// Those that are no line's end or tab.
const control = /(?![\t\n\r\u0085])\p{Cc}/u;
/** Kinds of what it calls something that it isn't: `!!int abc`. */
const unfit = /tag:yaml\.org,2002:(int|float|bool|null)/;

/** Of several documents, the first. Whole numbers past what is exact in JavaScript are bigint. */
export function parseYaml<T>(path: string, text: string): T {
  try {
    const [mark] = control.exec(text) ?? [];
    if (mark) throw new Error(`control characters are not allowed, and there is \\x${mark.charCodeAt(0).toString(16)}`);
    const [document] = parseAllDocuments(text.replace(/\r(?!\n)/g, "\n"), {
      schema: "core",
      merge: true,
      logLevel: "error",
      customTags: (tags) => [times, numbers("int", true), numbers("float", false), bytes, set, ...tags],
    });
    const { errors = [], warnings = [] } = document && "errors" in document ? document : {};
    const error = errors[0] ?? warnings.find(({ message }) => unfit.test(message));
    if (error) throw error;
    return ((document && "toJS" in document ? document.toJS() : undefined) ?? {}) as T;
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}
