// Which cluster a provider works on: what its kubeconfig names, and whether that stands in the account.
import { parse } from "yaml";
import { type AccountView, type Item, type Moment, type Place, type Props, UNKNOWN, type Value } from "../row";
import { isObject, isUnknown, list, object, text } from "../values";

/** Clusters of the three clouds, and the outputs that their API server's host is found by. */
const clusters: readonly { readonly type: string; readonly cloud: string; readonly by: readonly string[] }[] = [
  { type: "aws:eks/cluster:Cluster", cloud: "aws", by: ["endpoint"] },
  { type: "azure-native:containerservice:ManagedCluster", cloud: "azure", by: ["privateFQDN", "fqdn"] },
  {
    type: "gcp:container/cluster:Cluster",
    cloud: "gcp",
    by: ["endpoint", "controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint", "privateClusterConfig.privateEndpoint"],
  },
];

/** `server` of the current context, as text; what is wrong with the kubeconfig; UNKNOWN in a preview that can't know it. */
export function serverOf(config: Props): { readonly server?: string; readonly wrong?: string } | typeof UNKNOWN {
  const given = config["kubeconfig"];
  if (isUnknown(given)) return UNKNOWN;
  const parsed = given === undefined || given === null || given === "" ? undefined : parsedOf(given);
  if (parsed === undefined)
    return {
      wrong:
        "unable to load Kubernetes client configuration from kubeconfig file: invalid configuration: " +
        "no configuration has been provided (the simulated provider reads no KUBECONFIG of the machine)",
    };
  if (typeof parsed === "string") return { wrong: parsed };
  const context = text(config["context"]) ?? text(parsed["current-context"]);
  const named = (kind: string, name: string | undefined): Props =>
    object(
      list(parsed[kind])
        .map(object)
        .find((one) => one["name"] === name),
    );
  const chosen = text(config["cluster"]) ?? text(object(named("contexts", context)["context"])["cluster"]);
  const server = text(object(named("clusters", chosen)["cluster"])["server"]);
  if (server === undefined)
    return {
      wrong: `unable to load Kubernetes client configuration from kubeconfig file: context "${context ?? ""}" does not exist or names no cluster with a server`,
    };
  return { server };
}

/** Lists and objects of a configuration arrive parsed, though they travel as text. */
function parsedOf(given: Value): Props | string {
  if (isObject(given)) return given;
  try {
    const read: unknown = parse(text(given) ?? "");
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return read as Props;
  } catch (error) {
    return `failed to parse kubeconfig data in \`kubernetes:config:kubeconfig\`- ${(error as Error).message.split("\n")[0]}`;
  }
  return "failed to parse kubeconfig data in `kubernetes:config:kubeconfig`- couldn't get version/kind; json parse error";
}

export function place(config: Props): Place {
  const at = serverOf(config);
  return { cloud: "kubernetes", account: at === UNKNOWN ? "" : (at.server ?? ""), region: "", config };
}

export interface Standing {
  /** The cluster's own resource. */
  readonly item: Item;
  readonly cloud: string;
}

/** The cluster behind a provider; a text says why it can't be reached, in the real provider's words. */
export function clusterOf({ place, account }: Pick<Moment, "place" | "account">): Standing | string {
  const at = serverOf(place.config);
  // What is kept of a place has no configuration; then its account says the server.
  const server = at === UNKNOWN ? undefined : (at.server ?? (place.account === "" ? undefined : place.account));
  if (server === undefined) return at === UNKNOWN ? "its kubeconfig is not known yet" : (at.wrong ?? "");
  const host = server.replace(/^https?:\/\//, "").replace(/[:/].*$/, "");
  return (
    standing(account, [server, host]) ??
    `unable to load schema information from the API server: Get "${server}/openapi/v2?timeout=32s": dial tcp: lookup ${host}: no such host`
  );
}

function standing(account: AccountView, names: readonly string[]): Standing | undefined {
  for (const { type, cloud, by } of clusters)
    for (const path of by)
      for (const name of names) {
        const item = account.find([type], path, name);
        if (item !== undefined) return { item, cloud };
      }
  return undefined;
}

/**
 * Keys that replace the provider, and with it everything in the cluster: another cluster, or one that isn't known yet,
 * unless `clusterIdentifier` says that it is the same (DiffConfig of pulumi-kubernetes).
 */
export function moves(before: Props, after: Props): readonly string[] {
  const [was, is] = [before["clusterIdentifier"], after["clusterIdentifier"]];
  if (was !== undefined && is !== undefined && was !== is) return ["clusterIdentifier"];
  if (is !== undefined && was === is) return [];
  const computed = ["kubeconfig", "context", "cluster"].filter((key) => isUnknown(after[key]));
  if (computed.length > 0) return computed;
  const changed = ["kubeconfig", "context", "cluster"].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  return place(before).account !== place(after).account ? changed : [];
}
