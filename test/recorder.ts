// Runs a program on Pulumi's mocks and keeps whole registrations: what a plain mock hides (parents, protect, aliases,
// dependencies, secrets) and what it lets through (duplicate URNs, unknown types) is here. Outputs come from the
// simulated clouds' own rows, so that an ARN looks like one.
// Past 250 lines: one stand-in for an engine, whose parts share its state.
import "../stacks/lean-sdk";
import * as pulumi from "@pulumi/pulumi";
import type * as resources from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { packages } from "../rehearsal/clouds/packages";
import type { Fill, Item, Moment, Package, Place, Props, Refusal, Value } from "../rehearsal/clouds/row";
import { aliasUrn } from "./alias";
import { scramble } from "./scramble";
import { hide, reveal } from "./wire";

export interface Registration {
  readonly type: string;
  readonly name: string;
  /** With the whole chain of parent types, as the engine makes it. */
  readonly urn: string;
  readonly id: string;
  readonly custom: boolean;
  /** Secrets unwrapped; UNKNOWN where a preview can't know. */
  readonly inputs: Props;
  /** Top-level input properties that were secret. */
  readonly secretInputs: readonly string[];
  /** What the resource answered: none of the computed ones in a preview. */
  readonly outputs: Props;
  readonly secretOutputs: readonly string[];
  readonly parent: string;
  /** URN::id of the explicit provider; empty for a default one. */
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
  /** Undefined: left to the provider. */
  readonly deleteBeforeReplace: boolean | undefined;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** Names of the hooks that are asked before it is made. */
  readonly beforeCreate: readonly string[];
  /** URNs that it goes by in older states: whole, or its own with another name or type. */
  readonly aliasUrns: readonly string[];
}

export interface Recording {
  readonly registrations: readonly Registration[];
  /** Outputs that components registered, by URN, and the stack's. */
  readonly componentOutputs: ReadonlyMap<string, Props>;
  /** What the simulated clouds would have refused: type, name, property, reason. */
  readonly refusals: readonly (Refusal & { readonly type: string; readonly name: string })[];
}

export interface RecordOptions {
  /** A first preview: nothing has an id, computed outputs are unknown. @default false */
  readonly preview?: boolean;
  readonly stack?: string;
  /** Full keys: `trifold:cloud`. */
  readonly config?: Readonly<Record<string, string>>;
}

/** One run: the account that it fills and the registrations that it makes. */
class Monitor {
  readonly registrations: Registration[] = [];
  readonly componentOutputs = new Map<string, Props>();
  readonly refusals: (Refusal & { type: string; name: string })[] = [];
  readonly #items = new Map<string, Item>();
  readonly #places = new Map<string, Place>();
  readonly #byName = new Map<string, Package>(packages.map((pkg) => [pkg.name, pkg]));

  constructor(
    readonly stack: string,
    readonly preview: boolean,
  ) {}

  readonly #view = {
    all: (type: string) => [...this.#items.values()].filter((item) => item.type === type),
    find: (types: readonly string[], by: string, value: Value) =>
      [...this.#items.values()].find(
        (item) => types.includes(item.type) && (by === "id" ? item.id : item.outputs[by]) === value,
      ),
  };

  register(request: resources.RegisterResourceRequest): { urn: string; id: string; outputs: Props; secrets: string[] } {
    const type = request.getType();
    const name = request.getName();
    const urn = this.#urn(request.getParent(), type, name);
    if (this.registrations.some((other) => other.urn === urn)) throw new Error(`Duplicate URN ${urn}`);
    const { value, secrets } = reveal(request.getObject()?.toJavaScript() ?? {});
    const inputs = value as Props;
    const made = request.getCustom()
      ? this.#make(type, name, urn, inputs, request.getProvider())
      : { id: "", outputs: {}, secrets: [] };
    const secretOutputs = [...new Set([...secrets, ...made.secrets, ...request.getAdditionalsecretoutputsList()])];
    const dependencies = [...request.getPropertydependenciesMap().getEntryList()].map(
      ([key]) => [key, request.getPropertydependenciesMap().get(key)?.getUrnsList() ?? []] as const,
    );
    this.registrations.push({
      type,
      name,
      urn,
      id: made.id,
      custom: request.getCustom(),
      inputs,
      secretInputs: secrets,
      outputs: made.outputs,
      secretOutputs,
      parent: request.getParent(),
      provider: request.getProvider(),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      deletedWith: request.getDeletedwith(),
      deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
      dependencies: request.getDependenciesList(),
      propertyDependencies: Object.fromEntries(dependencies),
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      beforeCreate: request.getHooks()?.getBeforeCreateList() ?? [],
      aliasUrns: [...request.getAliasurnsList(), ...request.getAliasesList().map((alias) => aliasUrn(urn, alias))],
    });
    return { urn, id: made.id, outputs: made.outputs, secrets: secretOutputs };
  }

  invoke(token: string, args: Props, provider: string): Props {
    const pkg = this.#package(token);
    const called = pkg.functions.find((row) => row.token === token);
    if (!called) throw new Error(`The simulated ${pkg.name} does not know the function ${token}`);
    const result = called.call(args, {
      place: this.#place(provider, token),
      account: this.#view,
      random: scramble(token),
      now: "2026-01-01T00:00:00Z",
    });
    if (Array.isArray(result))
      throw new Error(`${token}: ${(result as Refusal[]).map((one) => one.reason).join("; ")}`);
    return result as Props;
  }

  #urn(parent: string, type: string, name: string): string {
    const above = parent ? (parent.split("::")[2] ?? "") : "";
    const chain = above && above !== "pulumi:pulumi:Stack" ? `${above}$${type}` : type;
    return `urn:pulumi:${this.stack}::trifold::${chain}::${name}`;
  }

  #package(token: string): Package {
    const pkg = this.#byName.get(token.split(":")[0] ?? "");
    if (!pkg) throw new Error(`No simulated cloud serves ${token}`);
    return pkg;
  }

  #place(provider: string, asker: string): Place {
    const place = this.#places.get(provider);
    if (!place) throw new Error(`${asker} has no explicit provider`);
    return place;
  }

  #make(type: string, name: string, urn: string, given: Props, provider: string) {
    if (type.startsWith("pulumi:providers:")) {
      const pkg = this.#byName.get(type.slice("pulumi:providers:".length));
      if (!pkg) throw new Error(`No simulated cloud serves ${type}`);
      const place = pkg.place(given, {});
      if (Array.isArray(place)) throw new Error((place as Refusal[]).map((one) => one.reason).join("; "));
      const id = this.preview ? "" : `provider-${name}`;
      this.#places.set(`${urn}::${id || "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}`, place as Place);
      return { id, outputs: given, secrets: [] as string[] };
    }
    const pkg = this.#package(type);
    const row = pkg.rows.find((one) => one.type === type) ?? pkg.rowOf?.(type);
    if (!row) throw new Error(`The simulated ${pkg.name} does not know ${type}`);
    // random and tls make no cloud calls: a default provider is theirs by nature (see test/architecture.test.ts).
    const place = this.#places.get(provider) ?? { cloud: pkg.name, account: "", region: "", config: {} };
    const random = scramble(urn);
    const moment = { type, urn, name, place, random, account: this.#view, now: "2026-01-01T00:00:00Z" };
    const auto: Props =
      row.autoName && given[row.autoName.property] === undefined
        ? { [row.autoName.property]: `${name}-${random("auto", 7)}` }
        : {};
    const first: Moment = { ...moment, inputs: { ...auto, ...given } };
    const defaulted: Props = { ...row.inputDefaults?.(first), ...first.inputs };
    const inputs = (row.fills?.({ ...first, inputs: defaulted }, {}) ?? []).reduce(filled, defaulted);
    const full: Moment = { ...moment, inputs };
    for (const property of row.required ?? [])
      if (inputs[property] === undefined) this.refusals.push({ type, name, property, reason: "is required" });
    for (const refusal of row.check?.(full) ?? []) this.refusals.push({ ...refusal, type, name });
    const shown = Object.fromEntries(Object.entries(inputs).filter(([key]) => !row.writeOnly?.includes(key)));
    if (this.preview) return { id: "", outputs: shown, secrets: [...(row.secrets ?? [])] };
    for (const refusal of row.admit?.(full) ?? []) this.refusals.push({ ...refusal, type, name });
    const id = row.id(full);
    const outputs = { ...shown, ...row.outputs({ ...full, id }) };
    this.#items.set(urn, { type, id, inputs, outputs, place });
    return { id, outputs, secrets: [...(row.secrets ?? [])] };
  }
}

/** With a value below the first level, where nothing stands. */
function filled(props: Props, { path: [first = "", ...rest], value }: Fill): Props {
  const at = props[first];
  if (rest.length === 0) return at === undefined ? { ...props, [first]: value } : props;
  if (at !== undefined && (typeof at !== "object" || at === null)) return props;
  if (Array.isArray(at)) {
    const elements = Object.entries(filled({ ...at } as unknown as Props, { path: rest, value }));
    return { ...props, [first]: elements.map(([, element]) => element) };
  }
  return { ...props, [first]: filled((at ?? {}) as Props, { path: rest, value }) };
}

type Callback = (error: Error | null, response?: unknown) => void;

/** Runs a program to its end, every registration awaited, and tells what it registered. */
export async function record(program: () => unknown, options: RecordOptions = {}): Promise<Recording> {
  const stack = options.stack ?? "test";
  const monitor = new Monitor(stack, options.preview ?? false);
  await pulumi.runtime.setMocks(
    { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
    "trifold",
    stack,
    monitor.preview,
    "organization",
  );
  pulumi.runtime.setAllConfig({ ...options.config });
  const mocks = pulumi.runtime.getMonitor() as unknown as Record<string, unknown>;
  const answer = (work: () => unknown, callback: Callback) => {
    try {
      callback(null, work());
    } catch (error) {
      callback(error as Error);
    }
  };
  mocks["registerResource"] = (request: resources.RegisterResourceRequest, callback: Callback) =>
    answer(() => {
      const { urn, id, outputs, secrets } = monitor.register(request);
      const object = Struct.fromJavaScript(hide(outputs, secrets) as never);
      return {
        getUrn: () => urn,
        getId: () => id,
        getObject: () => object,
        getStable: () => false,
        getStablesList: () => [],
        getPropertydependenciesMap: () => undefined,
        getResult: () => 0,
      };
    }, callback);
  // bound, and never asked: what a hook says is for an engine to hear
  mocks["registerResourceHook"] = (_: resources.RegisterResourceHookRequest, callback: Callback) => callback(null, {});
  mocks["registerResourceOutputs"] = (request: resources.RegisterResourceOutputsRequest, callback: Callback) =>
    answer(() => {
      monitor.componentOutputs.set(
        request.getUrn(),
        reveal(request.getOutputs()?.toJavaScript() ?? {}, "mark").value as Props,
      );
      return {};
    }, callback);
  mocks["invoke"] = (request: resources.ResourceInvokeRequest, callback: Callback) =>
    answer(() => {
      const args = reveal(request.getArgs()?.toJavaScript() ?? {}).value as Props;
      const result = Struct.fromJavaScript(monitor.invoke(request.getTok(), args, request.getProvider()) as never);
      return { getReturn: () => result, getFailuresList: () => [] };
    }, callback);
  await pulumi.runtime.runInPulumiStack(async () => program() as Promise<pulumi.Inputs | undefined>);
  await pulumi.runtime.disconnect();
  return monitor;
}
