// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { flag, isKnown, isSet, number, text } from "../values";
import { matches, policyRefusals, principalRefusals, statementsOf } from "./policy-document";
import { arnOf, awsRow, told } from "./row";
import { T } from "./types";

const specs =
  "SYMMETRIC_DEFAULT RSA_2048 RSA_3072 RSA_4096 ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521 ECC_SECG_P256K1 ECC_NIST_EDWARDS25519 HMAC_224 HMAC_256 HMAC_384 HMAC_512 ML_DSA_44 ML_DSA_65 ML_DSA_87 SM2".split(
    " ",
  );

/** What KMS writes when no policy is given: the account's IAM policies decide. */
const defaultPolicy = (account: string, partition: string) =>
  JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });

const key = awsRow({
  type: T.key,
  immutable: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
  inputDefaults: () => ({
    bypassPolicyLockoutSafetyCheck: false,
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
  }),
  check: (moment) => {
    const { inputs } = moment;
    const symmetric = (text(inputs["customerMasterKeySpec"]) ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
    return [
      ...oneOf(inputs, "customerMasterKeySpec", specs),
      ...oneOf(inputs, "keyUsage", ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"]),
      ...between(inputs, "deletionWindowInDays", 7, 30),
      ...between(inputs, "rotationPeriodInDays", 90, 2560),
      ...long(inputs, "description", 0, 8192),
      ...(isSet(inputs["rotationPeriodInDays"]) &&
      inputs["enableKeyRotation"] !== true &&
      isKnown(inputs["enableKeyRotation"])
        ? refuse(
            "rotationPeriodInDays",
            "all of `enable_key_rotation,rotation_period_in_days` must be specified: set enableKeyRotation to true",
          )
        : []),
      ...(inputs["enableKeyRotation"] === true && !symmetric
        ? refuse(
            "enableKeyRotation",
            "UnsupportedOperationException: only symmetric encryption keys rotate automatically",
          )
        : []),
      ...(symmetric && text(inputs["keyUsage"]) !== undefined && inputs["keyUsage"] !== "ENCRYPT_DECRYPT"
        ? refuse("keyUsage", "ValidationException: a symmetric key's usage is ENCRYPT_DECRYPT")
        : []),
      ...policyRefusals(moment, "policy", "key"),
      ...lockoutRefusals(moment),
    ];
  },
  admit: (moment) => principalRefusals(moment, "policy"),
  id: (moment) =>
    moment.inputs["multiRegion"] === true ? `mrk-${moment.random("id", 32, HEX)}` : uuid(moment.random("id", 32, HEX)),
  outputs: (moment) => {
    const arn = arnOf(moment, "kms", `key/${moment.id}`);
    return {
      arn,
      keyId: moment.id,
      description: text(moment.inputs["description"]) ?? "",
      multiRegion: flag(moment.inputs["multiRegion"]) ?? false,
      policy: moment.inputs["policy"] ?? defaultPolicy(moment.place.account, arn.split(":")[1] ?? "aws"),
      rotationPeriodInDays:
        moment.inputs["enableKeyRotation"] === true ? (number(moment.inputs["rotationPeriodInDays"]) ?? 365) : 0,
    };
  },
  seconds: {
    create: 8,
    update: 5,
    delete: 2,
    source: "estimate: the provider waits until policy and rotation read back the same",
  },
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html: nobody may lock everybody out. */
function lockoutRefusals({ inputs, place }: Moment): readonly Refusal[] {
  const policy = inputs["policy"];
  if (!isSet(policy) || !isKnown(policy) || inputs["bypassPolicyLockoutSafetyCheck"] === true) return [];
  const keeps = statementsOf(policy).some(
    ({ effect, principals, actions }) =>
      effect === "Allow" &&
      principals.some(
        (one) => one === "* *" || one === "AWS *" || (one.startsWith("AWS ") && one.includes(place.account)),
      ) &&
      actions.some((one) => matches(one, "kms:PutKeyPolicy")),
  );
  return keeps || statementsOf(policy).length === 0
    ? []
    : refuse(
        "policy",
        "MalformedPolicyDocumentException: the new key policy will not allow you to update the key policy in the future",
      );
}

const alias = awsRow({
  type: T.keyAlias,
  taggable: false,
  // The provider puts alias/ before a name that it makes itself.
  autoName: { property: "name", max: 238 },
  immutable: ["name", "namePrefix"],
  unique: { by: ["name"], scope: "region" },
  references: [{ path: "targetKeyId", to: [T.key], by: ["id", "arn"], weak: true }],
  check: ({ inputs, name }) => [
    ...(text(inputs["name"])?.startsWith(`${name}-`)
      ? []
      : fits(
          inputs,
          "name",
          /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/,
          "it must begin with 'alias/' and be comprised of [a-zA-Z0-9/_-]; alias/aws/ is reserved",
        )),
  ],
  id: ({ inputs }) => fullName(text(inputs["name"]) ?? ""),
  outputs: (moment) => {
    const target = moment.inputs["targetKeyId"] ?? null;
    const found = moment.account.find([T.key], "id", target) ?? moment.account.find([T.key], "arn", target);
    return {
      arn: arnOf(moment, "kms", moment.id),
      name: moment.id,
      namePrefix: "",
      targetKeyArn: told(found, "arn") ?? "",
      targetKeyId: found?.id ?? target,
    };
  },
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const fullName = (name: string) => (name.startsWith("alias/") ? name : `alias/${name}`);

export const rows: readonly Row[] = [key, alias];
