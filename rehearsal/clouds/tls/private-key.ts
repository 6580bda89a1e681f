// Keys that the simulated provider makes, and the public half of any key.
import type { KeyObject } from "node:crypto";
import { between, oneOf, refuse } from "../limits";
import type { CloudFunction, Moment, Props, Row } from "../row";
import { number, text } from "../values";
import { parsed, unknowns } from "./given";
import { type Algorithm, type Curve, curves, keyId, kindOf, makeKey } from "./keys";
import { openssh, publicPem } from "./openssh";

const seconds = { create: 0, update: 0, delete: 0 };
const DEFAULT_BITS = 2048;

function keyOf({ inputs, random }: Moment): KeyObject {
  const curve = (text(inputs["ecdsaCurve"]) ?? "P224") as Curve;
  return makeKey(random, text(inputs["algorithm"]) as Algorithm, number(inputs["rsaBits"]) ?? DEFAULT_BITS, curve);
}

/** In the form that each kind of key is usually kept in. */
function privatePem(key: KeyObject): string {
  const { algorithm } = kindOf(key);
  const type = algorithm === "RSA" ? "pkcs1" : algorithm === "ECDSA" ? "sec1" : "pkcs8";
  return key.export({ type, format: "pem" }).toString();
}

export const privateKey: Row = {
  type: "tls:index/privateKey:PrivateKey",
  required: ["algorithm"],
  immutable: ["algorithm", "ecdsaCurve", "rsaBits"],
  secrets: ["privateKeyPem", "privateKeyOpenssh", "privateKeyPemPkcs8"],
  check: ({ inputs }) => [
    ...oneOf(inputs, "algorithm", ["RSA", "ECDSA", "ED25519"]),
    ...oneOf(inputs, "ecdsaCurve", Object.keys(curves)),
    // Below this no library signs any more; above, a rehearsal would only wait for primes.
    ...between(inputs, "rsaBits", 1024, 8192),
  ],
  id: (moment) => keyId(keyOf(moment)),
  outputs: (moment) => {
    const { inputs } = moment;
    const shape = { ecdsaCurve: inputs["ecdsaCurve"] ?? "P224", rsaBits: inputs["rsaBits"] ?? DEFAULT_BITS };
    if (moment.preview) return { ...shape, ...unknowns(made) };
    const key = keyOf(moment);
    return { ...shape, privateKeyPem: privatePem(key), ...pkcs8(key), ...publicHalf(key) };
  },
  seconds,
};

const made = ["privateKeyPem", "privateKeyOpenssh", "privateKeyPemPkcs8", "publicKeyPem", "publicKeyOpenssh"].concat([
  "publicKeyFingerprintMd5",
  "publicKeyFingerprintSha256",
]);

const pkcs8 = (key: KeyObject): Props => ({
  privateKeyOpenssh: openssh(key).privateKey,
  privateKeyPemPkcs8: key.export({ type: "pkcs8", format: "pem" }).toString(),
});

function publicHalf(key: KeyObject): Props {
  const { publicKey, md5, sha256 } = openssh(key);
  return {
    publicKeyPem: publicPem(key),
    publicKeyOpenssh: publicKey,
    publicKeyFingerprintMd5: md5,
    publicKeyFingerprintSha256: sha256,
  };
}

export const getPublicKey: CloudFunction = {
  token: "tls:index/getPublicKey:getPublicKey",
  call: (args) => {
    const pem = text(args["privateKeyPem"]) ?? text(args["privateKeyOpenssh"]);
    const key = pem === undefined ? undefined : parsed(pem);
    if (key === undefined) return refuse("privateKeyPem", "is not a private key in PEM (RSA, ECDSA or ED25519)");
    return { ...args, id: keyId(key), algorithm: kindOf(key).algorithm, ...publicHalf(key) };
  },
};
