// Keys in OpenSSH's formats: RFC 4253 and RFC 5656 for the public half, PROTOCOL.key of OpenSSH for the private one.
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { type Curve, kindOf } from "./keys";

/** OpenSSH knows no P224: the real provider leaves these outputs empty then. */
const names: Record<Curve, string | undefined> = {
  P224: undefined,
  P256: "nistp256",
  P384: "nistp384",
  P521: "nistp521",
};

const string = (value: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(value as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** A positive number: no leading zeros, but one where the top bit would make it negative. */
function number(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const short = start < 0 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(start));
  return string((short[0] ?? 0) >= 128 ? Buffer.concat([Buffer.from([0]), short]) : short);
}

interface Blobs {
  readonly type: string;
  readonly open: Buffer;
  readonly closed: Buffer;
}

function blobs(key: KeyObject): Blobs | undefined {
  const { algorithm, curve } = kindOf(key);
  const of = (name: string): Buffer =>
    Buffer.from((jwk as Record<string, string | undefined>)[name] ?? "", "base64url");
  if (algorithm === "ECDSA" && names[curve ?? "P224"] === undefined) return undefined;
  const jwk = key.export({ format: "jwk" });
  if (algorithm === "RSA") {
    const type = string("ssh-rsa");
    const [n, e, d, qi, p, q] = ["n", "e", "d", "qi", "p", "q"].map((name) => number(of(name))) as Buffer[];
    return {
      type: "ssh-rsa",
      open: Buffer.concat([type, e!, n!]),
      closed: Buffer.concat([type, n!, e!, d!, qi!, p!, q!]),
    };
  }
  if (algorithm === "ED25519") {
    const open = Buffer.concat([string("ssh-ed25519"), string(of("x"))]);
    return { type: "ssh-ed25519", open, closed: Buffer.concat([open, string(Buffer.concat([of("d"), of("x")]))]) };
  }
  const name = names[curve ?? "P224"] ?? "";
  const point = Buffer.concat([Buffer.from([4]), of("x"), of("y")]);
  const open = Buffer.concat([string(`ecdsa-sha2-${name}`), string(name), string(point)]);
  return { type: `ecdsa-sha2-${name}`, open, closed: Buffer.concat([open, number(of("d"))]) };
}

export interface OpenSsh {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly md5: string;
  readonly sha256: string;
}

const BLOCK = 8;

/** Empty texts for a key that OpenSSH doesn't know. */
export function openssh(key: KeyObject): OpenSsh {
  const made = blobs(key);
  if (made === undefined) return { publicKey: "", privateKey: "", md5: "", sha256: "" };
  // The two equal numbers show a reader that it decrypted rightly; nothing is encrypted here.
  const check = createHash("sha256").update(made.open).digest().subarray(0, 4);
  const body = Buffer.concat([check, check, made.closed, string("")]);
  const padding = Buffer.from(Array.from({ length: (BLOCK - (body.length % BLOCK)) % BLOCK }, (_, at) => at + 1));
  const count = Buffer.from([0, 0, 0, 1]);
  const parts = [
    string("none"),
    string("none"),
    string(""),
    count,
    string(made.open),
    string(Buffer.concat([body, padding])),
  ];
  const whole = Buffer.concat([Buffer.from("openssh-key-v1\0"), ...parts]);
  const md5 = createHash("md5").update(made.open).digest("hex").match(/../g) ?? [];
  return {
    publicKey: `${made.type} ${made.open.toString("base64")}\n`,
    privateKey: pem("OPENSSH PRIVATE KEY", whole),
    md5: md5.join(":"),
    sha256: `SHA256:${createHash("sha256").update(made.open).digest("base64").replace(/=+$/, "")}`,
  };
}

/** RFC 7468, lines of 64. */
export function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

export const publicPem = (key: KeyObject): string =>
  createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
