// K8S-17: pods within the Pod Security Standards. https://kubernetes.io/docs/concepts/security/pod-security-standards/
import { fail, pass, unknown } from "../judge";
import { at, containersOf, effective, everyContainer, onLinux, pods, tell, templateOf, workloads } from "../pods";
import { asText, isObject, isUnknown, join, list, read } from "../read";
import { rule, type Verdict } from "../rule";
import { kubernetes } from "../tokens";

const is = (wanted: boolean) => (value: unknown) => asText(value).toLowerCase() === String(wanted);

export const privileged = rule(
  "k8s-privileged",
  kubernetes(
    workloads,
    everyContainer(({ props, at: base }) => {
      const { value, path } = at(props, base, "securityContext.privileged");
      return tell(value, path, "not true", is(false), "pass");
    }),
  ),
);

export const escalation = rule(
  "k8s-privilege-escalation",
  kubernetes(
    workloads,
    everyContainer(
      onLinux(({ props, at: base }) => {
        const { value, path } = at(props, base, "securityContext.allowPrivilegeEscalation");
        return tell(value, path, "false", is(false));
      }),
    ),
  ),
);

export const nonRoot = rule(
  "k8s-run-as-non-root",
  kubernetes(
    workloads,
    everyContainer(
      onLinux((container) => {
        const asked = effective(container, "runAsNonRoot");
        const user = effective(container, "runAsUser");
        return [
          tell(asked.value, asked.path, "true", is(true)),
          tell(user.value, user.path, "a user other than 0", (value) => Number(value) !== 0, "pass"),
        ];
      }),
    ),
  ),
);

export const capabilities = rule(
  "k8s-drop-capabilities",
  kubernetes(
    workloads,
    everyContainer(
      onLinux(({ props, at: base }) => {
        const drop = at(props, base, "securityContext.capabilities.drop");
        const add = at(props, base, "securityContext.capabilities.add");
        return [
          tell(drop.value, drop.path, "ALL", (value) => Array.isArray(value) && value.includes("ALL")),
          tell(add.value, add.path, "NET_BIND_SERVICE at most", onlyBind, "pass"),
        ];
      }),
    ),
  ),
);
const onlyBind = (value: unknown) => Array.isArray(value) && value.every((one) => one === "NET_BIND_SERVICE");

export const hostNamespaces = rule(
  "k8s-host-namespaces",
  kubernetes(
    workloads,
    pods((pod) =>
      ["hostNetwork", "hostPID", "hostIPC"].map((name) => {
        const { value, path } = at(pod.spec, pod.at, name);
        return tell(value, path, "not true", is(false), "pass");
      }),
    ),
  ),
);

/** Volume types of the restricted standard, and `image`, which came later and is read-only. */
const volumeTypes = new Set([
  ...[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
  ],
]);

export const hostPath = rule(
  "k8s-host-path",
  kubernetes(
    workloads,
    pods((pod) => {
      const base = join(pod.at, "volumes");
      const expected = `${[...volumeTypes].join(", ")} alone`;
      const volumes = list(pod.spec, "volumes");
      if (typeof volumes === "symbol") return [unknown(base, expected)];
      if (volumes.length === 0) return [pass(base, expected)];
      return volumes.map((volume, index) => {
        if (!isObject(volume)) return unknown(join(base, index), expected);
        const foreign = Object.keys(volume).find(
          (key) => key !== "name" && !volumeTypes.has(key) && volume[key] !== undefined,
        );
        return foreign ? fail(join(base, index, foreign), expected) : pass(join(base, index), expected);
      });
    }),
  ),
  kubernetes("core.PersistentVolume", ({ props }) =>
    read(props, "spec.hostPath") === undefined ? pass("spec", "no hostPath") : fail("spec.hostPath", "no hostPath"),
  ),
);

export const hostPorts = rule(
  "k8s-host-ports",
  kubernetes(
    workloads,
    everyContainer(({ props, at: base }) => {
      const path = join(base, "ports");
      const ports = list(props, "ports");
      if (typeof ports === "symbol") return unknown(path, "no hostPort");
      if (ports.length === 0) return pass(path, "no hostPort");
      return ports.map((port, index) =>
        tell(read(port, "hostPort"), join(path, index, "hostPort"), "not set", (value) => Number(value) === 0, "pass"),
      );
    }),
  ),
);

export const seccomp = rule(
  "k8s-seccomp",
  kubernetes(
    workloads,
    everyContainer(
      onLinux((container) => {
        const { value, path } = effective(container, "seccompProfile.type");
        return tell(value, path, "RuntimeDefault or Localhost", (one) =>
          ["RuntimeDefault", "Localhost"].includes(asText(one)),
        );
      }),
    ),
  ),
);

const seLinuxTypes = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];
const safeSysctls = [
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"],
  ...["net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"],
  ...["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"],
  ...["net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"],
];
const oneOfThese = (allowed: readonly string[]) => (value: unknown) => allowed.includes(asText(value));

/** The four that a pod and a container may both set. */
const guards = (props: unknown, base: string): readonly Verdict[] => {
  const of = (path: string, expected: string, test: (value: unknown) => boolean) => {
    const found = at(props, base, `securityContext.${path}`);
    return tell(found.value, found.path, expected, test, "pass");
  };
  return [
    of("appArmorProfile.type", "RuntimeDefault or Localhost", oneOfThese(["RuntimeDefault", "Localhost"])),
    of("seLinuxOptions.type", "a type of containers", oneOfThese(seLinuxTypes)),
    of("seLinuxOptions.user", "not set", oneOfThese([""])),
    of("seLinuxOptions.role", "not set", oneOfThese([""])),
    of("windowsOptions.hostProcess", "not true", is(false)),
  ];
};
const appArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

export const guardRails = rule(
  "k8s-apparmor-selinux-procmount-sysctl",
  kubernetes(
    workloads,
    pods((pod) => {
      const containers = containersOf(pod).flatMap((one): readonly Verdict[] => {
        if ("status" in one) return [one];
        if (isUnknown(one.props)) return [unknown(one.at, "a container that passes")];
        const mount = at(one.props, one.at, "securityContext.procMount");
        return [
          ...guards(one.props, one.at),
          tell(mount.value, mount.path, "Default", oneOfThese(["Default"]), "pass"),
        ];
      });
      const path = join(pod.at, "securityContext.sysctls");
      const sysctls = list(pod.spec, "securityContext.sysctls");
      const told: readonly Verdict[] =
        typeof sysctls === "symbol"
          ? [unknown(path, "safe ones")]
          : sysctls.map((one, index) =>
              tell(read(one, "name"), join(path, index, "name"), "a safe one", oneOfThese(safeSysctls)),
            );
      const noted = join(templateOf(pod.view), "metadata.annotations");
      const annotations = read(pod.view.props, noted);
      const unconfined =
        isObject(annotations) &&
        Object.entries(annotations).some(
          ([key, value]) => key.startsWith(appArmorAnnotation) && value === "unconfined",
        );
      return [
        ...guards(pod.spec, pod.at),
        ...containers,
        ...told,
        ...(unconfined ? [fail(noted, "no unconfined AppArmor")] : []),
      ];
    }),
  ),
);

export const readOnlyRoot = rule(
  "k8s-read-only-root",
  kubernetes(
    workloads,
    everyContainer(
      onLinux(({ props, at: base }) => {
        const { value, path } = at(props, base, "securityContext.readOnlyRootFilesystem");
        return tell(value, path, "true", is(true));
      }),
    ),
  ),
);
