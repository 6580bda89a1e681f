// Databases: a good example, and what RDS would refuse of it.
import { type Props, UNKNOWN } from "../row";
import type { Example } from "../testing/sample";
import { T } from "./types";

const database: Props = {
  identifier: "shop-prod-database",
  engine: "postgres",
  engineVersion: "16",
  instanceClass: "db.t4g.micro",
  allocatedStorage: 32,
  maxAllocatedStorage: 128,
  storageType: "gp3",
  storageEncrypted: true,
  username: "appadmin",
  password: "Abcdefgh12345678",
  dbName: "app",
  backupRetentionPeriod: 30,
  backupWindow: "00:00-00:30",
  maintenanceWindow: "sun:02:00-sun:03:00",
};

export const databaseExamples: readonly Example[] = [
  {
    type: T.dbSubnetGroup,
    good: { subnetIds: [UNKNOWN, UNKNOWN] },
    bad: [
      [{ name: "Data" }, "name", /lowercase/],
      [{ name: "default" }, "name"],
    ],
  },
  {
    type: T.dbParameterGroup,
    good: {
      family: "postgres16",
      parameters: [{ name: "max_connections", value: "200", applyMethod: "pending-reboot" }],
    },
    bad: [
      [{ family: "postgres99" }, "family"],
      [
        { parameters: [{ name: "max_connections", value: "200", applyMethod: "immediate" }] },
        "parameters.0.applyMethod",
        /static parameter/,
      ],
      [{ parameters: [{ name: "max_connections", value: "5", applyMethod: "pending-reboot" }] }, "parameters.0.value"],
      [{ parameters: [{ name: "rds.force_ssl", value: "on" }] }, "parameters.0.value"],
    ],
  },
  {
    type: T.dbInstance,
    good: database,
    bad: [
      [{ identifier: "Shop" }, "identifier"],
      [{ identifier: "shop--db" }, "identifier"],
      [{ engineVersion: "99" }, "engineVersion", /cannot find version/],
      [{ instanceClass: "t4g.micro" }, "instanceClass"],
      [{ allocatedStorage: 10 }, "allocatedStorage"],
      [{ maxAllocatedStorage: 33 }, "maxAllocatedStorage", /10%/],
      [{ iops: 3000 }, "iops", /less than 400/],
      [{ password: "short" }, "password"],
      [{ password: "with/slash1234" }, "password"],
      [{ manageMasterUserPassword: true }, "password", /conflicts/],
      [{ username: "admin" }, "username", /reserved/],
      [{ backupRetentionPeriod: 36 }, "backupRetentionPeriod"],
      [{ backupWindow: "00:00-00:20" }, "backupWindow", /30 minutes/],
      [{ backupWindow: "0-1" }, "backupWindow", /format/],
      [{ maintenanceWindow: "sun:00:15-sun:01:00" }, "maintenanceWindow", /overlap/],
      [{ monitoringInterval: 60 }, "monitoringRoleArn"],
      [{ monitoringInterval: 7 }, "monitoringInterval"],
      [
        { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 30 },
        "performanceInsightsRetentionPeriod",
      ],
      [{ storageEncrypted: false, kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/x" }, "storageEncrypted"],
      [{ multiAz: true, availabilityZone: "us-east-1a" }, "availabilityZone"],
      [{ enabledCloudwatchLogsExports: ["slowquery"] }, "enabledCloudwatchLogsExports.0"],
      [{ replicateSourceDb: "other" }, "dbName", /conflicts with replicateSourceDb/],
      [{ finalSnapshotIdentifier: "x_y" }, "finalSnapshotIdentifier"],
    ],
  },
  {
    type: T.dbProxy,
    good: {
      name: "shop-proxy",
      engineFamily: "POSTGRESQL",
      roleArn: UNKNOWN,
      vpcSubnetIds: [UNKNOWN, UNKNOWN],
      auths: [{ authScheme: "SECRETS", iamAuth: "DISABLED", secretArn: UNKNOWN }],
    },
    bad: [
      [{ engineFamily: "POSTGRES" }, "engineFamily"],
      [{ name: "shop_proxy" }, "name"],
      [{ auths: [] }, "auths"],
      [{ auths: [{ authScheme: "SECRETS" }] }, "auths.0.secretArn"],
      [{ idleClientTimeout: 0 }, "idleClientTimeout"],
      [{ vpcSubnetIds: ["subnet-0"] }, "vpcSubnetIds"],
    ],
  },
];
