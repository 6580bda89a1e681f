// Containers run by a cloud's own service: ECS, Container Apps, Cloud Run.
import { all, any, equals, fail, holds, isFalse, isTrue, notApplicable, oneOf, pass, unknown, when } from "../judge";
import { folded, isUnknown, list, read } from "../read";
import { type Judge, relaxed, rule } from "../rule";
import { aws, azure, gcp } from "../tokens";

/** Container definitions are a list as JSON text. */
const definitions: Judge = ({ props }) => {
  const path = "containerDefinitions";
  const expected = "no privileged container, a read-only root, a log configuration";
  const value = read(props, path);
  if (isUnknown(value)) return unknown(path, expected);
  try {
    const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
    const bad = [parsed]
      .flat()
      .some(
        (one) =>
          folded(one, "privileged") === "true" ||
          folded(one, "readonlyRootFilesystem") !== "true" ||
          read(one, "logConfiguration") === undefined,
      );
    return bad ? fail(path, expected) : pass(path, expected);
  } catch {
    return unknown(path, expected);
  }
};
const insights: Judge = ({ props }) => {
  const path = "settings";
  const settings = list(props, path);
  const expected = "containerInsights enabled or enhanced";
  if (typeof settings === "symbol") return unknown(path, expected);
  const on = settings.some(
    (one) => folded(one, "name") === "containerinsights" && ["enabled", "enhanced"].includes(folded(one, "value")),
  );
  return on ? pass(path, expected) : fail(path, expected);
};

export const containers = rule(
  "containers-ecs-hardening",
  aws(
    "ecs.Service",
    when(
      ({ props }) => read(props, "networkConfiguration") !== undefined,
      "the machine's network",
      isFalse("networkConfiguration.assignPublicIp", "pass"),
    ),
  ),
  aws(
    "ecs.TaskDefinition",
    all(
      definitions,
      holds("networkMode", "not host", (value) => value !== "host", "pass"),
      holds("pidMode", "not host", (value) => value !== "host", "pass"),
    ),
  ),
  aws("ecs.Cluster", (view, context) =>
    relaxed(context) ? notApplicable("a throw-away environment") : insights(view, context),
  ),
  aws("ecs.Cluster", oneOf("configuration.executeCommandConfiguration.logging", ["DEFAULT", "OVERRIDE"], "pass")),
  azure(
    "app.ContainerApp",
    when(
      ({ props }) => read(props, "configuration.ingress") !== undefined,
      "no ingress",
      isFalse("configuration.ingress.allowInsecure", "pass"),
    ),
  ),
  azure("app.ManagedEnvironment", any(isTrue("vnetConfiguration.internal"), equals("publicNetworkAccess", "Disabled"))),
  gcp(
    "cloudrunv2.Service",
    oneOf("ingress", ["INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"]),
  ),
);
