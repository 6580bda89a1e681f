// kubernetes:helm.sh/v3:Release, as provider/pkg/provider/helm_release.go makes it: name-<8 hex> unless named, name and
// namespace replace, everything else is an upgrade.
import type { Moment, Props, Refusal, Row } from "../row";
import { isSet, object, text } from "../values";
import { chartOf, charts } from "./charts";
import { clusterTie, namespaceTie, ownNamespaces } from "./object";

const RELEASE = "kubernetes:helm.sh/v3:Release";

const repoOf = (inputs: Props): string | undefined => text(object(inputs["repositoryOpts"])["repo"]);

/** Helm's own limit, which keeps the names of what it makes below 63. */
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function check({ inputs }: Moment): readonly Refusal[] {
  const found: Refusal[] = [];
  const name = text(inputs["name"]);
  if (name !== undefined && (!NAME.test(name) || name.length > 53))
    found.push({
      property: "name",
      reason: `invalid release name, must match regex ${NAME.source} and the length must not be longer than 53, got "${name}"`,
    });
  const [chart, repo, version] = [text(inputs["chart"]), repoOf(inputs), text(inputs["version"])];
  const repoKnown = !isSet(inputs["repositoryOpts"]) || repo !== undefined;
  if (chart !== undefined && repoKnown && chartOf(chart, repo) === undefined)
    found.push({
      property: "chart",
      reason:
        charts[chart] === undefined
          ? `chart "${chart}" is not known to the simulated cluster; a row in rehearsal/clouds/kubernetes/charts.ts teaches it`
          : `chart "${chart}" version "${version ?? ""}" not found in ${repo ?? "any repository"} repository`,
    });
  if (version !== undefined && !/^[v^~<>=]*\d+(\.\d+|\.x){0,2}([-+.\w ]*)$/.test(version))
    found.push({ property: "version", reason: `improper constraint: ${version}` });
  return found;
}

export const release: Row = {
  type: RELEASE,
  autoName: { property: "name", max: 53, random: 8 },
  required: ["chart"],
  immutable: ["name", "namespace"],
  // The provider leaves this open, and never deletes first.
  deleteBeforeReplace: false,
  unique: { by: ["namespace", "name"], scope: "account" },
  inputDefaults: ({ place }) => ({ namespace: text(place.config["namespace"]) ?? "default" }),
  check,
  ties: (moment) => [
    clusterTie(moment),
    ...(moment.inputs["createNamespace"] === true
      ? []
      : namespaceTie({ metadata: { namespace: moment.inputs["namespace"] ?? "default" } }, "the release")),
  ],
  id: ({ inputs }) => `${text(inputs["namespace"]) ?? ownNamespaces[0]}/${text(inputs["name"]) ?? ""}`,
  outputs: ({ inputs, old }) => ({
    status: {
      status: "deployed",
      name: inputs["name"] ?? "",
      namespace: inputs["namespace"] ?? "default",
      chart: inputs["chart"] ?? "",
      version: (text(inputs["version"]) ?? "").replace(/^v/, ""),
      revision: ((object(old?.outputs["status"])["revision"] as number | undefined) ?? 0) + 1,
    },
  }),
  seconds: { create: 60, update: 45, delete: 20, source: "estimate: pods of the usual charts" },
};
