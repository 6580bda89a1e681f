// What GKE fills in where the program says nothing. https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters
import type { Props } from "../row";
import { flag, isSet } from "../values";

const on = { enabled: true };
const off = { enabled: false };

/** By what the cluster is: Autopilot runs on Dataplane V2, others on the older one. */
const defaults = (autopilot: boolean): Props => ({
  datapathProvider: autopilot ? "ADVANCED_DATAPATH" : "LEGACY_DATAPATH",
  defaultSnatStatus: { disabled: false },
  enableIntranodeVisibility: autopilot,
  enableL4IlbSubsetting: autopilot,
  enableTpu: false,
  identityServiceConfig: off,
  loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] },
  loggingService: "logging.googleapis.com/kubernetes",
  meshCertificates: { enableCertificates: false },
  monitoringConfig: {
    advancedDatapathObservabilityConfig: { enableMetrics: false, enableRelay: false },
    enableComponents: ["SYSTEM_COMPONENTS"],
    managedPrometheus: on,
  },
  monitoringService: "monitoring.googleapis.com/kubernetes",
  networkingMode: "VPC_NATIVE",
  nodePoolDefaults: { nodeConfigDefaults: { loggingVariant: "DEFAULT" } },
  notificationConfig: { pubsub: { enabled: false, topic: "" } },
  privateIpv6GoogleAccess: "",
  releaseChannel: { channel: autopilot ? "REGULAR" : "UNSPECIFIED" },
  securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
});

/** Defaults of the cloud's for what the inputs leave open. */
export const filledIn = (inputs: Props): Props =>
  Object.fromEntries(
    Object.entries(defaults(flag(inputs["enableAutopilot"]) === true)).filter(([key]) => !isSet(inputs[key])),
  );
