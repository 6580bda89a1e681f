// Pulumi's own forms on the wire: secrets, unknown values, provider and stack configuration (sdk/nodejs/runtime/rpc.ts).
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN } from "../read";
import type { Marks } from "../remediations/remedy";
import type { Props } from "../rule";

const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";
const outputMark = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const unknownMarks = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export interface Revealed {
  readonly props: Props;
  /** Top-level properties that are secret, in whole or in part. */
  readonly secrets: readonly string[];
}

/** What differs between the places that write these forms. */
export interface Forms {
  /** The text that stands for a secret: a preview's JSON keeps neither value nor marker. */
  readonly blinded?: string;
  /** Called for every secret whose content isn't there. */
  readonly onSealed?: () => void;
}

/** Plain values for the rules: secrets unwrapped and noted, unknowns as UNKNOWN. */
export function reveal(object: Readonly<Record<string, unknown>>, { blinded, onSealed }: Forms = {}): Revealed {
  const secrets = new Set<string>();
  const sealed = (top: string) => {
    secrets.add(top);
    onSealed?.();
    return UNKNOWN;
  };
  const walk = (value: unknown, top: string): unknown => {
    if (blinded !== undefined && value === blinded) return sealed(top);
    if (typeof value === "string") return unknownMarks.has(value) ? UNKNOWN : value;
    if (Array.isArray(value)) return value.map((element) => walk(element, top));
    if (typeof value !== "object" || value === null) return value;
    const held = value as Readonly<Record<string, unknown>>;
    if (held[signature] === secretMark || held[signature] === outputMark) {
      if (held[signature] === secretMark || held["secret"] === true) secrets.add(top);
      if ("value" in held) return walk(held["value"], top);
      // `pulumi stack export --show-secrets` writes plain text as JSON; state files hold ciphertext alone.
      if (typeof held["plaintext"] === "string") return walk(JSON.parse(held["plaintext"]), top);
      // an output without a value isn't known yet, and not for being secret
      return held[signature] === secretMark ? sealed(top) : UNKNOWN;
    }
    return Object.fromEntries(Object.entries(held).map(([key, inner]) => [key, walk(inner, top)]));
  };
  const props = Object.fromEntries(Object.entries(object).map(([key, value]) => [key, walk(value, key)]));
  return { props, secrets: [...secrets] };
}

/** The same forms for what changes a tree in place: secrets are looked into, unknowns left alone. */
export const wireMarks: Marks = {
  inside: (value) => {
    const held = value as Readonly<Record<string, unknown>> | undefined;
    const marked = typeof held === "object" && held !== null && typeof held[signature] === "string";
    return marked && "value" in held ? held : undefined;
  },
  isOpen: (value) => typeof value === "string" && unknownMarks.has(value),
};

export const revealStruct = (struct: Struct | undefined): Revealed => reveal(struct?.toJavaScript() ?? {});
