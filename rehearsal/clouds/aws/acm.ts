// https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
import { fits, oneOf, refuse } from "../limits";
import type { AccountView, Moment, Props, Refusal, Row, Value } from "../row";
import { uuid } from "../shapes";
import { isSet, list, object, text, texts } from "../values";
import { plainName } from "./route53";
import { arnOf, awsRow, regionOf, told } from "./row";
import { T } from "./types";

const host = /^(\*\.)?(([A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+([A-Za-z0-9-]{0,62}[A-Za-z0-9])$/;
const algorithms = "RSA_1024 RSA_2048 RSA_3072 RSA_4096 EC_prime256v1 EC_secp384r1 EC_secp521r1".split(" ");

const domainsOf = ({ inputs }: Pick<Moment, "inputs">): readonly string[] => [
  ...new Set([plainName(inputs["domainName"]), ...texts(inputs["subjectAlternativeNames"]).map(plainName)]),
];

const certificate = awsRow({
  type: T.certificate,
  immutable: [
    "certificateAuthorityArn",
    "domainName",
    "keyAlgorithm",
    "options.certificateTransparencyLoggingPreference",
    "subjectAlternativeNames",
    "validationMethod",
    "validationOptions",
  ],
  unordered: ["subjectAlternativeNames"],
  check: ({ inputs }) => [
    ...fits(inputs, "domainName", host, "a host name of two labels or more, perhaps behind *."),
    ...oneOf(inputs, "keyAlgorithm", algorithms),
    ...oneOf(inputs, "validationMethod", ["DNS", "EMAIL", "HTTP", "NONE"]),
    ...oneOf(inputs, "options.certificateTransparencyLoggingPreference", ["ENABLED", "DISABLED"]),
    ...(isSet(inputs["domainName"]) || isSet(inputs["privateKey"])
      ? []
      : refuse("domainName", "one of `domain_name,private_key` must be specified")),
    ...(isSet(inputs["domainName"]) && !isSet(inputs["validationMethod"]) && !isSet(inputs["certificateAuthorityArn"])
      ? refuse("validationMethod", "is required for a certificate that Amazon issues")
      : []),
  ],
  id: (moment) => arnOf(moment, "acm", `certificate/${uuid(moment.random("id", 32))}`),
  outputs: (moment) => ({
    arn: moment.id,
    domainName: plainName(moment.inputs["domainName"]),
    subjectAlternativeNames: domainsOf(moment),
    domainValidationOptions:
      moment.inputs["validationMethod"] === "DNS"
        ? domainsOf(moment).map((domain) => ({
            domainName: domain,
            resourceRecordName: `_${moment.random(`name ${domain}`, 32)}.${domain.replace(/^\*\./, "")}.`,
            resourceRecordType: "CNAME",
            resourceRecordValue: `_${moment.random(`value ${domain}`, 32)}.${moment.random("batch", 10, "abcdefghijklmnopqrstuvwxyz")}.acm-validations.aws.`,
          }))
        : [],
    keyAlgorithm: moment.inputs["keyAlgorithm"] ?? "RSA_2048",
    options: {
      certificateTransparencyLoggingPreference: "ENABLED",
      export: "DISABLED",
      ...object(moment.inputs["options"]),
    },
    pendingRenewal: false,
    renewalEligibility: "INELIGIBLE",
    renewalSummaries: [],
    ...issued(moment),
    type: "AMAZON_ISSUED",
    validationEmails: [],
    validationOptions: list(moment.inputs["validationOptions"]),
  }),
  ripens: ["notAfter", "notBefore", "status"],
  seconds: { create: 8, update: 2, delete: 3, source: "estimate: until the validation options are told" },
});

const DAY = 86_400_000;
const second = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");

/**
 * Pending when it is asked for; issued by itself once ACM has seen its records, from midnight on for 198 days
 * (https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html), and so from the next read on.
 */
function issued({ inputs, old, account, now }: Moment & { readonly id: string }): Props {
  const was = old?.outputs ?? {};
  const { status, notBefore, notAfter } = was;
  if (status === "ISSUED") return { status, notBefore: notBefore ?? "", notAfter: notAfter ?? "" };
  const seen = list(was["domainValidationOptions"]).length > 0 && unproved(was, account).length === 0;
  if (old === undefined || inputs["validationMethod"] !== "DNS" || !seen)
    return { status: "PENDING_VALIDATION", notBefore: "", notAfter: "" };
  const from = Date.parse(`${now.slice(0, 10)}T00:00:00Z`);
  return { status: "ISSUED", notBefore: second(from), notAfter: second(from + 198 * DAY - 1000) };
}

/** Any of these in a CAA record lets Amazon sign. https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html */
const amazon = /"(amazon\.com|amazontrust\.com|awstrust\.com|amazonaws\.com)"/;

/** ACM looks for its record, and at what CAA says; where it finds neither the way it should, the provider waits in vain. */
function proofRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const held = account.find([T.certificate], "arn", inputs["certificateArn"] ?? null);
  return held === undefined ? [] : unproved(held.outputs, account);
}

/** Names of a certificate that no record proves. */
function unproved(outputs: Props, account: AccountView): readonly Refusal[] {
  const records = account.all(T.record);
  const valuesOf = (name: string, type: string): readonly Value[] | undefined =>
    list(
      records.find((one) => plainName(one.outputs["fqdn"]) === name && one.inputs["type"] === type)?.inputs["records"],
    );
  return list(outputs["domainValidationOptions"]).flatMap((option) => {
    const { resourceRecordName, resourceRecordValue, domainName } = object(option);
    const found = valuesOf(plainName(resourceRecordName), "CNAME")?.map(plainName);
    if (!found?.includes(plainName(resourceRecordValue)))
      return refuse(
        "certificateArn",
        `expected certificate to be issued but was in state PENDING_VALIDATION: no CNAME ${text(resourceRecordName)}`,
      );
    const parents = plainName(domainName)
      .split(".")
      .map((_, index, labels) => labels.slice(index).join("."));
    const rules = parents.map((name) => valuesOf(name, "CAA") ?? []).find((values) => values.length > 0);
    return rules === undefined || rules.some((rule) => amazon.test(text(rule) ?? ""))
      ? []
      : refuse("certificateArn", `CAA_ERROR: the CAA records of ${text(domainName)} don't let Amazon issue`);
  });
}

const validation = awsRow({
  type: T.certificateValidation,
  taggable: false,
  immutable: ["certificateArn", "validationRecordFqdns"],
  unordered: ["validationRecordFqdns"],
  references: [{ path: "certificateArn", to: [T.certificate], by: "arn", weak: true }],
  check: (moment) => {
    const region = text(moment.inputs["certificateArn"])?.split(":")[3];
    return region !== undefined && region !== regionOf(moment)
      ? refuse(
          "certificateArn",
          `ResourceNotFoundException: the certificate is in ${region}, not in ${regionOf(moment)}`,
        )
      : [];
  },
  admit: proofRefusals,
  id: (moment) => `${moment.now} ${moment.random("id", 8)}`,
  outputs: ({ inputs, account }) => ({
    certificateArn:
      told(account.find([T.certificate], "arn", inputs["certificateArn"] ?? null), "arn") ??
      inputs["certificateArn"] ??
      "",
  }),
  seconds: { create: 90, delete: 1, source: "estimate: 1 to 5 minutes until ACM has seen the record" },
});

export const rows: readonly Row[] = [certificate, validation];
