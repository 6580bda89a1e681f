import { parseUrn } from "./display/events";
import type { Entry, Report } from "./display/report";
import type { Act, Graph, TimedStep } from "./timing";

/** Seconds of the real thing: usual ones by the type's row, and what a fault added for this URN in this run. */
export type Seconds = (type: string, act: Act, urn: string) => number;

/** A resource of a checkpoint or a preview digest: the fields that say what it waits for. */
export interface Node {
  readonly urn: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

/** Everything that an event log, checkpoints and digests tell of who waits for whom. */
export function graphOf(report: Report, nodes: Iterable<Node> = []): Graph {
  const graph = new Map<string, string[]>();
  for (const node of nodes) graph.set(node.urn, edges(node));
  for (const entry of report.entries.values()) {
    const state = entry.step.new ?? entry.step.old;
    const known = report.graph.get(entry.urn) ?? graph.get(entry.urn) ?? [];
    graph.set(entry.urn, [
      ...known,
      ...edges({ urn: entry.urn, parent: entry.parent, provider: state?.provider ?? "" }),
    ]);
  }
  return graph;
}

function edges(node: Node): string[] {
  const properties = Object.values(node.propertyDependencies ?? {}).flatMap((urns) => urns ?? []);
  // a provider reference is its URN with an id behind it
  const provider = node.provider?.replace(/::[^:]*$/, "");
  const all = new Set([...(node.dependencies ?? []), ...properties, node.parent, provider]);
  return [...all].filter((urn): urn is string => urn !== undefined && urn !== "");
}

const acts: { readonly [op: string]: Act } = {
  create: "create",
  "create-replacement": "create",
  update: "update",
  delete: "delete",
  "delete-replaced": "delete",
  read: "read",
  "read-replacement": "read",
  refresh: "read",
  import: "read",
  "import-replacement": "read",
};

/** The calls to a cloud that a report's operations mean, with what each takes. */
export function stepsOf(report: Report, seconds: Seconds): TimedStep[] {
  return [...report.entries.values()].flatMap((entry) => stepsOfEntry(entry, seconds));
}

export function stepsOfEntry(entry: Entry, seconds: Seconds): TimedStep[] {
  const custom = (entry.step.new ?? entry.step.old)?.custom === true;
  if (!custom || parseUrn(entry.urn).type.startsWith("pulumi:")) return [];
  const made = entry.ops.indexOf("create-replacement");
  return entry.ops.flatMap((op, i) => {
    const act = acts[op];
    if (!act) return [];
    return { urn: entry.urn, act, seconds: seconds(entry.type, act, entry.urn), first: act === "delete" && i < made };
  });
}
