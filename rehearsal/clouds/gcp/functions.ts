import { refuse } from "../limits";
import type { CloudFunction } from "../row";
import { text } from "../values";
import { getCluster } from "./container";
import { getKeys } from "./dns-keys";
import { loggingAgent } from "./logging";
import { projectNumber, projectShape } from "./place";
import { zonesOf } from "./regions";
import { storageAgent } from "./storage";
import { getTransferProjectServiceAccount } from "./transfer";

const projectOf = (
  args: Parameters<CloudFunction["call"]>[0],
  moment: Parameters<CloudFunction["call"]>[1],
  property = "project",
) => text(args[property]) ?? moment.place.account;

/** The project of the rehearsal, and any other of a right shape: an account doesn't know what else the world holds. */
const getProject: CloudFunction = {
  token: "gcp:organizations/getProject:getProject",
  call: (args, moment) => {
    const project = projectOf(args, moment, "projectId");
    if (!projectShape.test(project)) return refuse("projectId", `project not found: ${project}`);
    return {
      id: `projects/${project}`,
      projectId: project,
      number: projectNumber(project),
      name: project,
      orgId: "",
      folderId: "",
      billingAccount: "",
      autoCreateNetwork: true,
      deletionPolicy: "PREVENT",
      labels: {},
      effectiveLabels: {},
      pulumiLabels: {},
      tags: {},
    };
  },
};

const getClientConfig: CloudFunction = {
  token: "gcp:organizations/getClientConfig:getClientConfig",
  call: (_, { place }) => ({
    id: `projects/${place.account}/regions/${place.region}/zones/`,
    project: place.account,
    region: place.region,
    zone: text(place.config["zone"]) ?? "",
    accessToken: "ya29.rehearsal",
    defaultLabels: {},
  }),
  secrets: ["accessToken"],
};

const getProjectServiceAccount: CloudFunction = {
  token: "gcp:storage/getProjectServiceAccount:getProjectServiceAccount",
  call: (args, moment) => {
    const emailAddress = storageAgent(projectOf(args, moment));
    return {
      id: emailAddress,
      emailAddress,
      member: `serviceAccount:${emailAddress}`,
      project: projectOf(args, moment),
    };
  },
};

const getProjectCmekSettings: CloudFunction = {
  token: "gcp:logging/getProjectCmekSettings:getProjectCmekSettings",
  call: (args, moment) => {
    const project = projectOf(args, moment);
    const name = `projects/${project}/cmekSettings`;
    return { id: name, name, project, kmsKeyName: "", kmsKeyVersionName: "", serviceAccountId: loggingAgent(project) };
  },
};

const getZones: CloudFunction = {
  token: "gcp:compute/getZones:getZones",
  call: (args, moment) => {
    const region = text(args["region"]) ?? moment.place.region;
    const names = zonesOf(region);
    if (names.length === 0)
      return refuse("region", `The resource 'projects/${projectOf(args, moment)}/regions/${region}' was not found`);
    return {
      id: `projects/${projectOf(args, moment)}/regions/${region}`,
      names,
      project: projectOf(args, moment),
      region,
    };
  },
};

export const functions: readonly CloudFunction[] = [
  getProject,
  getClientConfig,
  getProjectServiceAccount,
  getProjectCmekSettings,
  getZones,
  getKeys,
  getCluster,
  getTransferProjectServiceAccount,
];
