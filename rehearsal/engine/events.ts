// What happens in a run, in the shape of Pulumi's own engine events (automation API, --event-log).

import type { EngineEvent, StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation/events";
import type { EventState } from "./api";
import { type JsonObject, type SecretWriter, serializeProperties, serializeState, serializeValue } from "./checkpoint";
import type { DetailedDiff } from "./diff";
import type { State } from "./resource";
import type { Step } from "./steps/step";
import {
  Archive,
  Asset,
  isArray,
  isObject,
  mapObject,
  type PropertyMap,
  Secret,
  transform,
  type Value,
} from "./values";
import { signatureKey, signatures } from "./wire";

export type Severity = "debug" | "info" | "info#err" | "warning" | "error";

/** Fields that the CLI writes and the SDK's own types don't know yet. */
type Told = Omit<EngineEvent, "sequence" | "timestamp"> & Readonly<Record<string, unknown>>;

export interface Violation {
  readonly urn: string;
  readonly message: string;
  readonly policy: string;
  readonly pack: string;
  readonly version: string;
  readonly level: "advisory" | "mandatory";
  readonly severity: string;
}

const prefixed: readonly string[] = ["debug", "error", "warning"];

/** As the CLI writes events without colour: none of its tags (`<{%fg 1%}>`), and in messages no terminal escapes. */
const withoutColors = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are control characters
  text.replace(/<\{%[^%]*%\}>|\x1b\[[0-9;]*[mK]/g, "");

export class Events {
  #sequence = 0;
  #secrets: readonly string[] = [];
  readonly #tell: ((event: EngineEvent) => void) | undefined;

  constructor(tell: ((event: EngineEvent) => void) | undefined) {
    this.#tell = tell;
  }

  /** Texts that must never appear in a message: the values of secret configuration. */
  hide(secrets: readonly string[]): void {
    this.#secrets = secrets.filter((text) => text.length > 2);
  }

  #clean(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  }

  emit(event: Told): void {
    const sequence = this.#sequence++;
    this.#tell?.({ sequence, timestamp: Math.floor(Date.now() / 1000), ...event } as unknown as EngineEvent);
  }

  diagnostic(
    severity: Severity,
    urn: string,
    message: string,
    more: { streamID?: number; ephemeral?: boolean } = {},
  ): void {
    this.emit({
      diagnosticEvent: {
        ...(urn === "" ? {} : { urn }),
        ...(prefixed.includes(severity) ? { prefix: `${severity}: ` } : {}),
        message: this.#clean(`${withoutColors(message)}\n`),
        color: "never",
        severity: severity as "info",
        ...(more.ephemeral ? { ephemeral: true } : {}),
      },
    });
  }

  error(urn: string, message: string): void {
    this.diagnostic("error", urn, message);
  }

  warning(urn: string, message: string): void {
    this.diagnostic("warning", urn, message);
  }

  prelude(config: Readonly<Record<string, string>>): void {
    this.emit({ preludeEvent: { config } });
  }

  before(step: Step, preview: boolean): void {
    this.emit({
      resourcePreEvent: { metadata: this.#metadata(step, step.op), ...(preview ? { planning: true } : {}) },
    });
  }

  after(step: Step, op: string, preview: boolean): void {
    this.emit({ resOutputsEvent: { metadata: this.#metadata(step, op), ...(preview ? { planning: true } : {}) } });
  }

  failed(step: Step, status: number, steps: number): void {
    this.emit({ resOpFailedEvent: { metadata: this.#metadata(step, step.op), status, steps } });
  }

  violation(violation: Violation): void {
    this.emit({
      policyEvent: {
        ...(violation.urn === "" ? {} : { resourceUrn: violation.urn }),
        message: this.#clean(`${withoutColors(violation.message)}\n`),
        color: "never",
        policyName: violation.policy,
        policyPackName: violation.pack,
        policyPackVersion: violation.version,
        policyPackVersionTag: violation.version,
        enforcementLevel: violation.level as "mandatory",
        ...(violation.severity === "" ? {} : { severity: violation.severity }),
      },
    });
  }

  summary(given: {
    readonly maybeCorrupt: boolean;
    readonly seconds: number;
    readonly changes: Readonly<Record<string, number>>;
    readonly packs: Readonly<Record<string, string>>;
    readonly preview: boolean;
    readonly result: string;
  }): void {
    this.emit({
      summaryEvent: {
        maybeCorrupt: given.maybeCorrupt,
        durationSeconds: Math.ceil(given.seconds),
        resourceChanges: Object.fromEntries(Object.entries(given.changes).sort(([a], [b]) => (a < b ? -1 : 1))),
        PolicyPacks: given.packs,
        isPreview: given.preview,
        result: given.result,
      } as never,
    });
  }

  /** Properties as events show them: every secret is `[secret]`. */
  masked(props: PropertyMap): JsonObject {
    return serializeProperties(
      mapObject(props, (v) => this.#filter(v)),
      masking,
    );
  }

  #filter(value: Value): Value {
    if (typeof value === "string") return this.#clean(value);
    if (isArray(value)) return value.map((v) => this.#filter(v));
    if (value instanceof Secret) return new Secret("[secret]");
    // A text may be a whole file: that it is a text is enough.
    if (value instanceof Asset) {
      return value.source.text === undefined ? value : new Asset({ text: "<contents elided>" }, value.hash);
    }
    if (value instanceof Archive) {
      const { assets, ...source } = value.source;
      const members = Object.entries(assets ?? {}).map(
        ([name, asset]) => [name, this.#filter(asset) as Asset] as const,
      );
      return new Archive({ ...source, ...(assets && { assets: Object.fromEntries(members) }) }, value.hash);
    }
    return isObject(value) ? mapObject(value, (v) => this.#filter(v)) : value;
  }

  #metadata(step: Step, op: string): StepEventMetadata {
    return {
      op: op as StepEventMetadata["op"],
      urn: step.urn,
      type: step.type,
      old: this.#state(step.old),
      new: this.#state(step.new),
      ...(step.keys?.length ? { keys: [...step.keys] } : {}),
      ...(step.diffs?.length ? { diffs: [...step.diffs] } : {}),
      detailedDiff: step.detailedDiff === undefined ? null : tellDiff(step.detailedDiff),
      ...(step.logical ? { logical: true } : {}),
      provider: step.provider,
    } as unknown as StepEventMetadata;
  }

  #state(state: State | undefined): StepEventStateMetadata | null {
    if (state === undefined) return null;
    const told = {
      type: state.type,
      urn: state.urn,
      ...(state.custom ? { custom: true } : {}),
      ...(state.delete ? { delete: true } : {}),
      id: state.id,
      parent: state.parent,
      ...(state.protect ? { protect: true } : {}),
      ...(state.taint ? { taint: true } : {}),
      ...(state.external ? { external: true } : {}),
      ...(state.retainOnDelete ? { retainOnDelete: true } : {}),
      inputs: this.masked(state.inputs),
      outputs: this.masked(state.outputs),
      provider: state.provider,
      ...(state.initErrors.length > 0 ? { initErrors: [...state.initErrors] } : {}),
      ...(state.hideDiff.length > 0 ? { hideDiffs: state.hideDiff } : {}),
    };
    const { dependencies, propertyDependencies } = state;
    const beyond: EventState = { dependencies, propertyDependencies, whole: () => this.#whole(state) };
    for (const [name, value] of Object.entries(beyond)) Object.defineProperty(told, name, { value });
    return told as unknown as StepEventStateMetadata;
  }

  #whole(state: State): JsonObject {
    const veil = (value: Value): Value =>
      transform(value, (part) => {
        if (part instanceof Secret) return "[secret]";
        return typeof part === "string" ? this.#clean(part) : undefined;
      });
    const json = (props: PropertyMap) => serializeProperties(mapObject(props, veil), masking);
    return serializeState(state, {
      inputs: json(state.inputs),
      outputs: json(state.outputs),
      replacementTrigger: serializeValue(veil(state.replacementTrigger), masking),
    });
  }
}

const masking: SecretWriter = () => ({ [signatureKey]: signatures.secret, ciphertext: "[secret]" });

const tellDiff = (diff: DetailedDiff) =>
  Object.fromEntries(
    Object.keys(diff)
      .sort()
      .map((path) => [path, { diffKind: diff[path]?.kind, inputDiff: diff[path]?.inputDiff }]),
  );
