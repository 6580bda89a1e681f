// Property values as they travel: JSON with Pulumi's signatures for secrets, assets and the like, and one string for
// "not known yet" (sdk/go/common/resource/plugin/rpc.go, resource/properties.go). Rows see them decoded.
import { type Props, UNKNOWN, type Value } from "./row";
import { isObject } from "./values";

export type Raw = null | boolean | number | string | Raw[] | { [key: string]: Raw };
export type RawProps = { [key: string]: Raw };

export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Every kind of unknown; the first (a string) is what the engine sends most and what we send. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknowns = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // list
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

const signature = (raw: Raw | undefined): Raw | undefined => (isPlain(raw) ? raw[SIGNATURE] : undefined);

/** An object: property map or signed value, not a list. */
export const isPlain = (raw: Raw | undefined): raw is RawProps =>
  typeof raw === "object" && raw !== null && !Array.isArray(raw);
export const isSecret = (raw: Raw | undefined): raw is RawProps => signature(raw) === SECRET;
export const isAsset = (raw: Raw | undefined): raw is RawProps =>
  signature(raw) === ASSET || signature(raw) === ARCHIVE;
/** A property map: an object without a signature. */
export const isMap = (raw: Raw | undefined): raw is RawProps => isPlain(raw) && raw[SIGNATURE] === undefined;

export const secret = (value: Raw): Raw => (isSecret(value) ? value : { [SIGNATURE]: SECRET, value });

/** What is inside a secret, however often it was wrapped. */
export function open(raw: Raw): Raw {
  return isSecret(raw) ? open(raw["value"] ?? null) : raw;
}

/** Whether a secret is anywhere inside. */
export function holdsSecret(raw: Raw | undefined): boolean {
  if (Array.isArray(raw)) return raw.some(holdsSecret);
  if (!isPlain(raw)) return false;
  if (isSecret(raw) || (raw[SIGNATURE] === OUTPUT && raw["secret"] === true)) return true;
  return Object.values<Raw>(raw).some(holdsSecret);
}

/** As a row sees it. Assets are told by their hash alone, because the engine leaves their content out of what was. */
export function decode(raw: Raw): Value {
  if (typeof raw === "string") return unknowns.has(raw) ? UNKNOWN : raw;
  if (Array.isArray(raw)) return raw.map(decode);
  if (!isPlain(raw)) return raw;
  switch (raw[SIGNATURE]) {
    case undefined:
      return decodeProps(raw);
    case SECRET:
      return typeof raw["sealed"] === "string" ? `[sealed:${raw["sealed"]}]` : decode(raw["value"] ?? null);
    case ASSET:
    case ARCHIVE:
      return { hash: raw["hash"] === undefined ? null : decode(raw["hash"]) };
    case REFERENCE:
      return raw["id"] === undefined ? decode(raw["urn"] ?? null) : raw["id"] === "" ? UNKNOWN : decode(raw["id"]);
    case OUTPUT:
      return raw["value"] === undefined ? UNKNOWN : decode(raw["value"]);
    default:
      throw new Error(`a property value of an unknown kind (signature ${JSON.stringify(raw[SIGNATURE])})`);
  }
}

export const decodeProps = (raw: RawProps): Props =>
  Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, decode(value)]));

export function encode(value: Value): Raw {
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return (value as readonly Value[]).map(encode);
  return isObject(value) ? encodeProps(value) : (value as Raw);
}

/** A row may leave a property undefined to say that it isn't there. */
export function encodeProps(props: Props): RawProps {
  const raw: RawProps = {};
  for (const [key, value] of Object.entries(props) as [string, Value | undefined][])
    if (value !== undefined) raw[key] = encode(value);
  return raw;
}

/** Every text inside secrets: what must not go out, nor onto the disk, in clear. */
export function secretTexts(raw: Raw | undefined, inside = false): readonly string[] {
  if (typeof raw === "string") return inside && !unknowns.has(raw) ? [raw] : [];
  if (Array.isArray(raw)) return raw.flatMap((element) => secretTexts(element, inside));
  if (!isPlain(raw)) return [];
  if (isSecret(raw)) return secretTexts(raw["value"] ?? null, true);
  return Object.entries<Raw>(raw).flatMap(([key, value]) => (key === SIGNATURE ? [] : secretTexts(value, inside)));
}

/** Both sides of a resource at once. */
export const decoded = (inputs: RawProps, outputs: RawProps) => ({
  inputs: decodeProps(inputs),
  outputs: decodeProps(outputs),
});
