// The package `tls` (pulumi-tls 5.x, terraform-provider-tls 4.x): real keys and certificates, kept in the stack's state alone.
import { createPrivateKey, type KeyObject } from "node:crypto";
import { between, each, oneOf, refuse } from "../limits";
import { type CloudFunction, type Moment, type Package, type Props, type Refusal, type Row, UNKNOWN } from "../row";
import { HEX } from "../shapes";
import { flag, number, object, text, texts } from "../values";
import { block, end, locallySigned, request, selfSigned, type Terms } from "./certificate";
import { type Algorithm, type Curve, curves, keyId, kindOf, makeKey } from "./keys";
import { openssh, publicPem } from "./openssh";
import { allUses } from "./uses";

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

const privateKey: Row = {
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

const unknowns = (keys: readonly string[]): Props => Object.fromEntries(keys.map((key) => [key, UNKNOWN]));

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

/** A key given as text; what is wrong with it is never told with the text itself. */
function parsed(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    kindOf(key);
    return key;
  } catch {
    return undefined;
  }
}

function given(inputs: Props, ...properties: readonly string[]): KeyObject {
  const pem = properties.map((property) => text(inputs[property])).find((one) => one !== undefined);
  const key = pem === undefined ? undefined : parsed(pem);
  if (key === undefined) throw new Error(`${properties.join(" or ")} is not a private key in PEM`);
  return key;
}

function keyProblems(inputs: Props, property: string, writeOnly: string): readonly Refusal[] {
  const set = [property, writeOnly].filter((key) => inputs[key] !== undefined && inputs[key] !== null);
  if (set.length !== 1) return refuse(property, `exactly one of ${property} and ${writeOnly} must be set`);
  const [key = property] = set;
  const pem = text(inputs[key]);
  return pem === undefined || parsed(pem) !== undefined
    ? []
    : refuse(key, "is not a private key in PEM (RSA, ECDSA or ED25519)");
}

const pemProblems = (inputs: Props, property: string, label: string): readonly Refusal[] =>
  each(
    inputs,
    property,
    (value) => typeof value === "string" && block(value, label) !== undefined,
    () => `has no PEM block of type ${label}`,
  );

const termProblems = (inputs: Props): readonly Refusal[] => [
  ...between(inputs, "validityPeriodHours", 0, Number.MAX_SAFE_INTEGER),
  ...between(inputs, "earlyRenewalHours", 0, Number.MAX_SAFE_INTEGER),
  ...between(inputs, "maxPathLength", -1, Number.MAX_SAFE_INTEGER),
  ...oneOf(inputs, "allowedUses.*", allUses),
];

/** RFC 5280: positive and at most 20 octets. */
const serialOf = ({ random }: Moment): string => `01${random("serial", 30, HEX)}`;
const decimal = (moment: Moment): string => BigInt(`0x${serialOf(moment)}`).toString();

function termsOf(moment: Moment): Terms {
  const { inputs } = moment;
  return {
    serial: serialOf(moment),
    start: new Date(text(moment.old?.outputs["validityStartTime"]) ?? moment.now),
    hours: number(inputs["validityPeriodHours"]) ?? 0,
    uses: texts(inputs["allowedUses"]),
    ca: flag(inputs["isCaCertificate"]) ?? false,
    maxPath: number(inputs["maxPathLength"]) ?? -1,
    subjectKeyId: flag(inputs["setSubjectKeyId"]) ?? false,
    authorityKeyId: flag(inputs["setAuthorityKeyId"]) ?? false,
  };
}

const instant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

function issued(moment: Moment, terms: Terms, certPem: () => string): Props {
  const { inputs, old } = moment;
  const shape = {
    earlyRenewalHours: inputs["earlyRenewalHours"] ?? 0,
    isCaCertificate: terms.ca,
    maxPathLength: terms.maxPath,
    setSubjectKeyId: terms.subjectKeyId,
    readyForRenewal: false,
  };
  // An update only moves the renewal: the certificate stays.
  const kept = text(old?.outputs["certPem"]);
  const times = { validityStartTime: instant(terms.start), validityEndTime: instant(end(terms)) };
  if (moment.preview && kept === undefined)
    return { ...shape, ...unknowns(["certPem", "validityStartTime", "validityEndTime"]) };
  return { ...shape, ...times, certPem: kept ?? certPem() };
}

const algorithmOf = (moment: Moment, ...properties: readonly string[]) =>
  moment.preview ? UNKNOWN : kindOf(given(moment.inputs, ...properties)).algorithm;

const selfSignedCert: Row = {
  type: "tls:index/selfSignedCert:SelfSignedCert",
  required: ["allowedUses", "validityPeriodHours"],
  immutable: [
    "allowedUses",
    "dnsNames",
    "ipAddresses",
    "uris",
    "subject",
    "privateKeyPem",
    "privateKeyPemWoVersion",
  ].concat(["validityPeriodHours", "isCaCertificate", "maxPathLength", "setSubjectKeyId", "setAuthorityKeyId"]),
  secrets: ["privateKeyPem"],
  writeOnly: ["privateKeyPemWo"],
  check: ({ inputs }) => [...termProblems(inputs), ...keyProblems(inputs, "privateKeyPem", "privateKeyPemWo")],
  id: decimal,
  outputs: (moment) => {
    const { inputs } = moment;
    const terms = termsOf(moment);
    const make = () =>
      selfSigned(terms, object(inputs["subject"]), inputs, given(inputs, "privateKeyPem", "privateKeyPemWo"));
    return {
      ...issued(moment, terms, make),
      keyAlgorithm: algorithmOf(moment, "privateKeyPem", "privateKeyPemWo"),
      setAuthorityKeyId: terms.authorityKeyId,
    };
  },
  seconds,
};

const certRequest: Row = {
  type: "tls:index/certRequest:CertRequest",
  immutable: ["dnsNames", "ipAddresses", "uris", "subject", "privateKeyPem", "privateKeyPemWoVersion"],
  secrets: ["privateKeyPem"],
  writeOnly: ["privateKeyPemWo"],
  check: ({ inputs }) => keyProblems(inputs, "privateKeyPem", "privateKeyPemWo"),
  id: ({ random }) => random("id", 40, HEX),
  outputs: (moment) => {
    const { inputs } = moment;
    const keyAlgorithm = algorithmOf(moment, "privateKeyPem", "privateKeyPemWo");
    if (moment.preview) return { keyAlgorithm, certRequestPem: UNKNOWN };
    const key = given(inputs, "privateKeyPem", "privateKeyPemWo");
    return { keyAlgorithm, certRequestPem: request(object(inputs["subject"]), inputs, key) };
  },
  seconds,
};

const locallySignedCert: Row = {
  type: "tls:index/locallySignedCert:LocallySignedCert",
  required: ["allowedUses", "caCertPem", "certRequestPem", "validityPeriodHours"],
  immutable: ["allowedUses", "caCertPem", "caPrivateKeyPem", "caPrivateKeyPemWoVersion", "certRequestPem"].concat([
    "validityPeriodHours",
    "isCaCertificate",
    "maxPathLength",
    "setSubjectKeyId",
  ]),
  secrets: ["caPrivateKeyPem"],
  writeOnly: ["caPrivateKeyPemWo"],
  check: ({ inputs }) => [
    ...termProblems(inputs),
    ...keyProblems(inputs, "caPrivateKeyPem", "caPrivateKeyPemWo"),
    ...pemProblems(inputs, "caCertPem", "CERTIFICATE"),
    ...pemProblems(inputs, "certRequestPem", "CERTIFICATE REQUEST"),
  ],
  id: decimal,
  outputs: (moment) => {
    const { inputs } = moment;
    const terms = termsOf(moment);
    const make = () =>
      locallySigned(
        terms,
        text(inputs["certRequestPem"]) ?? "",
        text(inputs["caCertPem"]) ?? "",
        given(inputs, "caPrivateKeyPem", "caPrivateKeyPemWo"),
      );
    return {
      ...issued(moment, terms, make),
      caKeyAlgorithm: algorithmOf(moment, "caPrivateKeyPem", "caPrivateKeyPemWo"),
    };
  },
  seconds,
};

const getPublicKey: CloudFunction = {
  token: "tls:index/getPublicKey:getPublicKey",
  call: (args) => {
    const pem = text(args["privateKeyPem"]) ?? text(args["privateKeyOpenssh"]);
    const key = pem === undefined ? undefined : parsed(pem);
    if (key === undefined) return refuse("privateKeyPem", "is not a private key in PEM (RSA, ECDSA or ED25519)");
    return { ...args, id: keyId(key), algorithm: kindOf(key).algorithm, ...publicHalf(key) };
  },
};

export const pkg: Package = {
  name: "tls",
  npm: "@pulumi/tls",
  rows: [privateKey, selfSignedCert, certRequest, locallySignedCert],
  functions: [getPublicKey],
  place: (config) => ({ cloud: "tls", account: "", region: "", config }),
};
