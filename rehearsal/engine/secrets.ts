// Pulumi's passphrase secrets: AES-256-GCM under a PBKDF2 key, `v1:<nonce>:<ciphertext and tag>` in base64.

import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

/** As Pulumi's own crypter derives keys; another number would be another key. */
const iterations = 1_000_000;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export class Crypter {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  encrypt(plaintext: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  }

  decrypt(ciphertext: string): string {
    const [version, nonce, sealed, ...more] = ciphertext.split(":");
    if (version !== "v1" || nonce === undefined || sealed === undefined || more.length > 0) {
      throw new Error("bad value: not a v1 ciphertext");
    }
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.#key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString("utf8");
  }
}

/** A key takes a good part of a second: each is derived once a process. */
const crypters = new Map<string, Promise<Crypter>>();

function derive(passphrase: string, salt: Buffer): Promise<Crypter> {
  const name = JSON.stringify([passphrase, salt.toString("base64")]);
  const known = crypters.get(name);
  if (known !== undefined) return known;
  const derived = promisify(pbkdf2)(passphrase, salt, iterations, keyBytes, "sha256").then((key) => new Crypter(key));
  crypters.set(name, derived);
  return derived;
}

/** A stack's crypter with the text that names its salt: `encryptionsalt` of a stack file, `salt` of a state file. */
export interface Passphrase {
  readonly salt: string;
  readonly crypter: Crypter;
}

export async function newPassphrase(passphrase: string): Promise<Passphrase> {
  const salt = randomBytes(8);
  const crypter = await derive(passphrase, salt);
  return { crypter, salt: `v1:${salt.toString("base64")}:${crypter.encrypt("pulumi")}` };
}

/** Opens what was encrypted under `salt`. @throws when the passphrase is another one */
export async function openPassphrase(passphrase: string, salt: string): Promise<Passphrase> {
  const [version, bytes, ...proof] = salt.split(":");
  if (version !== "v1" || bytes === undefined) throw new Error("encryption salt: unknown version, expected v1");
  const crypter = await derive(passphrase, Buffer.from(bytes, "base64"));
  let opened = "";
  try {
    opened = crypter.decrypt(proof.join(":"));
  } catch {
    // the tag didn't match: said below
  }
  if (opened !== "pulumi") {
    throw new Error("incorrect passphrase: set PULUMI_CONFIG_PASSPHRASE to the one that this stack was encrypted with");
  }
  return { salt, crypter };
}
