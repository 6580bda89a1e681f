import type { EngineEvent } from "@pulumi/pulumi/automation/events";
import { parseUrn } from "../../rehearsal/display/events";
import { unknownSentinel } from "../../rehearsal/engine/values";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Fixed names for what is random: ids of things and providers, and the folder. */
export class Names {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  constructor(folder: string) {
    this.#names.set(folder, "<folder>");
  }

  /** Ids, each by its resource and how many that had before it. */
  learn(events: readonly EngineEvent[]): void {
    for (const event of events) {
      const metadata = (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata;
      for (const state of [metadata?.old, metadata?.new]) {
        const random = /^thing-\d+$|^[0-9a-f]{8}-[0-9a-f-]{27}$/;
        if (!state || !random.test(state.id) || state.id === unknownSentinel || this.#names.has(state.id)) continue;
        const { type, name } = parseUrn(state.urn);
        // providers of several packages share their names
        const resource = type.startsWith("pulumi:providers:") ? `${type}::${name}` : name;
        const count = (this.#counts.get(resource) ?? 0) + 1;
        this.#counts.set(resource, count);
        this.#names.set(state.id, `<${resource} ${count}>`);
      }
    }
  }

  /** The value with fixed names, and without times and what differs from one Node to the next. */
  put(value: Json): Json {
    const longestFirst = [...this.#names].sort(([a], [b]) => b.length - a.length);
    const text = longestFirst.reduce(
      (rest, [random, name]) => rest.replace(new RegExp(`${escaped(random)}(?![\\w-])`, "g"), name),
      JSON.stringify(value),
    );
    return JSON.parse(text, (key, part: Json) => this.#still(key, part)) as Json;
  }

  #still(key: string, part: Json): Json | undefined {
    if (["sequence", "timestamp", "time", "magic", "version", "salt"].includes(key)) return undefined;
    if (["created", "modified", "duration", "durationSeconds"].includes(key)) return "<time>";
    // a function's text, as the SDK of the day writes it
    if (key === "__provider") return "<code>";
    if (key === "steps" && typeof part === "number") return "<count>";
    if (key === "sourcePosition" && typeof part === "string") return position(part);
    // frames of the SDK and of Node come and go with their versions
    if (key === "stackTrace" && Array.isArray(part))
      return part.filter((frame: Json) => isObject(frame) && text(frame["sourcePosition"]).includes("index.js"));
    // why something is replaced comes from a map in the CLI, which Go walks in any order
    if ((key === "dependencies" || key === "keys") && Array.isArray(part)) return [...(part as string[])].sort();
    if (key === "propertyDependencies" && isObject(part)) {
      const lists = Object.entries(part).map(([property, urns]) =>
        typeof urns === "string" ? [property, urns] : [property, [...((urns ?? []) as string[])].sort()],
      );
      return Object.fromEntries(lists) as Json;
    }
    return part;
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const position = (text: string): string =>
  text.includes("/node_modules/") ? `project:///node_modules/${text.split("/node_modules/").pop()}` : text;

/** By resource, each one's in the order in which they came; debug messages hold what is internal to an engine. */
export function sortedEvents(value: Json): Json {
  if (isObject(value)) return { ...value, ...sortedParts(value) };
  const events = value as readonly JsonObject[];
  const failed = events.some(({ summaryEvent }) => isObject(summaryEvent) && summaryEvent["result"] === "failed");
  const kept = events.filter((event) => {
    const diagnostic = event["diagnosticEvent"];
    if (isObject(diagnostic) && diagnostic["severity"] === "debug") return false;
    // a program that fails may have told the stack's outputs before
    return !(failed && event["resOutputsEvent"] && subject(event).includes("pulumi:pulumi:Stack::"));
  });
  return byText(kept, (event) => subject(event));
}

/** A digest: its steps and diagnostics. */
const sortedParts = (digest: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(digest).map(([key, part]) => [
      key,
      Array.isArray(part)
        ? byText(part as readonly JsonObject[], (one) => `${text(one["urn"])} ${text(one["message"])}`)
        : part,
    ]),
  );

/** Resources by their URN; of one with several states, those that wait for deletion last. */
export function sortedState(value: Json): Json {
  if (!isObject(value)) return value;
  const resources = (value["resources"] ?? []) as readonly JsonObject[];
  // the CLI writes a file when a stack is made, the built-in engine when it is deployed
  if (resources.length === 0 && value["pending_operations"] === undefined) return null;
  return { ...value, resources: byText(resources, (one) => `${text(one["urn"])} ${text(one["delete"])}`) };
}

function subject(event: JsonObject): string {
  const [kind = ""] = Object.keys(event);
  const body = event[kind];
  if (!isObject(body)) return kind;
  const metadata = body["metadata"];
  // what comes for the whole stack comes before its resources, or after them
  const urn = isObject(metadata) ? metadata["urn"] : (body["resourceUrn"] ?? body["urn"]);
  if (urn === undefined) return `${kind} ${text(body["message"])}`;
  // findings, messages and steps of a resource run beside each other, and so do the two halves of a replacement
  const what = isObject(metadata)
    ? text(metadata["op"])
    : `${kind} ${text(body["policyName"])} ${text(body["message"])}`;
  return `${text(urn)} ${what}`;
}

const text = (value: Json | undefined): string =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);

const byText = <T>(list: readonly T[], key: (one: T) => string): T[] =>
  list
    .map((one) => [key(one), one] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, one]) => one);
