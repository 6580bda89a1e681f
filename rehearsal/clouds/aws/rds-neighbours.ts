// What RDS refuses of an instance by looking at what stands around it.
import { refuse } from "../limits";
import type { Item, Moment, Refusal } from "../row";
import { isSet, number, text, texts } from "../values";
import { familyOf } from "./rds";
import { itemsOf, regionOf, told } from "./row";
import { T } from "./types";

export function admitInstance(moment: Moment): readonly Refusal[] {
  return [...networkRefusals(moment), ...groupRefusals(moment), ...replicaRefusals(moment), ...roleRefusals(moment)];
}

function networkRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const named = inputs["dbSubnetGroupName"] ?? sourceOf(moment)?.outputs["dbSubnetGroupName"] ?? null;
  const network = told(account.find([T.dbSubnetGroup], "name", named), "vpcId");
  const groups = itemsOf(account, T.securityGroup, texts(inputs["vpcSecurityGroupIds"]));
  const stray = groups.find((group) => told(group, "vpcId") !== network);
  return network !== undefined && stray
    ? refuse(
        "vpcSecurityGroupIds",
        `InvalidParameterCombination: the DB instance and EC2 security group are in different VPCs. The DB instance is in ${network} and the EC2 security group is in ${told(stray, "vpcId") ?? ""}`,
      )
    : [];
}

function groupRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const source = sourceOf(moment);
  const group = account.find([T.dbParameterGroup], "name", inputs["parameterGroupName"] ?? null);
  const engine = text(inputs["engine"] ?? source?.outputs["engine"] ?? null);
  const version = text(inputs["engineVersion"] ?? source?.outputs["engineVersion"] ?? null);
  const family = told(group, "family");
  if (
    !group ||
    engine === undefined ||
    version === undefined ||
    family === undefined ||
    family === familyOf(engine, version)
  )
    return [];
  return refuse(
    "parameterGroupName",
    `InvalidParameterCombination: the parameter group ${group.id} with DBParameterGroupFamily ${family} can't be used for this instance. Please use a parameter group with DBParameterGroupFamily ${familyOf(engine, version)}`,
  );
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html */
function replicaRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account, old } = moment;
  const source = sourceOf(moment);
  if (!source || !isSet(inputs["replicateSourceDb"])) return [];
  const siblings = account
    .all(T.dbInstance)
    .filter((one) => one.id !== old?.id && sourceOf({ ...moment, inputs: one.inputs })?.id === source.id);
  const property = "replicateSourceDb";
  return [
    ...(number(source.outputs["backupRetentionPeriod"]) === 0
      ? refuse(
          property,
          "InvalidDBInstanceState: automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value",
        )
      : []),
    ...(source.outputs["manageMasterUserPassword"] === true
      ? refuse(
          property,
          "InvalidParameterCombination: you can't create a read replica of a DB instance that manages its master user password with Secrets Manager",
        )
      : []),
    ...(siblings.length >= 15 ? refuse(property, "InstanceQuotaExceeded: a source has at most 15 read replicas") : []),
    ...keyRefusals(moment, source),
    ...(old && source.id === old.id
      ? refuse(property, "InvalidParameterValue: an instance can't replicate itself")
      : []),
  ];
}

/** In its source's region a replica has the source's key; in another it needs one of that region, and a subnet group. */
function keyRefusals(moment: Moment, source: Item): readonly Refusal[] {
  const { inputs } = moment;
  const key = text(inputs["kmsKeyId"]);
  if (told(source, "region") === regionOf(moment))
    return inputs["kmsKeyId"] !== undefined && source.outputs["kmsKeyId"] !== inputs["kmsKeyId"]
      ? refuse("kmsKeyId", "InvalidParameterCombination: a read replica in the same region has its source's key")
      : [];
  return [
    ...(source.outputs["storageEncrypted"] === true && key === undefined
      ? refuse(
          "kmsKeyId",
          "InvalidParameterCombination: cannot create a cross region encrypted read replica without a KMS key of the destination region",
        )
      : []),
    ...(key !== undefined && key.split(":")[3] !== regionOf(moment)
      ? refuse("kmsKeyId", `KMSKeyNotAccessibleFault: the key ${key} isn't in ${regionOf(moment)}`)
      : []),
    ...(/^arn:/.test(text(inputs["replicateSourceDb"]) ?? "")
      ? []
      : refuse("replicateSourceDb", "InvalidParameterValue: the source of a cross region replica is given by its ARN")),
  ];
}

function roleRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const role = account.find([T.role], "arn", inputs["monitoringRoleArn"] ?? null);
  if (!role) return [];
  const attached = [...account.all(T.rolePolicyAttachment), ...account.all(T.rolePolicy)].some(
    (one) => one.outputs["role"] === role.id,
  );
  const own = texts(role.outputs["managedPolicyArns"]).length > 0;
  return attached || own
    ? []
    : refuse(
        "monitoringRoleArn",
        `InvalidParameterValue: IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING (${role.id})`,
      );
}

/** What a replica copies: named by identifier, ARN or id. */
export function sourceOf({ inputs, account }: Moment): Item | undefined {
  const source = inputs["replicateSourceDb"];
  if (!isSet(source) || typeof source !== "string") return undefined;
  return (
    account.find([T.dbInstance], "identifier", source) ??
    account.find([T.dbInstance], "arn", source) ??
    account.find([T.dbInstance], "id", source)
  );
}

/** Who follows it: by identifier in its own region, by ARN from another. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
export const replicasOf = (moment: Moment, id: string): readonly string[] =>
  moment.account
    .all(T.dbInstance)
    .filter((one) => one.id !== id && sourceOf({ ...moment, inputs: one.inputs })?.id === id)
    .flatMap((one) => told(one, regionOf(one) === regionOf(moment) ? "identifier" : "arn") ?? [])
    // whichever of them came up first
    .sort();
