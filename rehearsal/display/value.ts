// Values as events carry them, and as people read them. A secret is masked here whatever the engine sent.

const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";
const unknowns = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export const isSecret = (value: unknown): boolean =>
  value === "[secret]" || (isObject(value) && value[signature] === secretSignature);
export const isUnknown = (value: unknown): boolean => typeof value === "string" && unknowns.has(value);

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A tree that is safe to print: secrets and unknowns by their marks, assets by what they are. */
export function masked(value: unknown): unknown {
  if (isSecret(value)) return "[secret]";
  if (isUnknown(value)) return "[unknown]";
  if (Array.isArray(value)) return value.map(masked);
  if (!isObject(value)) return value;
  const kind = value[signature];
  if (kind === assetSignature) return "[asset]";
  if (kind === archiveSignature) return "[archive]";
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)]));
}

/** One line: marks bare, strings in quotes, objects as in a stack file's flow style. */
export function inline(value: unknown): string {
  return text(masked(value));
}

const marks = new Set(["[secret]", "[unknown]", "[asset]", "[archive]"]);

function text(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return marks.has(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(text).join(", ")}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${text(item)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return String(value as number | boolean | null);
}
