// Values of a container's fields, one line a field. k8s.io/kubernetes pkg/apis/core/validation, release 1.35.
import { portNameWrong } from "../forms";
import { envFields, fieldPath, resourceField } from "./downward";
import {
  atLeast,
  between,
  both,
  configKey,
  exactly,
  filled,
  name,
  needs,
  oneFieldOf,
  oneOf,
  type Rule,
  type Rules,
  twice,
} from "./rules";
import { id, profile, seccomp } from "./security";

const key = both(filled, configKey);
const port = between(1, 65535);
const portOrName: Rule = (value) => (typeof value === "string" ? portNameWrong(value) : port(value));
const anyOf = (...fields: readonly string[]): string => fields.map((one) => `\`${one}\``).join(", ");

/** A variable has one source. */
const sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];
const oneSource = oneFieldOf(
  sources,
  `Invalid value: "": must specify one of: ${anyOf(...sources.slice(0, -1))} or \`fileKeyRef\``,
  () => 'Invalid value: "": may not have more than one field specified at a time',
);
const hooks = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];
const handler = oneFieldOf(hooks, "Required value: must specify a handler type");

const header: Rule = (value) =>
  typeof value === "string" && !/^[-A-Za-z0-9]+$/.test(value)
    ? `Invalid value: "${value}": a valid HTTP header must consist of alphanumeric characters or '-'`
    : undefined;

const handled = (at: string): Rules => ({
  [`${at}.exec`]: needs("command"),
  [`${at}.exec.command`]: filled,
  [`${at}.httpGet.httpHeaders.*.name`]: header,
});

const probe = (at: string): Rules => ({
  ...handled(at),
  [`${at}.grpc.port`]: port,
  [`${at}.terminationGracePeriodSeconds`]: atLeast(1),
});

/** Below a container. */
export const ofContainer: Rules = {
  "env.*.valueFrom": oneSource,
  "env.*.valueFrom.configMapKeyRef": needs("name"),
  "env.*.valueFrom.configMapKeyRef.key": key,
  "env.*.valueFrom.configMapKeyRef.name": name,
  "env.*.valueFrom.fieldRef.apiVersion": oneOf("v1"),
  "env.*.valueFrom.fieldRef.fieldPath": fieldPath(envFields),
  "env.*.valueFrom.resourceFieldRef.resource": resourceField,
  "env.*.valueFrom.secretKeyRef": needs("name"),
  "env.*.valueFrom.secretKeyRef.key": key,
  "env.*.valueFrom.secretKeyRef.name": name,
  "envFrom.*": oneFieldOf(
    ["configMapRef", "secretRef"],
    'Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
    () => 'Invalid value: "": may not have more than one field specified at a time',
  ),
  "envFrom.*.configMapRef": needs("name"),
  "envFrom.*.configMapRef.name": name,
  "envFrom.*.secretRef": needs("name"),
  "envFrom.*.secretRef.name": name,
  "lifecycle.postStart": handler,
  ...handled("lifecycle.postStart"),
  "lifecycle.postStart.httpGet.port": portOrName,
  "lifecycle.postStart.sleep.seconds": atLeast(0),
  "lifecycle.postStart.tcpSocket.port": portOrName,
  "lifecycle.preStop": handler,
  ...handled("lifecycle.preStop"),
  "lifecycle.preStop.httpGet.port": portOrName,
  "lifecycle.preStop.sleep.seconds": atLeast(0),
  "lifecycle.preStop.tcpSocket.port": portOrName,
  ...probe("livenessProbe"),
  ...probe("readinessProbe"),
  ...probe("startupProbe"),
  resizePolicy: twice("resourceName"),
  "resizePolicy.*.resourceName": both(filled, oneOf("cpu", "memory")),
  "resizePolicy.*.restartPolicy": both(filled, oneOf("NotRequired", "RestartContainer")),
  "securityContext.appArmorProfile": profile,
  "securityContext.appArmorProfile.type": seccomp,
  "securityContext.procMount": exactly("Default", "Unmasked"),
  "securityContext.runAsGroup": id,
  "securityContext.runAsUser": id,
  "securityContext.seccompProfile": profile,
  "securityContext.seccompProfile.type": seccomp,
  terminationMessagePolicy: oneOf("FallbackToLogsOnError", "File"),
  "volumeDevices.*.devicePath": filled,
  "volumeDevices.*.name": filled,
  "volumeMounts.*.mountPropagation": exactly("Bidirectional", "HostToContainer", "None"),
  "volumeMounts.*.name": filled,
};
