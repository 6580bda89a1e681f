// Every rule over a list of resources: what tests, the offline evaluator and the stack phase have in common.
import { Graph } from "./graph";
import { worst } from "./judge";
import type { Context, Part, Props, Rule, Verdict, View } from "./rule";
import { rules } from "./rules";
import { defaults, type Settings } from "./settings";
import { anyOf, canonical } from "./tokens";

/** A resource as a recorder or a state file has it. Symbols in `inputs` and `outputs` stand for what isn't known. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly inputs: Props;
  readonly outputs?: Props;
  readonly id?: string;
  /** Top-level inputs that are secrets; leave out when it can't be told. */
  readonly secretInputs?: readonly string[];
  readonly parent?: string;
  /** URN of the provider, with or without `::id`; its resource is looked up in the list. */
  readonly provider?: string;
  /** The provider's configuration, where it isn't in the list. */
  readonly providerInputs?: Props;
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export interface Options {
  /** What thresholds are judged by. @default prod's */
  readonly environment?: string;
  /** Rules to run. @default all */
  readonly rules?: readonly Rule[];
  /** `inputs`: what one resource shows, before it is made; `graph`: what only the whole stack shows. @default both */
  readonly phase?: Part["needs"];
  /** In a preview a value may be missing; elsewhere nothing differs. Told for the record. */
  readonly preview?: boolean;
  /** What the user of the pack has decided. @default nothing */
  readonly settings?: Partial<Settings>;
}

/** One verdict on one resource. */
export interface Finding extends Verdict {
  readonly rule: string;
  readonly urn: string;
  readonly type: string;
}

const byType = new Map<readonly Rule[], ReadonlyMap<string, readonly (readonly [Rule, Part])[]>>();

/** The parts that speak of each type. */
export function partsByType(of: readonly Rule[]): ReadonlyMap<string, readonly (readonly [Rule, Part])[]> {
  const made = byType.get(of);
  if (made) return made;
  const index = new Map<string, [Rule, Part][]>();
  for (const rule of of)
    for (const part of rule.parts)
      for (const type of new Set(part.types)) {
        const known = index.get(type);
        if (known) known.push([rule, part]);
        else index.set(type, [[rule, part]]);
      }
  byType.set(of, index);
  return index;
}

/** A resource as rules see it. */
export function toView(resource: Resource, provider: Props): View {
  const { id, outputs, inputs } = resource;
  const answered: Props = { ...outputs, ...(id ? { id } : {}) };
  return {
    type: canonical(resource.type),
    urn: resource.urn,
    name: resource.name,
    props: inputs,
    outputs: answered,
    secrets: resource.secretInputs,
    protect: resource.protect ?? false,
    ignoreChanges: resource.ignoreChanges ?? [],
    parent: resource.parent ?? "",
    dependencies: resource.dependencies ?? [],
    propertyDependencies: resource.propertyDependencies ?? {},
    provider,
  };
}

/** Judges one view by the parts of one phase. */
export function judgeView(view: View, context: Context, of: readonly Rule[], phase: Part["needs"]): readonly Finding[] {
  const parts = partsByType(of);
  return [...(parts.get(view.type) ?? []), ...(parts.get(anyOf(view.type)) ?? [])]
    .filter(([, part]) => part.needs === phase)
    .flatMap(([rule, part]) => {
      const result = part.judge(view, context);
      const verdicts = (Array.isArray(result) ? result : [result]) as readonly Verdict[];
      const failures = verdicts.filter(({ status }) => status === "fail");
      const told = failures.length > 0 ? failures : [worst(verdicts)];
      return told.map((verdict) => ({ ...verdict, rule: rule.id, urn: view.urn, type: view.type }));
    });
}

/** Every verdict on every resource: passes, failures, unknowns and not-applicables. */
export function evaluate(resources: readonly Resource[], options: Options = {}): readonly Finding[] {
  const of = options.rules ?? rules;
  const providers = new Map(
    resources.filter(({ type }) => type.startsWith("pulumi:providers:")).map((one) => [one.urn, one]),
  );
  const views = resources.map((one) => toView(one, one.providerInputs ?? providerOf(one.provider, providers)));
  const settings: Settings = { ...defaults, ...options.settings };
  const context: Context = { environment: options.environment, graph: new Graph(views), settings };
  const phases: readonly Part["needs"][] = options.phase ? [options.phase] : ["inputs", "graph"];
  return phases.flatMap((phase) => views.flatMap((view) => judgeView(view, context, of, phase)));
}

/** A provider reference is `urn::id`; a URN holds `::` three times itself. */
function providerOf(reference: string | undefined, providers: ReadonlyMap<string, Resource>): Props {
  if (!reference) return {};
  const urn = providers.has(reference) ? reference : reference.split("::").slice(0, 4).join("::");
  return providers.get(urn)?.inputs ?? {};
}
