// https://cloud.google.com/compute/docs/reference/rest/v1/healthChecks
import { between, each, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { isKnown, isSet, list, number } from "../values";
import {
  computeId,
  computeLink,
  deletionPolicy,
  gceName,
  loweredName,
  preventedBy,
  projectOf,
  said,
  since,
} from "./common";
import { regions } from "./regions";

export const checkType = "gcp:compute/healthCheck:HealthCheck";
const kinds = ["grpc", "grpcTls", "http", "http2", "https", "ssl", "tcp"].map((kind) => `${kind}HealthCheck`);

/** What checks from chosen regions, as Cloud DNS wants for outside addresses, can't do. */
function sourceRefusals({ inputs }: Moment): readonly Refusal[] {
  const from = list(inputs["sourceRegions"]);
  if (!isKnown(inputs["sourceRegions"]) || from.length === 0) return [];
  return [
    ...(from.length === 3 ? [] : refuse("sourceRegions", `exactly 3 regions are needed, got ${from.length}`)),
    ...each(
      inputs,
      "sourceRegions.*",
      (value) => Object.hasOwn(regions, said(value)),
      (value) => `unknown region ${value}`,
    ),
    ...((number(inputs["checkIntervalSec"]) ?? 5) < 30
      ? refuse("checkIntervalSec", "must be at least 30 with sourceRegions")
      : []),
    ...["grpcHealthCheck", "grpcTlsHealthCheck", "http2HealthCheck", "sslHealthCheck"]
      .filter((kind) => isSet(inputs[kind]))
      .flatMap((kind) => refuse(kind, "isn't supported with sourceRegions")),
  ];
}

export const healthCheck: Row = {
  type: checkType,
  autoName: { ...loweredName },
  required: ["name"],
  immutable: ["name", "project"],
  unique: { by: ["project", "name"], scope: "account" },
  check: (moment) => [
    ...gceName(moment.inputs),
    ...between(moment.inputs, "checkIntervalSec", 1, 300),
    ...between(moment.inputs, "timeoutSec", 1, 300),
    ...between(moment.inputs, "healthyThreshold", 1, 10),
    ...between(moment.inputs, "unhealthyThreshold", 1, 10),
    ...((number(moment.inputs["timeoutSec"]) ?? 5) > (number(moment.inputs["checkIntervalSec"]) ?? 5)
      ? refuse("timeoutSec", "must be at most checkIntervalSec")
      : []),
    ...(kinds.filter((kind) => isSet(moment.inputs[kind])).length === 1
      ? []
      : refuse("httpHealthCheck", `one of ${kinds.join(", ")} must be specified`)),
    ...sourceRefusals(moment),
  ],
  release: preventedBy,
  id: (moment) => computeId(moment, "healthChecks"),
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...since(moment, "creationTimestamp"),
    project: projectOf(moment),
    selfLink: computeLink(moment.id),
    logConfig: moment.inputs["logConfig"] ?? { enable: false },
    type: (kinds.find((kind) => isSet(moment.inputs[kind])) ?? "").replace("HealthCheck", "").toUpperCase(),
  }),
  seconds: { create: 11, update: 11, delete: 11, source: "typical of provider logs: 11 s" },
};
