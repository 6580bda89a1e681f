// Certificates and the requests for them.
import { between, each, oneOf } from "../limits";
import { type Moment, type Props, type Refusal, type Row, UNKNOWN } from "../row";
import { HEX } from "../shapes";
import { flag, instant, number, object, text, texts } from "../values";
import { block, end, locallySigned, request, selfSigned, type Terms } from "./certificate";
import { given, keyProblems, unknowns } from "./given";
import { kindOf } from "./keys";
import { allUses } from "./uses";

const seconds = { create: 0, update: 0, delete: 0 };

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

export const selfSignedCert: Row = {
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

export const certRequest: Row = {
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

export const locallySignedCert: Row = {
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
