// What an API server checks of a container and of a pod's volumes, beyond the schema.
// k8s.io/kubernetes pkg/apis/core/validation, release 1.35.
import type { Props, Value } from "../row";
import { isKnown, isSet, list, number, object, text } from "../values";
import { nameWrong, portNameWrong } from "./forms";
import { resourcesWrong } from "./resources";

/** Says what is wrong at a path below the pod's template. */
export type Refuse = (path: string, reason: string) => void;

const unsupported = (value: string, values: readonly string[]): string =>
  `Unsupported value: "${value}": supported values: ${values.map((one) => `"${one}"`).join(", ")}`;

/** An empty text is one that isn't there, which the server fills with its default. */
export function supportedAt(refuse: Refuse, path: string, value: Value | undefined, values: readonly string[]): void {
  if (typeof value === "string" && value !== "" && !values.includes(value)) refuse(path, unsupported(value, values));
}

/** A number of a port, or the name of one. */
export function portAt(refuse: Refuse, path: string, value: Value | undefined): void {
  if (typeof value === "number" && (!Number.isInteger(value) || value < 1 || value > 65535))
    refuse(path, `Invalid value: ${value}: must be between 1 and 65535, inclusive`);
  const wrong = typeof value === "string" ? portNameWrong(value) : undefined;
  if (wrong !== undefined) refuse(path, wrong);
}

export function countAt(refuse: Refuse, path: string, value: Value | undefined, least = 0): void {
  if (typeof value === "number" && value < least)
    refuse(path, `Invalid value: ${value}: must be greater than or equal to ${least}`);
}

export function volumesWrong(pod: Props, refuse: Refuse): void {
  const names = new Set<string>();
  for (const [index, one] of list(pod["volumes"]).map(object).entries()) {
    const path = `spec.volumes.${index}`;
    const { name, ...sources } = one;
    const kinds = Object.keys(sources).filter((key) => isSet(sources[key]));
    // None at all is an emptyDir by default.
    if (kinds.length > 1) refuse(`${path}.${kinds[1]}`, "Forbidden: may not specify more than 1 volume type");
    const own = text(name);
    if (own === undefined) continue;
    const wrong = nameWrong(own, "label");
    if (wrong !== undefined) refuse(`${path}.name`, wrong);
    if (names.has(own)) refuse(`${path}.name`, `Duplicate value: "${own}"`);
    names.add(own);
  }
}

const handlers = ["exec", "httpGet", "tcpSocket", "grpc"];
const probes = ["livenessProbe", "readinessProbe", "startupProbe"];

export function containerWrong(
  container: Props,
  path: string,
  kind: "initContainers" | "containers",
  refuse: Refuse,
): void {
  const portNames = new Set<string>();
  for (const [index, port] of list(container["ports"]).map(object).entries()) {
    const at = `${path}.ports.${index}`;
    portAt(refuse, `${at}.containerPort`, port["containerPort"]);
    portAt(refuse, `${at}.hostPort`, port["hostPort"] === 0 ? undefined : port["hostPort"]);
    supportedAt(refuse, `${at}.protocol`, port["protocol"], ["SCTP", "TCP", "UDP"]);
    const name = text(port["name"]);
    if (name === undefined || name === "") continue;
    portAt(refuse, `${at}.name`, name);
    if (portNames.has(name)) refuse(`${at}.name`, `Duplicate value: "${name}"`);
    portNames.add(name);
  }
  const paths = new Set<string>();
  for (const [index, mount] of list(container["volumeMounts"]).map(object).entries()) {
    const at = text(mount["mountPath"]);
    if (at === "") refuse(`${path}.volumeMounts.${index}.mountPath`, "Required value");
    if (at !== undefined && paths.has(at))
      refuse(`${path}.volumeMounts.${index}.mountPath`, `Invalid value: "${at}": must be unique`);
    if (at !== undefined) paths.add(at);
  }
  for (const [index, variable] of list(container["env"]).map(object).entries()) {
    const name = text(variable["name"]);
    if (name === "") refuse(`${path}.env.${index}.name`, "Required value");
    if (name?.includes("="))
      refuse(
        `${path}.env.${index}.name`,
        `Invalid value: "${name}": a valid environment variable name must consist only of printable ASCII characters other than '='`,
      );
    if (isSet(variable["value"]) && variable["value"] !== "" && isSet(variable["valueFrom"]))
      refuse(`${path}.env.${index}.valueFrom`, 'Invalid value: "": may not be specified when `value` is not empty');
  }
  const sidecar = container["restartPolicy"] === "Always";
  for (const which of probes) {
    const probe = container[which];
    if (!isSet(probe) || typeof probe === "symbol") continue;
    if (kind === "initContainers" && !sidecar)
      refuse(`${path}.${which}`, "Forbidden: may not be set for init containers without restartPolicy=Always");
    probeWrong(object(probe), `${path}.${which}`, which, refuse);
  }
  const { privileged, allowPrivilegeEscalation } = object(container["securityContext"]);
  if (privileged === true && allowPrivilegeEscalation === false)
    refuse(
      `${path}.securityContext`,
      "Invalid value: cannot set `allowPrivilegeEscalation` to false and `privileged` to true",
    );
  resourcesWrong(object(container["resources"]), `${path}.resources`, refuse);
}

function probeWrong(probe: Props, path: string, which: string, refuse: Refuse): void {
  const set = handlers.filter((one) => isSet(probe[one]));
  if (set.length === 0 && isKnown(probe)) refuse(path, "Required value: must specify a handler type");
  if (set.length > 1) refuse(`${path}.${set[1]}`, "Forbidden: may not specify more than 1 handler type");
  for (const key of ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"])
    countAt(refuse, `${path}.${key}`, probe[key]);
  const times = number(probe["successThreshold"]);
  if (which !== "readinessProbe" && times !== undefined && times > 1)
    refuse(`${path}.successThreshold`, `Invalid value: ${times}: must be 1`);
  for (const key of ["httpGet", "tcpSocket"]) portAt(refuse, `${path}.${key}.port`, object(probe[key])["port"]);
  supportedAt(refuse, `${path}.httpGet.scheme`, object(probe["httpGet"])["scheme"], ["HTTP", "HTTPS"]);
}
