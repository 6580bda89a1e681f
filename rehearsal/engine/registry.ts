// Provider resources (`pulumi:providers:<package>`) and the instances behind them.

import { randomUUID } from "node:crypto";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Builtins } from "./builtins";
import type { Diff } from "./diff";
import { dynamicPackage } from "./dynamic";
import type { CheckResult, Created, Invoker, Manager, Old, ReadResult } from "./manager";
import { Plugin } from "./provider";
import type { State } from "./resource";
import { providerPackage, typeOf } from "./urn";
import { equal, type PropertyMap, unknownSentinel } from "./values";

const unconfigured = "unconfigured";
const internalKey = "__internal";

/** The configuration that a plugin sees. */
const visible = (inputs: PropertyMap): PropertyMap =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== internalKey));

/** How each package's provider is reached. */
export type Dial = Readonly<Record<string, () => ResourceProviderClient>>;

export type Instance = Manager & Invoker;

export class Registry implements Manager {
  readonly #instances = new Map<string, Instance>();
  readonly #open = new Set<Plugin>();
  readonly #aliases = new Map<string, string>();
  readonly #dial: Dial;
  readonly #engine: string;
  readonly #builtins: Builtins;

  constructor(dial: Dial, engine: string, builtins: Builtins) {
    this.#dial = dial;
    this.#engine = engine;
    this.#builtins = builtins;
  }

  /** The instance that a reference (`<urn>::<id>`) names, if it is running. */
  get(reference: string): Instance | undefined {
    return this.#instances.get(reference);
  }

  alias(urn: string, old: string): void {
    if (urn !== old) this.#aliases.set(urn, old);
  }

  #set(urn: string, id: string, instance: Instance): void {
    this.#instances.set(`${urn}::${id}`, instance);
    const alias = this.#aliases.get(urn);
    if (alias !== undefined) this.#instances.set(`${alias}::${id}`, instance);
  }

  #take(urn: string): Instance | undefined {
    const key = `${urn}::${unconfigured}`;
    const found = this.#instances.get(key);
    this.#instances.delete(key);
    return found;
  }

  #load(urn: string, inputs: PropertyMap): Instance {
    const pkg = providerPackage(typeOf(urn));
    if (pkg === "pulumi") return this.#builtins;
    const internal = inputs[internalKey];
    if (internal !== undefined && Object.keys(internal as PropertyMap).some((k) => k === "parameterization")) {
      throw new Error(`${urn}: parameterized providers are not supported by the built-in engine`);
    }
    const dial = this.#dial[pkg];
    if (dial === undefined) {
      const known = Object.keys(this.#dial)
        .filter((name) => name !== dynamicPackage)
        .sort()
        .join(", ");
      throw new Error(`no provider for the package "${pkg}": this rehearsal has ${known === "" ? "none" : known}`);
    }
    const plugin = new Plugin(pkg, dial(), this.#engine);
    this.#open.add(plugin);
    return plugin;
  }

  async check(urn: string, olds: PropertyMap | undefined, news: PropertyMap): Promise<CheckResult> {
    const instance = this.#load(urn, news);
    if (!(instance instanceof Plugin)) {
      this.#set(urn, unconfigured, instance);
      return { inputs: news, failures: [] };
    }
    const result = await instance.checkConfig(urn, visible(olds ?? {}), visible(news));
    if (result.failures.length > 0) return result;
    this.#set(urn, unconfigured, instance);
    const version = news["version"];
    const changed = result.inputs["version"];
    if (version !== undefined && changed !== undefined && !equal(version, changed)) {
      throw new Error(
        `provider "${urn}" attempted to change version from ${JSON.stringify(version)} to ${JSON.stringify(changed)}`,
      );
    }
    return {
      failures: [],
      inputs: {
        ...result.inputs,
        ...(version === undefined ? {} : { version }),
        ...(news[internalKey] === undefined ? {} : { [internalKey]: news[internalKey] }),
      },
    };
  }

  async diff(
    urn: string,
    old: Old,
    news: PropertyMap,
    _preview: boolean,
    ignoreChanges: readonly string[],
  ): Promise<Diff> {
    const instance = this.get(`${urn}::${unconfigured}`) ?? this.get(`${urn}::${old.id}`);
    return this.diffWith(instance, urn, old, news, ignoreChanges);
  }

  /** Whether another configuration needs other resources: asked of the instance with the new one. */
  async diffWith(
    instance: Instance | undefined,
    urn: string,
    old: Old,
    news: PropertyMap,
    ignoreChanges: readonly string[] = [],
  ): Promise<Diff> {
    const now = visible(news);
    if (!(instance instanceof Plugin)) {
      return { ...this.#builtins.same, changes: "none" };
    }
    const diff = await instance.diffConfig(urn, { ...old, inputs: visible(old.inputs) }, now, ignoreChanges);
    return diff.changes === "unknown" ? { ...diff, changes: equal(old.outputs, now) ? "none" : "some" } : diff;
  }

  async create(urn: string, inputs: PropertyMap, _timeout: number, preview: boolean): Promise<Created> {
    const id = preview ? unknownSentinel : randomUUID();
    const instance = this.#take(urn) ?? this.#load(urn, inputs);
    this.#configure(instance, urn, id, inputs);
    this.#set(urn, id, instance);
    return { id, outputs: visible(inputs), refreshBeforeUpdate: false };
  }

  async update(urn: string, old: Old, news: PropertyMap): Promise<Omit<Created, "id">> {
    const instance = this.#take(urn) ?? this.#load(urn, news);
    this.#configure(instance, urn, old.id, news);
    this.#set(urn, old.id, instance);
    return { outputs: visible(news), refreshBeforeUpdate: false };
  }

  /** Makes a provider of the state file run, once. `checked`: Check has just loaded the instance to use. */
  same(state: State, checked: boolean): void {
    if (this.get(`${state.urn}::${state.id}`) !== undefined) return;
    if (state.id === "" || state.id === unknownSentinel) throw new Error(`provider '${state.urn}' has an unknown ID`);
    const instance = (checked ? this.#take(state.urn) : undefined) ?? this.#load(state.urn, state.inputs);
    this.#configure(instance, state.urn, state.id, state.inputs);
    this.#set(state.urn, state.id, instance);
  }

  #configure(instance: Instance, urn: string, id: string, inputs: PropertyMap): void {
    if (instance instanceof Plugin) instance.configure(urn, id, visible(inputs));
  }

  async delete(urn: string, old: Old): Promise<void> {
    this.#instances.delete(`${urn}::${old.id}`);
  }

  async read(): Promise<ReadResult> {
    throw new Error("provider resources may not be read");
  }

  async cancel(): Promise<void> {
    await Promise.all([...this.#open].map((plugin) => plugin.cancel()));
  }

  close(): void {
    for (const plugin of this.#open) plugin.close();
  }
}
