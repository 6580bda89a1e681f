import { each, fits, refuse } from "../limits";
import type { Moment, Row } from "../row";
import { isSet, list, pick, text } from "../values";
import {
  deletionPolicy,
  labelOutputs,
  labelSecrets,
  labels,
  nameOf,
  network,
  preventedBy,
  projectOf,
  said,
  since,
} from "./common";
import { regions } from "./regions";

export const policyType = "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy";
export const subnetType = "gcp:compute/subnetwork:Subnetwork";

export const locationOf = ({ inputs, place }: Pick<Moment, "inputs" | "place">) =>
  text(inputs["location"]) ?? place.region;
/** A link without its host. */
export const tail = (link: string | undefined) => link?.replace(/^https?:\/\/.+\/(projects\/)/, "$1");

/** Lets a service of Google put endpoints into subnets: one a network, region and service. */
export const serviceConnectionPolicy: Row = {
  type: policyType,
  autoName: { property: "name", max: 63, lower: true },
  immutable: ["name", "project", "location", "network", "serviceClass"],
  unique: { by: ["location", "network", "serviceClass"], scope: "account" },
  references: [network("network"), { path: "pscConfig.subnetworks.*", to: [subnetType], by: ["id", "selfLink"] }],
  secrets: labelSecrets,
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, "1 to 63 lower case letters, digits and -"),
    ...each(
      inputs,
      "location",
      (value) => Object.hasOwn(regions, said(value)),
      (value) => `${value} is not a region`,
    ),
    ...labels(inputs),
    ...fits(
      inputs,
      "serviceClass",
      /^(gcp-memorystore|gcp-memorystore-redis|google-cloud-sql|gcp-vertexai|[a-z][a-z0-9-]+)$/,
      "a service class such as gcp-memorystore",
    ),
    ...(isSet(inputs["pscConfig"]) &&
    Array.isArray(pick(inputs, "pscConfig.subnetworks")) &&
    list(pick(inputs, "pscConfig.subnetworks")).length === 0
      ? refuse("pscConfig.subnetworks", "at least one subnetwork is needed")
      : []),
  ],
  admit: (moment) =>
    list(pick(moment.inputs, "pscConfig.subnetworks")).flatMap((link, index) => {
      const subnet = ["id", "selfLink"].map((by) => moment.account.find([subnetType], by, link)).find(Boolean);
      const at = `pscConfig.subnetworks.${index}`;
      if (subnet === undefined) return [];
      return [
        ...(subnet.outputs["region"] === locationOf(moment)
          ? []
          : refuse(at, `the subnetwork is in ${said(subnet.outputs["region"])}, the policy in ${locationOf(moment)}`)),
        ...(tail(text(subnet.outputs["network"])) === tail(text(moment.inputs["network"]))
          ? []
          : refuse(at, "the subnetwork is of another network")),
      ];
    }),
  release: (moment) => {
    const prevented = preventedBy(moment);
    if (prevented !== undefined || moment.inputs["serviceClass"] !== "gcp-memorystore") return prevented;
    const link = tail(text(moment.inputs["network"]));
    const user = moment.account
      .all("gcp:memorystore/instance:Instance")
      .find((item) => tail(text(pick(item.inputs, "desiredAutoCreatedEndpoints.0.network"))) === link);
    return user && `Error 400: ServiceConnectionPolicy is in use by ${user.id}`;
  },
  id: (moment) =>
    `projects/${projectOf(moment)}/locations/${locationOf(moment)}/serviceConnectionPolicies/${nameOf(moment)}`,
  outputs: (moment) => ({
    ...labelOutputs(moment),
    ...deletionPolicy(moment),
    ...since(moment, "createTime"),
    project: projectOf(moment),
    infrastructure: "PSC",
    etag: moment.random(`etag ${moment.now}`, 22, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
    pscConnections: [],
    updateTime: "",
  }),
  volatile: ["etag"],
  seconds: { create: 15, update: 12, delete: 12, source: "estimate: a short operation" },
};
