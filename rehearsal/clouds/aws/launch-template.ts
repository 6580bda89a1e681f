// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
import { between, fits, oneOf, refuse } from "../limits";
import type { Props, Refusal, Row } from "../row";
import { isSet, list, number, object, pick, same, text } from "../values";
import { arnOf, awsRow, ec2Id } from "./row";
import { T } from "./types";

const launchTemplate = awsRow({
  type: T.launchTemplate,
  autoName: { property: "name", max: 128 },
  immutable: ["name", "namePrefix"],
  unique: { by: ["name"], scope: "region" },
  references: [
    { path: "blockDeviceMappings.*.ebs.kmsKeyId", to: [T.key], by: ["arn", "id"], except: /alias\//, weak: true },
    { path: "networkInterfaces.*.securityGroups.*", to: [T.securityGroup], weak: true },
    { path: "vpcSecurityGroupIds.*", to: [T.securityGroup], weak: true },
    { path: "iamInstanceProfile.arn", to: [T.instanceProfile], by: "arn", weak: true },
  ],
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^[a-zA-Z0-9().\-/_]{3,128}$/, "3 to 128 letters, digits and ( ) . - / _"),
    ...oneOf(inputs, "metadataOptions.httpEndpoint", ["enabled", "disabled"]),
    ...oneOf(inputs, "metadataOptions.httpTokens", ["optional", "required"]),
    ...oneOf(inputs, "metadataOptions.instanceMetadataTags", ["enabled", "disabled"]),
    ...between(inputs, "metadataOptions.httpPutResponseHopLimit", 1, 64),
    ...oneOf(inputs, "blockDeviceMappings.*.ebs.volumeType", ["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"]),
    ...oneOf(inputs, "blockDeviceMappings.*.ebs.encrypted", ["true", "false"]),
    ...oneOf(inputs, "networkInterfaces.*.associatePublicIpAddress", ["true", "false"]),
    ...oneOf(inputs, "tagSpecifications.*.resourceType", resourceTypes),
    ...diskRefusals(inputs),
    ...userDataRefusals(inputs),
  ],
  id: (moment) => ec2Id(moment, "lt"),
  outputs: (moment) => {
    const { inputs, old } = moment;
    const last = number(old?.outputs["latestVersion"]) ?? 0;
    const latest = old && !makesVersion(inputs, old.inputs) ? last : last + 1;
    const set = number(inputs["defaultVersion"]) ?? number(old?.outputs["defaultVersion"]) ?? 1;
    return {
      arn: arnOf(moment, "ec2", `launch-template/${moment.id}`),
      defaultVersion: inputs["updateDefaultVersion"] === true ? latest : set,
      latestVersion: latest,
      namePrefix: "",
    };
  },
  volatile: ["latestVersion", "defaultVersion"],
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const resourceTypes = ["instance", "volume", "network-interface", "spot-instances-request", "elastic-gpu", "fleet"];

/** Tags of the template itself, and which version is the default, make no version. */
const makesVersion = (now: Props, then: Props): boolean =>
  [...new Set([...Object.keys(now), ...Object.keys(then)])]
    .filter((key) => !["tags", "tagsAll", "updateDefaultVersion", "defaultVersion"].includes(key))
    .some((key) => !same(now[key], then[key]));

function diskRefusals(inputs: Props): readonly Refusal[] {
  return list(inputs["blockDeviceMappings"]).flatMap((one, index) => {
    const ebs = object(object(one)["ebs"]);
    const at = `blockDeviceMappings.${index}.ebs`;
    return [
      ...(isSet(ebs["kmsKeyId"]) && (ebs["encrypted"] === "false" || ebs["encrypted"] === undefined)
        ? refuse(
            `${at}.encrypted`,
            "InvalidParameterDependency: the parameter KmsKeyId requires the parameter Encrypted to be set",
          )
        : []),
      ...(text(ebs["volumeType"]) === "gp2" && isSet(ebs["throughput"])
        ? refuse(`${at}.throughput`, "InvalidParameterCombination: throughput is for gp3 volumes only")
        : []),
    ];
  });
}

/** 16 KB before base64. */
function userDataRefusals(inputs: Props): readonly Refusal[] {
  const data = text(pick(inputs, "userData"));
  if (data === undefined) return [];
  const plain = Buffer.from(data, "base64");
  return [
    ...(plain.toString("base64").replace(/=+$/, "") === data.replace(/=+$/, "")
      ? []
      : refuse("userData", "InvalidUserData.Malformed: invalid BASE64 encoding of user data")),
    ...(plain.length > 16384
      ? refuse("userData", "InvalidUserData.Malformed: user data is limited to 16384 bytes")
      : []),
  ];
}

export const rows: readonly Row[] = [launchTemplate];
