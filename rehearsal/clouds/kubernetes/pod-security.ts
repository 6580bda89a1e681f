// Pod Security Standards as the admission controller holds pods against a namespace's labels, with its words.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/
import type { Props, Value } from "../row";
import { isSet, list, object, pick, pickAll, text } from "../values";

export type Level = "privileged" | "baseline" | "restricted";

const baselineCapabilities = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];
const restrictedVolumes = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];
const safeSysctls = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
];

interface Container {
  readonly name: string;
  readonly spec: Props;
}

const containersOf = (pod: Props): readonly Container[] =>
  ["initContainers", "containers", "ephemeralContainers"].flatMap((key) =>
    list(pod[key]).map((one) => ({ name: text(object(one)["name"]) ?? "", spec: object(one) })),
  );

const named = (containers: readonly Container[]): string =>
  `container${containers.length === 1 ? "" : "s"} ${containers.map(({ name }) => `"${name}"`).join(", ")}`;

/** What of a pod's spec the level forbids, each as the admission controller puts it; unknown values pass. */
export function violations(pod: Props, level: Level): readonly string[] {
  if (level === "privileged") return [];
  return [...baseline(pod), ...(level === "restricted" ? restricted(pod) : [])];
}

const security = (container: Container, key: string): Value | undefined =>
  pick(container.spec, `securityContext.${key}`);

function baseline(pod: Props): readonly string[] {
  const containers = containersOf(pod);
  const found: string[] = [];
  const bad = (test: (container: Container) => boolean, words: (bad: readonly Container[]) => string) => {
    const hit = containers.filter(test);
    if (hit.length > 0) found.push(words(hit));
  };
  const host = ["hostNetwork", "hostPID", "hostIPC"].filter((key) => pod[key] === true);
  if (host.length > 0) found.push(`host namespaces (${host.map((key) => `${key}=true`).join(", ")})`);
  const paths = list(pod["volumes"]).filter((volume) => isSet(object(volume)["hostPath"]));
  if (paths.length > 0)
    found.push(`hostPath volumes (volumes ${paths.map((one) => `"${text(object(one)["name"])}"`).join(", ")})`);
  bad(
    (one) => security(one, "privileged") === true,
    (hit) => `privileged (${named(hit)} must not set securityContext.privileged=true)`,
  );
  bad(
    (one) => pickAll(one.spec, "ports.*.hostPort").some(({ value }) => typeof value === "number" && value > 0),
    (hit) => `hostPort (${named(hit)})`,
  );
  bad(
    (one) =>
      list(security(one, "capabilities.add")).some(
        (each) => typeof each === "string" && !baselineCapabilities.includes(each),
      ),
    (hit) =>
      `non-default capabilities (${named(hit)} must not include other than the default in securityContext.capabilities.add)`,
  );
  bad(
    (one) => typeof security(one, "procMount") === "string" && security(one, "procMount") !== "Default",
    (hit) => `procMount (${named(hit)} must not set securityContext.procMount)`,
  );
  if (pick(pod, "securityContext.seccompProfile.type") === "Unconfined")
    found.push('seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")');
  bad(
    (one) => security(one, "seccompProfile.type") === "Unconfined",
    (hit) => `seccompProfile (${named(hit)} must not set securityContext.seccompProfile.type to "Unconfined")`,
  );
  const sysctls = pickAll(pod, "securityContext.sysctls.*.name")
    .map(({ value }) => text(value))
    .filter((name) => name !== undefined && !safeSysctls.includes(name));
  if (sysctls.length > 0) found.push(`forbidden sysctls (${sysctls.join(", ")})`);
  return found;
}

function restricted(pod: Props): readonly string[] {
  const containers = containersOf(pod);
  const found: string[] = [];
  const bad = (test: (container: Container) => boolean, words: (bad: readonly Container[]) => string) => {
    const hit = containers.filter(test);
    if (hit.length > 0) found.push(words(hit));
  };
  const unsure = (value: Value | undefined): boolean => typeof value === "symbol";
  bad(
    (one) => security(one, "allowPrivilegeEscalation") !== false && !unsure(security(one, "allowPrivilegeEscalation")),
    (hit) =>
      `allowPrivilegeEscalation != false (${named(hit)} must set securityContext.allowPrivilegeEscalation=false)`,
  );
  bad(
    (one) => {
      const drop = security(one, "capabilities.drop");
      const added = list(security(one, "capabilities.add")).some(
        (each) => each !== "NET_BIND_SERVICE" && !unsure(each),
      );
      return (!unsure(drop) && !list(drop).includes("ALL")) || added;
    },
    (hit) => `unrestricted capabilities (${named(hit)} must set securityContext.capabilities.drop=["ALL"])`,
  );
  const odd = list(pod["volumes"]).filter((volume) => {
    const kinds = Object.keys(object(volume)).filter((key) => key !== "name" && isSet(object(volume)[key]));
    return kinds.some((kind) => !restrictedVolumes.includes(kind));
  });
  if (odd.length > 0)
    found.push(`restricted volume types (volumes ${odd.map((one) => `"${text(object(one)["name"])}"`).join(", ")})`);
  const podRoot = pick(pod, "securityContext.runAsNonRoot");
  bad(
    (one) => {
      const own = security(one, "runAsNonRoot");
      const effective = isSet(own) ? own : podRoot;
      return effective !== true && !unsure(effective);
    },
    () => "runAsNonRoot != true (pod or containers must set securityContext.runAsNonRoot=true)",
  );
  if (pick(pod, "securityContext.runAsUser") === 0) found.push("runAsUser=0 (pod must not set runAsUser=0)");
  bad(
    (one) => security(one, "runAsUser") === 0,
    (hit) => `runAsUser=0 (${named(hit)} must not set runAsUser=0)`,
  );
  const podSeccomp = pick(pod, "securityContext.seccompProfile.type");
  bad(
    (one) => {
      const own = security(one, "seccompProfile.type");
      const effective = isSet(own) ? own : podSeccomp;
      return effective !== "RuntimeDefault" && effective !== "Localhost" && !unsure(effective);
    },
    () =>
      'seccompProfile (pod or containers must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
  );
  return found;
}
