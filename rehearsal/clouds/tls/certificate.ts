// X.509 certificates and requests (RFC 5280, RFC 2986): structures by @peculiar/asn1, signatures by node:crypto.
import { createHash, createPublicKey, type KeyObject, sign } from "node:crypto";
import { Attributes, CertificationRequest, CertificationRequestInfo } from "@peculiar/asn1-csr";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import * as x509 from "@peculiar/asn1-x509";
import type { Props } from "../row";
import { text, texts } from "../values";
import { curves, kindOf } from "./keys";
import { pem } from "./openssh";
import { extendedUses, keyUses } from "./uses";

/** In the order that the provider (Go's crypto/x509/pkix) writes them. */
const parts = [
  ["country", "2.5.4.6"],
  ["organization", "2.5.4.10"],
  ["organizationalUnit", "2.5.4.11"],
  ["locality", "2.5.4.7"],
  ["province", "2.5.4.8"],
  ["streetAddresses", "2.5.4.9"],
  ["postalCode", "2.5.4.17"],
  ["commonName", "2.5.4.3"],
  ["serialNumber", "2.5.4.5"],
  ["emailAddress", "1.2.840.113549.1.9.1"],
] as const;

const EXTENSION_REQUEST = "1.2.840.113549.1.9.14";

function nameOf(subject: Props): x509.Name {
  const named = parts.flatMap(([key, type]) => {
    const value = text(subject[key]);
    return (value === undefined ? texts(subject[key]) : [value]).map((one) => {
      const written = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(one) ? { printableString: one } : { utf8String: one };
      const shown = key === "emailAddress" ? { ia5String: one } : written;
      return new x509.RelativeDistinguishedName([
        new x509.AttributeTypeAndValue({ type, value: new x509.AttributeValue(shown) }),
      ]);
    });
  });
  return new x509.Name(named);
}

function algorithmOf(key: KeyObject): {
  readonly digest: string | null;
  readonly identifier: x509.AlgorithmIdentifier;
} {
  const { algorithm, curve } = kindOf(key);
  if (algorithm === "RSA")
    return {
      digest: "sha256",
      identifier: new x509.AlgorithmIdentifier({ algorithm: "1.2.840.113549.1.1.11", parameters: null }),
    };
  if (algorithm === "ED25519")
    return { digest: null, identifier: new x509.AlgorithmIdentifier({ algorithm: "1.3.101.112" }) };
  const { digest } = curves[curve ?? "P256"];
  const last = { sha256: 2, sha384: 3, sha512: 4 }[digest];
  return { digest, identifier: new x509.AlgorithmIdentifier({ algorithm: `1.2.840.10045.4.3.${last}` }) };
}

const signed = (key: KeyObject, content: ArrayBuffer): ArrayBuffer =>
  exact(sign(algorithmOf(key).digest, Buffer.from(content), key));

/** A Buffer may be a window into a larger one; ASN.1 wants the bytes alone. */
const exact = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

const publicInfo = (key: KeyObject): x509.SubjectPublicKeyInfo =>
  AsnConvert.parse(createPublicKey(key).export({ type: "spki", format: "der" }), x509.SubjectPublicKeyInfo);

const keyIdentifier = (info: x509.SubjectPublicKeyInfo): Buffer =>
  createHash("sha1").update(Buffer.from(info.subjectPublicKey)).digest();

const extension = (extnID: string, value: unknown, critical = false): x509.Extension =>
  new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

function alternatives(inputs: Props): x509.Extension | undefined {
  const names = [
    ...texts(inputs["dnsNames"]).map((dNSName) => new x509.GeneralName({ dNSName })),
    ...texts(inputs["ipAddresses"]).map((iPAddress) => new x509.GeneralName({ iPAddress })),
    ...texts(inputs["uris"]).map((uri) => new x509.GeneralName({ uniformResourceIdentifier: uri })),
  ];
  return names.length === 0 ? undefined : extension(x509.id_ce_subjectAltName, new x509.SubjectAlternativeName(names));
}

/** What the certificate is asked to be, apart from whose it is. */
export interface Terms {
  readonly serial: string;
  readonly start: Date;
  readonly hours: number;
  readonly uses: readonly string[];
  readonly ca: boolean;
  /** Intermediate certificates that may follow; negative: any number. */
  readonly maxPath: number;
  readonly subjectKeyId: boolean;
  readonly authorityKeyId: boolean;
}

export const end = (terms: Terms): Date => new Date(terms.start.getTime() + terms.hours * 3_600_000);

interface Owner {
  readonly subject: x509.Name;
  readonly key: x509.SubjectPublicKeyInfo;
  readonly alternatives: x509.Extension | undefined;
}

function issue(
  terms: Terms,
  owner: Owner,
  issuer: x509.Name,
  authority: Buffer | undefined,
  signer: KeyObject,
): string {
  const path = terms.ca && terms.maxPath >= 0 ? { pathLenConstraint: terms.maxPath } : {};
  const usage = keyUses(terms.uses);
  const extended = extendedUses(terms.uses);
  const subjectKey = new x509.SubjectKeyIdentifier(keyIdentifier(owner.key));
  const extensions = [
    usage === 0 ? undefined : extension(x509.id_ce_keyUsage, new x509.KeyUsage(usage), true),
    extended.length === 0 ? undefined : extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([...extended])),
    extension(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: terms.ca, ...path }), true),
    terms.subjectKeyId || terms.ca ? extension(x509.id_ce_subjectKeyIdentifier, subjectKey) : undefined,
    authority === undefined
      ? undefined
      : extension(
          x509.id_ce_authorityKeyIdentifier,
          new x509.AuthorityKeyIdentifier({ keyIdentifier: new x509.KeyIdentifier(authority) }),
        ),
    owner.alternatives,
  ].filter((one) => one !== undefined);
  const { identifier } = algorithmOf(signer);
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: exact(Buffer.from(terms.serial, "hex")),
    signature: identifier,
    issuer,
    validity: new x509.Validity({ notBefore: terms.start, notAfter: end(terms) }),
    subject: owner.subject,
    subjectPublicKeyInfo: owner.key,
    extensions: new x509.Extensions(extensions),
  });
  const signatureValue = signed(signer, AsnConvert.serialize(tbsCertificate));
  const whole = new x509.Certificate({ tbsCertificate, signatureAlgorithm: identifier, signatureValue });
  return pem("CERTIFICATE", new Uint8Array(AsnConvert.serialize(whole)));
}

export function selfSigned(terms: Terms, subject: Props, inputs: Props, key: KeyObject): string {
  const owner = { subject: nameOf(subject), key: publicInfo(key), alternatives: alternatives(inputs) };
  return issue(terms, owner, owner.subject, terms.authorityKeyId ? keyIdentifier(owner.key) : undefined, key);
}

export function request(subject: Props, inputs: Props, key: KeyObject): string {
  const names = alternatives(inputs);
  const asked = names === undefined ? [] : [AsnConvert.serialize(new x509.Extensions([names]))];
  const certificationRequestInfo = new CertificationRequestInfo({
    version: 0,
    subject: nameOf(subject),
    subjectPKInfo: publicInfo(key),
    attributes: new Attributes(asked.map((value) => new x509.Attribute({ type: EXTENSION_REQUEST, values: [value] }))),
  });
  const signature = signed(key, AsnConvert.serialize(certificationRequestInfo));
  const whole = new CertificationRequest({
    certificationRequestInfo,
    signatureAlgorithm: algorithmOf(key).identifier,
    signature,
  });
  return pem("CERTIFICATE REQUEST", new Uint8Array(AsnConvert.serialize(whole)));
}

/** The bytes of the first block of this kind; undefined when the text has none. */
export function block(text: string, label: string): Buffer | undefined {
  const found = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(text)?.[1];
  return found === undefined ? undefined : Buffer.from(found, "base64");
}

export function locallySigned(terms: Terms, requestPem: string, caPem: string, caKey: KeyObject): string {
  const [asked, given] = [block(requestPem, "CERTIFICATE REQUEST"), block(caPem, "CERTIFICATE")];
  if (asked === undefined || given === undefined) throw new Error("no PEM block in certRequestPem or caCertPem");
  const { certificationRequestInfo: info } = AsnConvert.parse(asked, CertificationRequest);
  const ca = AsnConvert.parse(given, x509.Certificate).tbsCertificate;
  const wanted = [...(info.attributes ?? [])]
    .filter(({ type }) => type === EXTENSION_REQUEST)
    .flatMap(({ values }) => values.flatMap((value) => [...AsnConvert.parse(value, x509.Extensions)]));
  const owner = {
    subject: info.subject,
    key: info.subjectPKInfo,
    alternatives: wanted.find(({ extnID }) => extnID === x509.id_ce_subjectAltName),
  };
  return issue(terms, owner, ca.subject, keyIdentifier(ca.subjectPublicKeyInfo), caKey);
}
