// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { HEX } from "../shapes";
import { flag, isKnown, isObject, isSet, list, number, object, text, texts } from "../values";
import { allowsService } from "./policy-document";
import { coverage } from "./rds";
import { arnOf, arnPattern, arnRule, awsRow, placeHash, regionOf, told } from "./row";
import { T } from "./types";

const proxy = awsRow({
  type: T.dbProxy,
  autoName: { property: "name", max: 255 },
  // Not the name: a proxy is renamed in place.
  immutable: ["endpointNetworkType", "engineFamily", "targetConnectionNetworkType", "vpcSubnetIds"],
  unordered: ["auths", "vpcSecurityGroupIds", "vpcSubnetIds"],
  unique: { by: ["name"], scope: "region" },
  references: [
    { path: "roleArn", to: [T.role], by: "arn", weak: true },
    { path: "auths.*.secretArn", to: [T.secret], by: "arn", weak: true },
    { path: "vpcSubnetIds.*", to: [T.subnet] },
    { path: "vpcSecurityGroupIds.*", to: [T.securityGroup, T.defaultSecurityGroup] },
  ],
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "name",
      /^[a-zA-Z](?!.*--)[0-9a-zA-Z-]{0,62}(?<!-)$/,
      "1 to 63 letters, digits and single hyphens, beginning with a letter, not ending with a hyphen",
    ),
    ...oneOf(inputs, "engineFamily", ["MYSQL", "POSTGRESQL", "SQLSERVER"]),
    ...between(inputs, "idleClientTimeout", 1, 28800),
    ...long(inputs, "vpcSubnetIds", 2, 20),
    ...fits(inputs, "roleArn", arnPattern, arnRule),
    ...oneOf(inputs, "defaultAuthScheme", ["IAM_AUTH", "NONE"]),
    ...oneOf(inputs, "auths.*.authScheme", ["SECRETS"]),
    ...oneOf(inputs, "auths.*.iamAuth", ["DISABLED", "REQUIRED", "ENABLED"]),
    ...oneOf(inputs, "auths.*.clientPasswordAuthType", [
      "MYSQL_NATIVE_PASSWORD",
      "MYSQL_CACHING_SHA2_PASSWORD",
      "POSTGRES_SCRAM_SHA_256",
      "POSTGRES_MD5",
      "SQL_SERVER_AUTHENTICATION",
    ]),
    ...fits(inputs, "auths.*.secretArn", arnPattern, arnRule),
    ...list(inputs["auths"]).flatMap((auth, index) =>
      !isObject(auth) || isSet(auth["secretArn"])
        ? []
        : refuse(
            `auths.${index}.secretArn`,
            "InvalidParameterValue: a secret ARN is required for the auth scheme SECRETS",
          ),
    ),
    ...(isKnown(inputs["auths"]) && list(inputs["auths"]).length === 0 && inputs["defaultAuthScheme"] !== "IAM_AUTH"
      ? refuse("auths", "InvalidParameterCombination: give at least one auth, or set defaultAuthScheme to IAM_AUTH")
      : []),
  ],
  admit: ({ inputs, account }) => {
    const role = account.find([T.role], "arn", inputs["roleArn"] ?? null);
    return [
      ...coverage(account, texts(inputs["vpcSubnetIds"]), "vpcSubnetIds"),
      ...(role && !allowsService(role.outputs["assumeRolePolicy"] ?? null, "rds.amazonaws.com", "sts:AssumeRole")
        ? refuse(
            "roleArn",
            `InvalidParameterValue: RDS is not authorized to assume service-linked role ${told(role, "arn") ?? ""}: it does not trust rds.amazonaws.com`,
          )
        : []),
    ];
  },
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => {
    const region = regionOf(moment);
    return {
      arn: arnOf(moment, "rds", `db-proxy:prx-0${moment.random("proxy", 16, HEX)}`),
      auths: moment.inputs["auths"] ?? [],
      debugLogging: flag(moment.inputs["debugLogging"]) ?? false,
      defaultAuthScheme: text(moment.inputs["defaultAuthScheme"]) ?? "NONE",
      endpoint: `${text(moment.inputs["name"])?.toLowerCase() ?? ""}.proxy-${placeHash(moment.place, region, 12)}.${region}.rds.amazonaws.com`,
      endpointNetworkType: text(moment.inputs["endpointNetworkType"]) ?? "IPV4",
      idleClientTimeout: number(moment.inputs["idleClientTimeout"]) ?? 1800,
      requireTls: flag(moment.inputs["requireTls"]) ?? false,
      targetConnectionNetworkType: text(moment.inputs["targetConnectionNetworkType"]) ?? "IPV4",
      vpcSecurityGroupIds: moment.inputs["vpcSecurityGroupIds"] ?? [],
    };
  },
  seconds: { create: 300, update: 60, delete: 180, source: "estimate: Terraform allows 30 minutes" },
});

const targetGroup = awsRow({
  type: T.dbProxyTargetGroup,
  taggable: false,
  immutable: ["dbProxyName"],
  references: [{ path: "dbProxyName", to: [T.dbProxy], by: ["id", "name"], weak: true }],
  check: ({ inputs }) => [
    ...between(inputs, "connectionPoolConfig.maxConnectionsPercent", 1, 100),
    ...between(inputs, "connectionPoolConfig.maxIdleConnectionsPercent", 0, 100),
    ...between(inputs, "connectionPoolConfig.connectionBorrowTimeout", 0, 300),
    ...oneOf(inputs, "connectionPoolConfig.sessionPinningFilters.*", ["EXCLUDE_VARIABLE_SETS"]),
    ...((number(object(inputs["connectionPoolConfig"])["maxIdleConnectionsPercent"]) ?? 0) >
    (number(object(inputs["connectionPoolConfig"])["maxConnectionsPercent"]) ?? 100)
      ? refuse(
          "connectionPoolConfig.maxIdleConnectionsPercent",
          "InvalidParameterValue: MaxIdleConnectionsPercent must not exceed MaxConnectionsPercent",
        )
      : []),
  ],
  // Every proxy has one, called default; the resource sets it.
  id: ({ inputs }) => text(inputs["dbProxyName"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "rds", `target-group:prx-tg-0${moment.random("group", 16, HEX)}`),
    name: "default",
    connectionPoolConfig: {
      connectionBorrowTimeout: 120,
      initQuery: "",
      maxConnectionsPercent: 100,
      maxIdleConnectionsPercent: 50,
      sessionPinningFilters: [],
      ...object(moment.inputs["connectionPoolConfig"]),
    },
  }),
  seconds: { create: 5, update: 5, delete: 0, source: "estimate" },
});

const target = awsRow({
  type: T.dbProxyTarget,
  taggable: false,
  immutable: ["dbClusterIdentifier", "dbInstanceIdentifier", "dbProxyName", "targetGroupName"],
  references: [
    { path: "dbProxyName", to: [T.dbProxy], by: ["id", "name"], weak: true },
    { path: "dbInstanceIdentifier", to: [T.dbInstance], by: "identifier", weak: true },
  ],
  unique: { by: ["dbProxyName", "targetGroupName", "dbInstanceIdentifier", "dbClusterIdentifier"], scope: "region" },
  check: ({ inputs }) => [
    ...(text(inputs["targetGroupName"]) !== undefined && inputs["targetGroupName"] !== "default"
      ? refuse("targetGroupName", "DBProxyTargetGroupNotFoundFault: a proxy has one target group, called default")
      : []),
  ],
  admit: ({ inputs, account }) => {
    const family = told(account.find([T.dbProxy], "id", inputs["dbProxyName"] ?? null), "engineFamily");
    const engine = told(account.find([T.dbInstance], "identifier", inputs["dbInstanceIdentifier"] ?? null), "engine");
    return family === "POSTGRESQL" && engine !== undefined && engine !== "postgres"
      ? refuse(
          "dbInstanceIdentifier",
          `InvalidParameterValue: the engine ${engine} is not of the proxy's family ${family}`,
        )
      : [];
  },
  id: ({ inputs }) => {
    const instance = text(inputs["dbInstanceIdentifier"]);
    const kind = instance === undefined ? "TRACKED_CLUSTER" : "RDS_INSTANCE";
    return [
      text(inputs["dbProxyName"]),
      text(inputs["targetGroupName"]),
      kind,
      instance ?? text(inputs["dbClusterIdentifier"]),
    ].join("/");
  },
  outputs: ({ inputs, account }) => {
    const instance = account.find([T.dbInstance], "identifier", inputs["dbInstanceIdentifier"] ?? null);
    return {
      endpoint: told(instance, "address") ?? "",
      port: number(instance?.outputs["port"] ?? null) ?? 5432,
      rdsResourceId: text(inputs["dbInstanceIdentifier"]) ?? text(inputs["dbClusterIdentifier"]) ?? "",
      targetArn: "",
      trackedClusterId: text(inputs["dbClusterIdentifier"]) ?? "",
      type: isSet(inputs["dbInstanceIdentifier"]) ? "RDS_INSTANCE" : "TRACKED_CLUSTER",
    };
  },
  seconds: { create: 5, delete: 5, source: "estimate" },
});

export const rows: readonly Row[] = [proxy, targetGroup, target];
