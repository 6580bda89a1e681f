// What RDS refuses of an instance by looking at its arguments alone: what it is, whence it comes, who gets in.
import { between, each, exclusive, fits, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal } from "../row";
import { isSet, object, text } from "../values";
import { storageRefusals, watchRefusals, windowRefusals } from "./rds-upkeep";
import { plain } from "./row";

const engines =
  /^(postgres|mysql|mariadb|aurora-mysql|aurora-postgresql|oracle-(ee|se2)(-cdb)?|sqlserver-(ee|se|ex|web)|db2-(ae|se)|custom-(oracle|sqlserver)-[\w-]+)$/;
/** Majors that can still be created, 11 and 12 in extended support only. */
const postgresMajors = ["11", "12", "13", "14", "15", "16", "17", "18"];
/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html */
const classes =
  /^db\.(t[34]g?|m[5678][gid]{0,2}n?|r[5678][gid]{0,3}n?|x[12][ie]?(dn|edn|g)?|x2(iezn|iedn|idn|g)|x8g|z1d|c6gd)\.(micro|small|medium|large|\d*xlarge)(\.tpc\d\.mem\dx)?$/;
const reservedUsers = [
  "admin",
  "rdsadmin",
  "rdsrepladmin",
  "rdstopmgr",
  "rds_superuser",
  "rds_replication",
  "rdsproxyadmin",
  "pg_signal_backend",
  "public",
];

export function instanceRefusals({ inputs }: Moment): readonly Refusal[] {
  return [
    ...shapeRefusals(inputs),
    ...replicaRefusals(inputs),
    ...loginRefusals(inputs),
    ...storageRefusals(inputs),
    ...windowRefusals(inputs),
    ...watchRefusals(inputs),
  ];
}

function shapeRefusals(inputs: Props): readonly Refusal[] {
  return [
    ...fits(
      inputs,
      "identifier",
      /^[a-z](?!.*--)[0-9a-z-]{0,62}(?<!-)$/,
      "1 to 63 lower case letters, digits and single hyphens, beginning with a letter, not ending with a hyphen",
    ),
    ...fits(inputs, "engine", engines, "it must be an engine of RDS: postgres, mysql, mariadb, ..."),
    ...fits(inputs, "instanceClass", classes, "it must be an instance class of RDS: db.t4g.medium, db.m7g.large, ..."),
    ...(inputs["engine"] === "postgres"
      ? each(
          inputs,
          "engineVersion",
          (version) =>
            /^\d+(\.\d+)?$/.test(plain(version)) && postgresMajors.includes(plain(version).split(".")[0] ?? ""),
          (version) =>
            `InvalidParameterCombination: cannot find version ${version} for postgres; majors are ${postgresMajors.join(", ")}`,
        )
      : []),
    ...between(inputs, "port", 1150, 65535),
    ...oneOf(inputs, "networkType", ["IPV4", "DUAL"]),
    ...oneOf(inputs, "licenseModel", [
      "license-included",
      "bring-your-own-license",
      "general-public-license",
      "postgresql-license",
      "marketplace-license",
    ]),
    ...oneOf(inputs, "databaseInsightsMode", ["standard", "advanced"]),
    ...oneOf(inputs, "engineLifecycleSupport", [
      "open-source-rds-extended-support",
      "open-source-rds-extended-support-disabled",
    ]),
    ...fits(
      inputs,
      "caCertIdentifier",
      /^rds-ca-((rsa2048|rsa4096|ecc384)-g1|2019)$/,
      "it must be rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1",
    ),
    ...engineRefusals(inputs),
    ...(inputs["multiAz"] === true && isSet(inputs["availabilityZone"])
      ? refuse(
          "availabilityZone",
          "InvalidParameterCombination: requesting a specific availability zone is not valid for Multi-AZ instances",
        )
      : []),
    ...fits(
      inputs,
      "finalSnapshotIdentifier",
      /^[A-Za-z](?!.*--)[0-9A-Za-z-]{0,254}(?<!-)$/,
      "letters, digits and single hyphens, beginning with a letter, not ending with a hyphen",
    ),
  ];
}

/** What some engines have only. */
function engineRefusals(inputs: Props): readonly Refusal[] {
  const engine = text(inputs["engine"]);
  if (engine === undefined) return [];
  const only = (property: string, engines_: RegExp) =>
    isSet(inputs[property]) && inputs[property] !== false && !engines_.test(engine)
      ? refuse(property, `InvalidParameterCombination: ${property} is not supported by the engine ${engine}`)
      : [];
  return [
    ...only("iamDatabaseAuthenticationEnabled", /^(postgres|mysql|mariadb|aurora)/),
    ...only("timezone", /^sqlserver/),
    ...only("characterSetName", /^(oracle|sqlserver|custom)/),
    ...only("ncharCharacterSetName", /^(oracle|custom)/),
    ...only("replicaMode", /^(oracle|custom|db2)/),
    ...(inputs["blueGreenUpdate"] !== undefined && object(inputs["blueGreenUpdate"])["enabled"] === true
      ? only("blueGreenUpdate", /^(postgres|mysql|mariadb)$/)
      : []),
  ];
}

/** Where what it is and who runs it come from, if not from its arguments. */
const origins = ["replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime"];
const logins = ["password", "passwordWo", "manageMasterUserPassword"];

/**
 * What a new instance lacks. The provider looks when it makes one, not in a plan: a replica that was promoted has none of
 * it in its arguments. https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/rds/instance.go
 */
export function missing({ inputs, old }: Moment): readonly Refusal[] {
  if (old || origins.some((name) => isSet(inputs[name]))) return [];
  return [
    ...["engine", "allocatedStorage", "username"]
      .filter((name) => !isSet(inputs[name]))
      .map((property) => ({ property, reason: "required field is not set" })),
    ...(logins.some((name) => isSet(inputs[name]))
      ? []
      : refuse(
          "password",
          "InvalidParameterValue: the parameter MasterUserPassword must be provided and must not be blank: set password or manageMasterUserPassword",
        )),
  ];
}

/** What its source decides. */
function replicaRefusals(inputs: Props): readonly Refusal[] {
  if (!isSet(inputs["replicateSourceDb"])) return [];
  return [
    "dbName",
    "engine",
    "engineVersion",
    "username",
    "manageMasterUserPassword",
    "restoreToPointInTime",
    "s3Import",
  ]
    .filter((name) => isSet(inputs[name]))
    .map((property) => ({ property, reason: "conflicts with replicateSourceDb" }));
}

function loginRefusals(inputs: Props): readonly Refusal[] {
  const password = text(inputs["password"]);
  const sealed = password?.startsWith("[sealed:") ?? false;
  return [
    ...(inputs["manageMasterUserPassword"] === true
      ? exclusive(inputs, "manageMasterUserPassword", "password", "passwordWo")
      : []),
    ...(password !== undefined && !sealed && !/^[\x21-\x7e]{8,128}$/.test(password)
      ? refuse("password", "InvalidParameterValue: the password has 8 to 128 printable ASCII characters")
      : []),
    ...(password !== undefined && !sealed && /[/@" ]/.test(password)
      ? refuse(
          "password",
          "InvalidParameterValue: only printable ASCII characters besides '/', '@', '\"', ' ' may be used",
        )
      : []),
    ...fits(
      inputs,
      "username",
      /^[a-zA-Z]\w{0,62}$/,
      "1 to 63 letters, digits and underscores, beginning with a letter",
    ),
    ...each(
      inputs,
      "username",
      (name) => !reservedUsers.includes(plain(name).toLowerCase()),
      (name) =>
        `InvalidParameterValue: MasterUsername ${name} cannot be used as it is a reserved word used by the engine`,
    ),
    ...fits(
      inputs,
      "dbName",
      /^[a-zA-Z_]\w{0,62}$/,
      "1 to 63 letters, digits and underscores, beginning with a letter",
    ),
  ];
}
