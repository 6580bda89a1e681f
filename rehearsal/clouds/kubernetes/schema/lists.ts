// Lists that a server merges by key, and those whose elements are single: `+listType` of k8s.io/api, release 1.35. What
// isn't here is one value (atomic). Fields as `Type.field`; the type without its group and version.

/** Keys of a list's elements: no two may share them. */
export const keyed: Readonly<Record<string, readonly string[]>> = {
  "Container.env": ["name"],
  "Container.ports": ["containerPort", "protocol"],
  "Container.volumeDevices": ["devicePath"],
  "Container.volumeMounts": ["mountPath"],
  "EphemeralContainer.env": ["name"],
  "EphemeralContainer.ports": ["containerPort", "protocol"],
  "EphemeralContainer.volumeDevices": ["devicePath"],
  "EphemeralContainer.volumeMounts": ["mountPath"],
  "MutatingWebhook.matchConditions": ["name"],
  "MutatingWebhookConfiguration.webhooks": ["name"],
  "PodSpec.containers": ["name"],
  "PodSpec.ephemeralContainers": ["name"],
  "PodSpec.hostAliases": ["ip"],
  "PodSpec.imagePullSecrets": ["name"],
  "PodSpec.initContainers": ["name"],
  "PodSpec.resourceClaims": ["name"],
  "PodSpec.schedulingGates": ["name"],
  "PodSpec.topologySpreadConstraints": ["topologyKey", "whenUnsatisfiable"],
  "PodSpec.volumes": ["name"],
  "ResourceRequirements.claims": ["name"],
  "ServiceAccount.secrets": ["name"],
  "ServiceSpec.ports": ["port", "protocol"],
  "ValidatingAdmissionPolicySpec.matchConditions": ["name"],
  "ValidatingAdmissionPolicySpec.variables": ["name"],
  "ValidatingWebhook.matchConditions": ["name"],
  "ValidatingWebhookConfiguration.webhooks": ["name"],
  "CSINodeSpec.drivers": ["name"],
};

/** Said of a key that an element leaves out. */
export const keyDefaults: Readonly<Record<string, string>> = { protocol: "TCP" };

export const single: ReadonlySet<string> = new Set([
  "CSIDriverSpec.volumeLifecycleModes",
  "ContainerRestartRuleOnExitCodes.values",
  "Endpoint.addresses",
  "ObjectMeta.finalizers",
  "PodFailurePolicyOnExitCodesRequirement.values",
  "ValidatingAdmissionPolicyBindingSpec.validationActions",
]);

/** Numbers of 64 bits; every other whole number has 32. */
export const wide: ReadonlySet<string> = new Set([
  "CSIDriverSpec.nodeAllocatableUpdatePeriodSeconds",
  "ControllerRevision.revision",
  "CronJobSpec.startingDeadlineSeconds",
  "JSONSchemaProps.maxItems",
  "JSONSchemaProps.maxLength",
  "JSONSchemaProps.maxProperties",
  "JSONSchemaProps.minItems",
  "JSONSchemaProps.minLength",
  "JSONSchemaProps.minProperties",
  "JobSpec.activeDeadlineSeconds",
  "ObjectMeta.deletionGracePeriodSeconds",
  "ObjectMeta.generation",
  "PodSecurityContext.fsGroup",
  "PodSecurityContext.runAsGroup",
  "PodSecurityContext.runAsUser",
  "PodSecurityContext.supplementalGroups",
  "PodSpec.activeDeadlineSeconds",
  "PodSpec.terminationGracePeriodSeconds",
  "Probe.terminationGracePeriodSeconds",
  "SecurityContext.runAsGroup",
  "SecurityContext.runAsUser",
  "ServiceAccountTokenProjection.expirationSeconds",
  "SleepAction.seconds",
  "TokenRequest.expirationSeconds",
  "Toleration.tolerationSeconds",
]);

/** Numbers that needn't be whole: those of a definition's schema. */
export const fractions: ReadonlySet<string> = new Set([
  "JSONSchemaProps.maximum",
  "JSONSchemaProps.minimum",
  "JSONSchemaProps.multipleOf",
]);

/**
 * Required of the SDK's types, but not of the server, which reads what is missing as nothing, "" or 0 and has no more to
 * say of it.
 */
export const relaxed: ReadonlySet<string> = new Set([
  "CSIDriver.spec",
  "CSINodeSpec.drivers",
  "CustomResourceDefinitionVersion.served",
  "CustomResourceDefinitionVersion.storage",
  "HTTPHeader.value",
  "ISCSIPersistentVolumeSource.lun",
  "ISCSIVolumeSource.lun",
  "LabelSelectorRequirement.key",
  "LabelSelectorRequirement.operator",
  "LimitRangeSpec.limits",
  "NetworkPolicySpec.podSelector",
  "NodeSelectorRequirement.key",
  "NodeSelectorRequirement.operator",
  "PodFailurePolicy.rules",
  "PreferredSchedulingTerm.preference",
  "PriorityClass.value",
  "ProjectedVolumeSource.sources",
  "SleepAction.seconds",
  "Sysctl.value",
  "TokenRequest.audience",
]);

/** Quantities, and maps of them: text or numbers. */
export const quantity: ReadonlySet<string> = new Set([
  "CSIStorageCapacity.capacity",
  "CSIStorageCapacity.maximumVolumeSize",
  "EmptyDirVolumeSource.sizeLimit",
  "HPAScalingRules.tolerance",
  ...["default", "defaultRequest", "max", "maxLimitRequestRatio", "min"].map((key) => `LimitRangeItem.${key}`),
  "MetricTarget.averageValue",
  "MetricTarget.value",
  "Overhead.podFixed",
  "PersistentVolumeSpec.capacity",
  "PodSpec.overhead",
  "ResourceFieldSelector.divisor",
  "ResourceQuotaSpec.hard",
  "ResourceRequirements.limits",
  "ResourceRequirements.requests",
  "VolumeResourceRequirements.limits",
  "VolumeResourceRequirements.requests",
]);
