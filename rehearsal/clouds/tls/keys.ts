// Private keys that come out the same whenever the same account makes the same one: real keys, from given random text.
import { checkPrimeSync, createECDH, createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { Random } from "../names";

export type Algorithm = "RSA" | "ECDSA" | "ED25519";

/** By the provider's name: OpenSSL's name, OID in DER, bytes of a scalar, digest that signatures use. */
export const curves = {
  P224: { curve: "secp224r1", oid: "06052b81040021", bytes: 28, digest: "sha256" },
  P256: { curve: "prime256v1", oid: "06082a8648ce3d030107", bytes: 32, digest: "sha256" },
  P384: { curve: "secp384r1", oid: "06052b81040022", bytes: 48, digest: "sha384" },
  P521: { curve: "secp521r1", oid: "06052b81040023", bytes: 66, digest: "sha512" },
} as const;
export type Curve = keyof typeof curves;

/** One DER element; long lengths take up to two bytes here. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const SEQUENCE = 0x30;
const OCTETS = 0x04;
const BITS = 0x03;

export function makeKey(random: Random, algorithm: Algorithm, bits: number, curve: Curve): KeyObject {
  if (algorithm === "RSA") return rsa(random, bits);
  return algorithm === "ECDSA" ? ecdsa(random, curve) : ed25519(random);
}

/** RFC 8410: the 32 bytes are the key. */
function ed25519(random: Random): KeyObject {
  const seed = Buffer.from(random("secret:ed25519", 64), "hex");
  const algorithm = der(SEQUENCE, Buffer.from("06032b6570", "hex"));
  const key = der(SEQUENCE, Buffer.from("020100", "hex"), algorithm, der(OCTETS, der(OCTETS, seed)));
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}

/** RFC 5915. A first byte of zero keeps the scalar below every curve's order. */
function ecdsa(random: Random, name: Curve): KeyObject {
  const { curve, oid, bytes } = curves[name];
  const scalar = Buffer.from(`00${random("secret:ecdsa", 2 * (bytes - 1))}`, "hex");
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(scalar);
  const point = der(0xa1, der(BITS, Buffer.from([0]), ecdh.getPublicKey()));
  const parameters = der(0xa0, Buffer.from(oid, "hex"));
  const key = der(SEQUENCE, Buffer.from("020101", "hex"), der(OCTETS, scalar), parameters, point);
  return createPrivateKey({ key, format: "der", type: "sec1" });
}

const EXPONENT = 65537n;

function rsa(random: Random, bits: number): KeyObject {
  const p = prime(random, "secret:rsa p", Math.ceil(bits / 2));
  const q = prime(random, "secret:rsa q", Math.floor(bits / 2));
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const number = (value: bigint): string => {
    const hex = value.toString(16);
    return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex").toString("base64url");
  };
  const jwk = {
    kty: "RSA",
    n: number(p * q),
    e: number(EXPONENT),
    d: number(d),
    p: number(p),
    q: number(q),
    dp: number(d % (p - 1n)),
    dq: number(d % (q - 1n)),
    qi: number(inverse(q, p)),
  };
  return createPrivateKey({ key: jwk, format: "jwk" });
}

/** Odd primes that rule out nine of ten candidates without the costly test. */
const small = ((most: number): readonly number[] => {
  const composite = new Uint8Array(most);
  const primes: number[] = [];
  for (let at = 3; at < most; at += 2) {
    if (composite[at] === 1) continue;
    primes.push(at);
    for (let multiple = at * at; multiple < most; multiple += 2 * at) composite[multiple] = 1;
  }
  return primes;
})(1 << 16);

/** The first prime from a drawn number on, its two top bits set so that the product has all its bits. */
function prime(random: Random, label: string, bits: number): bigint {
  const drawn = BigInt(`0x${random(label, Math.ceil(bits / 4))}`) & ((1n << BigInt(bits)) - 1n);
  const start = drawn | (3n << BigInt(bits - 2)) | 1n;
  const remainders = small.map((divisor) => Number(start % BigInt(divisor)));
  for (let step = 0; ; step += 2) {
    if (small.some((divisor, at) => (remainders[at]! + step) % divisor === 0)) continue;
    const candidate = start + BigInt(step);
    if (candidate % EXPONENT !== 1n && checkPrimeSync(candidate)) return candidate;
  }
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return x < 0n ? x + modulus : x;
}

/** What a private key says of itself. */
export function kindOf(key: KeyObject): { readonly algorithm: Algorithm; readonly curve: Curve | undefined } {
  if (key.asymmetricKeyType === "rsa") return { algorithm: "RSA", curve: undefined };
  if (key.asymmetricKeyType === "ed25519") return { algorithm: "ED25519", curve: undefined };
  const named = key.asymmetricKeyDetails?.namedCurve;
  const found = Object.entries(curves).find(([, { curve }]) => curve === named);
  if (key.asymmetricKeyType !== "ec" || found === undefined)
    throw new Error(`a private key of type ${key.asymmetricKeyType ?? "?"} ${named ?? ""} is not supported`);
  return { algorithm: "ECDSA", curve: found[0] as Curve };
}

/** SHA-1 of the public key: the id of a tls.PrivateKey. */
export function keyId(key: KeyObject): string {
  const pem = createPublicKey(key).export({ type: "spki", format: "pem" });
  return createHash("sha1").update(pem).digest("hex");
}
