// The account keeps no secret: a salted hash stands for each, good enough to tell whether the engine's value is still it.
import { createHmac, scryptSync } from "node:crypto";
import {
  decode,
  isAsset,
  isMap,
  isPlain,
  isSecret,
  open,
  type Raw,
  type RawProps,
  SECRET,
  SIGNATURE,
  secret,
} from "./wire";

/** What a read gives where the account's secret is no longer the engine's: the cloud wouldn't tell either. */
export const CHANGED = "[changed outside of this stack]";

/** scrypt's cost: some 5 ms a secret, so that a short one isn't guessed by the million, and thousands can be kept. */
const COST = 2048;

/** Hashes the secrets of one account. */
export class Seal {
  readonly #salt: string;
  /** Costly hashes of this run, by a cheap keyed one, so that the memory holds no clear text either. */
  readonly #made = new Map<string, string>();

  constructor(salt: string) {
    this.#salt = salt;
  }

  hash(raw: Raw): string {
    const text = JSON.stringify(sorted(decode(raw)));
    const quick = createHmac("sha256", this.#salt).update(text).digest("base64");
    let made = this.#made.get(quick);
    if (made === undefined) {
      made = scryptSync(text, this.#salt, 24, { N: COST }).toString("base64url");
      this.#made.set(quick, made);
    }
    return made;
  }

  /** Hashes in place of secrets, and assets without their content. */
  close(raw: Raw): Raw {
    if (Array.isArray(raw)) return raw.map((element) => this.close(element));
    if (!isPlain(raw)) return raw;
    if (isSecret(raw)) return typeof raw["sealed"] === "string" ? raw : { [SIGNATURE]: SECRET, sealed: this.hash(raw) };
    if (isAsset(raw)) return { [SIGNATURE]: raw[SIGNATURE] ?? null, hash: raw["hash"] ?? null };
    return this.closeProps(raw);
  }

  closeProps(raw: RawProps): RawProps {
    return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, this.close(value)]));
  }

  /**
   * The engine's own old values where hashes stand and match them, a mark of drift where they don't. Without an old
   * value (an import) a secret can't be told: it is left out.
   */
  open(kept: Raw, old: Raw | undefined): Raw | undefined {
    if (isSecret(kept)) {
      if (old === undefined) return undefined;
      return this.hash(old) === kept["sealed"] ? secret(old) : secret(CHANGED);
    }
    const plain = old === undefined ? undefined : open(old);
    // The content of a file isn't kept here, only its hash: where that is the same, the engine's own is handed back.
    if (isAsset(kept)) return isAsset(plain) && plain["hash"] === kept["hash"] ? plain : kept;
    if (Array.isArray(kept)) {
      const olds = Array.isArray(plain) ? plain : [];
      return kept.map((element, index) => this.open(element, olds[index])).filter((element) => element !== undefined);
    }
    return isMap(kept) ? this.openProps(kept, isMap(plain) ? plain : {}) : kept;
  }

  openProps(kept: RawProps, old: RawProps): RawProps {
    const opened: RawProps = {};
    for (const [key, value] of Object.entries(kept)) {
      const found = this.open(value, old[key]);
      if (found !== undefined) opened[key] = found;
    }
    return opened;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === "symbol") return "unknown";
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}
