import type { InstanceArgs, ParameterGroup } from "@pulumi/aws/rds";
import type * as pulumi from "@pulumi/pulumi";
import type { Safeguards } from "../site";
import type { Size } from "../size";
import { exportedLogs } from "./aws-monitoring";

/** Graviton: what the same memory costs least on. Two vCPUs and 1, 4, 8, 16, 32 GiB; the last has four vCPUs. */
const machines: Readonly<Record<Size, string>> = {
  tiny: "db.t4g.micro",
  small: "db.t4g.medium",
  medium: "db.m7g.large",
  large: "db.r7g.large",
  xlarge: "db.r7g.xlarge",
};

interface Choice {
  readonly size: Size;
  readonly maxStorageGb: number;
  readonly safeguards: Safeguards;
  readonly kmsKeyId: pulumi.Output<string>;
  readonly parameters: ParameterGroup;
  readonly monitoringRoleArn: pulumi.Output<string>;
  /** Security group of the data tier. */
  readonly group: pulumi.Output<string>;
  readonly maintenanceWindow: string;
}

/** What a primary and its replicas share, wherever they stand. */
export const instanceSettings = (choice: Choice) =>
  ({
    instanceClass: machines[choice.size],
    parameterGroupName: choice.parameters.name,
    vpcSecurityGroupIds: [choice.group],
    publiclyAccessible: false,
    storageType: "gp3",
    storageEncrypted: true,
    kmsKeyId: choice.kmsKeyId,
    maxAllocatedStorage: choice.maxStorageGb,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    iamDatabaseAuthenticationEnabled: true,
    // Minor versions carry security fixes and come by themselves in the maintenance window. engineVersion names the
    // major alone, which the provider takes as a prefix: an upgrade is no drift, and there is nothing to ignore.
    autoMinorVersionUpgrade: true,
    // Where people depend on it, a change that restarts the server waits for the maintenance window.
    applyImmediately: choice.safeguards.disposable,
    deletionProtection: choice.safeguards.deletionProtection,
    copyTagsToSnapshot: true,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: choice.kmsKeyId,
    performanceInsightsRetentionPeriod: 7,
    monitoringInterval: 60,
    monitoringRoleArn: choice.monitoringRoleArn,
    enabledCloudwatchLogsExports: [...exportedLogs],
    maintenanceWindow: choice.maintenanceWindow,
  }) satisfies Partial<InstanceArgs>;
