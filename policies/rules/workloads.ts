// K8S-02, K8S-05, K8S-15, K8S-16, K8S-20, CICD-09: images, resources, probes, replicas, labels of what runs in a cluster.
import { notApplicable } from "../judge";
import { at, everyContainer, mapped, services, tell, templateOf, workloads } from "../pods";
import { asText, join, read, text } from "../read";
import { type Context, rule, type Verdict, type View } from "../rule";
import { kubernetes } from "../tokens";

/** Tags by which publishers move on. */
const moving = /^(latest|stable|main|master|dev|develop|edge|nightly|canary|head)$/i;
/** Docker's official images, and their mirrors. Elsewhere a bare number may be a build's own. */
const official = /^((index\.|registry-1\.)?docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\/library\//;
/** Their tags of a major alone, moved with every release of it; days (alpine:20250108) and early builds (23-ea-10) stay. https://github.com/docker-library/official-images#tags-and-aliases */
const majorAlone = /^\d{1,4}(-(?!ea-)|$)/;

/** `registry/path:tag@digest`; the last colon is a tag's only behind the last slash. */
function imageOf(image: string) {
  const [named = "", digest] = image.split("@");
  const tag = /:([^/:]+)$/.exec(named)?.[1];
  const first = named.split("/")[0] ?? "";
  const hasRegistry = named.includes("/") && /[.:]|^localhost$/.test(first);
  const path = tag === undefined ? named : named.slice(0, -tag.length - 1);
  return { digest, tag, from: hasRegistry ? path : `docker.io/${named.includes("/") ? "" : "library/"}${path}` };
}

const pinned = (image: unknown, path: string, { settings }: Context): Verdict => {
  const registries = settings.allowedRegistries;
  const expected = [
    settings.requireDigest ? "a digest" : "a digest, or a tag that doesn't move",
    ...(registries.length > 0 ? [`from ${registries.join(" or ")}`] : []),
  ].join(", ");
  return tell(image, path, expected, (value) => {
    const { digest, tag, from } = imageOf(asText(value));
    const isHome =
      registries.length === 0 ||
      registries.some((one) => from === one || from.startsWith(`${one.replace(/\/$/, "")}/`));
    const isPinned =
      /^sha\d+:[0-9a-f]{32,}$/i.test(digest ?? "") ||
      (!settings.requireDigest &&
        tag !== undefined &&
        !moving.test(tag) &&
        !(official.test(from) && majorAlone.test(tag)));
    return isHome && isPinned;
  });
};

/** A version with nothing left to choose: no range, no wildcard. */
const exact = /^v?\d+\.\d+\.\d+([-+][0-9a-z.+-]+)?$/i;

export const image = rule(
  "k8s-image-pinned",
  kubernetes(
    workloads,
    everyContainer(({ props, at: base }, context) => {
      const pull = at(props, base, "imagePullPolicy");
      return [
        pinned(read(props, "image"), join(base, "image"), context),
        tell(pull.value, pull.path, "Always or IfNotPresent", (value) => value !== "Never", "pass"),
      ];
    }),
  ),
  kubernetes("helm.Release", ({ props }) => {
    const chart = text(props, "chart");
    if (/^[./]|\.tgz$/.test(chart)) return notApplicable("a chart of the program's own files, or of one address");
    return tell(read(props, "version"), "version", "an exact version", (value) => exact.test(asText(value)));
  }),
);

/** A limit is the request where none is given; a pod may have both as a whole (Kubernetes 1.34). */
const given = (props: unknown, shared: unknown, kind: "requests" | "limits", what: string): unknown =>
  read(props, `resources.${kind}.${what}`) ??
  (kind === "requests" ? read(props, `resources.limits.${what}`) : undefined) ??
  read(shared, `resources.${kind}.${what}`);

export const resources = rule(
  "k8s-resources",
  kubernetes(
    workloads,
    everyContainer(
      ({ props, pod, at: base }) =>
        (
          [
            ["requests", "cpu"],
            ["requests", "memory"],
            ["limits", "memory"],
          ] as const
        ).map(([kind, what]) =>
          tell(given(props, pod.spec, kind, what), join(base, "resources", kind, what), "set", (value) => value !== ""),
        ),
      ["containers", "initContainers"],
    ),
  ),
);

export const probes = rule(
  "k8s-probes",
  kubernetes(
    services,
    everyContainer(
      ({ props, at: base }) =>
        ["livenessProbe", "readinessProbe"].map((name) => {
          const value = read(props, name);
          return tell(value, join(base, name), "a probe", (one) => Object.keys(one as object).length > 0);
        }),
      ["containers"],
    ),
  ),
);

const labels = (keys: readonly string[], path: string, view: View): readonly Verdict[] =>
  keys.map((key) => tell(mapped(view, path, key), path, `the label ${key}`, (value) => value !== ""));

export const recommendedLabels = rule(
  "k8s-recommended-labels",
  kubernetes(workloads, (view, { settings }) => {
    const own = ["app.kubernetes.io/name", ...settings.requiredLabels];
    const template = join(templateOf(view), "metadata.labels");
    return [
      ...labels(own, "metadata.labels", view),
      ...(template === "metadata.labels" ? [] : labels(["app.kubernetes.io/name"], template, view)),
    ];
  }),
);
