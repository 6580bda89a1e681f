// Functions and containers without machines of one's own.
import type { Texts } from ".";

export const serverless: Texts = {
  "serverless-function-hardening": {
    title: "Functions are private, encrypted, traced and up to date",
    severity: "medium",
    phase: "stack",
    why: "A function has the rights of its role and the reach of its network.",
    remedy: {
      aws: "Set kmsKeyArn, vpcConfig, tracingConfig.mode Active, a dead letter queue, code signing and a current runtime.",
      azure:
        "Set httpsOnly, siteConfig.minTlsVersion 1.2, ftpsState Disabled, and client certificates on a function app.",
      gcp: "Set ingress to internal, and template.vpcAccess (functions: serviceConfig.vpcConnector).",
    },
  },
  "containers-ecs-hardening": {
    title: "Containers of a cloud's service are confined and watched",
    severity: "high",
    phase: "resource",
    why: "A privileged or public container is one step from everything beside it.",
    remedy: {
      aws: "Set readonlyRootFilesystem and logConfiguration, no privileged, assignPublicIp false, containerInsights enabled.",
      azure: "Set ingress.allowInsecure to false, and vnetConfiguration.internal to true on the environment.",
      gcp: "Set ingress to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER or INGRESS_TRAFFIC_INTERNAL_ONLY.",
    },
  },
};
