// Who signs code for functions. https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
import { fits, long, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { DIGITS } from "../shapes";
import { isSet, text } from "../values";
import { arnOf, awsRow } from "./row";
import { T } from "./types";

const platforms = [
  "AWSLambda-SHA384-ECDSA",
  "Notation-OCI-SHA384-ECDSA",
  "AWSIoTDeviceManagement-SHA256-ECDSA",
  "AmazonFreeRTOS-Default",
];

const profile = awsRow({
  type: T.signingProfile,
  immutable: ["name", "namePrefix", "platformId", "signatureValidityPeriod", "signingMaterial"],
  unique: { by: ["name"], scope: "region" },
  check: ({ inputs }) => [
    ...oneOf(inputs, "platformId", platforms),
    ...fits(inputs, "name", /^[0-9A-Za-z_]{2,64}$/, "2 to 64 letters, digits and _"),
    ...fits(inputs, "namePrefix", /^[0-9A-Za-z_]{1,38}$/, "1 to 38 letters, digits and _"),
    // What Pulumi would make of the logical name has a - in it, which the profile's name may not have.
    ...(isSet(inputs["name"]) || isSet(inputs["namePrefix"])
      ? []
      : refuse("name", "2 to 64 letters, digits and _: give a name or a namePrefix")),
  ],
  id: (moment) =>
    text(moment.inputs["name"]) ?? `${text(moment.inputs["namePrefix"]) ?? ""}${moment.random("name", 26, DIGITS)}`,
  outputs: (moment) => {
    const arn = arnOf(moment, "signer", `/signing-profiles/${moment.id}`);
    const version = text(moment.old?.outputs["version"]) ?? moment.random("version", 10);
    return {
      arn,
      name: moment.id,
      namePrefix: text(moment.inputs["namePrefix"]) ?? "",
      platformDisplayName: "AWS Lambda",
      revocationRecords: [],
      signatureValidityPeriod: moment.inputs["signatureValidityPeriod"] ?? { type: "MONTHS", value: 135 },
      status: "Active",
      version,
      versionArn: `${arn}/${version}`,
    };
  },
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const config = awsRow({
  type: T.codeSigning,
  references: [
    { path: "allowedPublishers.signingProfileVersionArns.*", to: [T.signingProfile], by: "versionArn", weak: true },
  ],
  check: ({ inputs }) => [
    ...long(inputs, "allowedPublishers.signingProfileVersionArns", 1, 20),
    ...oneOf(inputs, "policies.untrustedArtifactOnDeployment", ["Warn", "Enforce"]),
    ...long(inputs, "description", 0, 256),
  ],
  id: (moment) => arnOf(moment, "lambda", `code-signing-config:csc-${moment.random("id", 17)}`),
  outputs: (moment) => ({
    arn: moment.id,
    configId: moment.id.split(":").at(-1) ?? "",
    lastModified: moment.now,
    policies: moment.inputs["policies"] ?? { untrustedArtifactOnDeployment: "Warn" },
  }),
  volatile: ["lastModified"],
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

export const rows: readonly Row[] = [profile, config];
