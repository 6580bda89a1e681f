// Stacks as files: `pulumi stack export`, the state file of a backend, `pulumi preview --json`. No program or provider runs;
// the CrossGuard adapter and this one judge alike.
import { evaluate, type Finding, type Options, type Resource } from "../evaluate";
import { isObject } from "../read";
import type { Props } from "../rule";
import { partsOf } from "../waivers/pattern";
import { type Forms, reveal } from "./wire";

/** A resource of a deployment, as Pulumi writes it (sdk/go/common/apitype/core.go, ResourceV3). */
interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Props;
  readonly outputs?: Props;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly provider?: string;
  readonly ignoreChanges?: readonly string[];
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  /** `project:///index.ts#12,3` */
  readonly sourcePosition?: string;
  /** Replaced and not yet gone: no longer part of the stack. */
  readonly delete?: boolean;
}

export type StackKind = "stack export" | "state file" | "preview";

/** A stack as a file tells it. */
export interface Stack {
  readonly kind: StackKind;
  /** Names from the resources' URNs; "" in an empty stack. */
  readonly stack: string;
  readonly project: string;
  readonly resources: readonly Resource[];
  /** Where each resource is made, by URN. */
  readonly positions: ReadonlyMap<string, string>;
  /** Secrets of which there is only ciphertext, or less: what lies in them can't be judged. */
  readonly sealed: number;
  /** Configuration by full key, where the file has it. */
  readonly config: Readonly<Record<string, string>>;
}

/** Version 4 says which features of the engine a stack uses; what rules read is as in 3. */
const supported = [3, 4];

/** @param file parsed JSON @throws where it is none of the three, saying what it is instead */
export function readStack(file: unknown): Stack {
  if (!isObject(file)) throw new Error(`This is no stack: ${expected}.`);
  if (Array.isArray(file["steps"])) return preview(file["steps"], file["config"]);
  const checkpoint = isObject(file["checkpoint"]) ? file["checkpoint"] : undefined;
  const deployment = file["deployment"] ?? checkpoint?.["latest"];
  if (deployment === undefined && checkpoint === undefined) {
    // an empty preview leaves its steps out
    if (isObject(file["changeSummary"]) || file["diagnostics"] !== undefined) return preview([], file["config"]);
    throw new Error(
      supported.includes(Number(file["version"] ?? 3))
        ? `This is no stack: ${expected}.`
        : versionText(file["version"]),
    );
  }
  if (!supported.includes(Number(file["version"]))) throw new Error(versionText(file["version"]));
  const resources = isObject(deployment) ? deployment["resources"] : undefined;
  const own = (Array.isArray(resources) ? resources : []) as readonly StateResource[];
  return told(
    checkpoint ? "state file" : "stack export",
    own.filter((one) => one.delete !== true),
  );
}

const expected = "the JSON of `pulumi stack export`, a backend's state file or `pulumi preview --json` is expected";
const versionText = (version: unknown) =>
  `Stacks of version ${supported.join(" and ")} are read; this one is of version ${String(version)}. Export it with a current Pulumi.`;

/** A step leaves its new state, unless it takes the resource away. */
function preview(steps: readonly unknown[], config: unknown): Stack {
  const latest = new Map<string, StateResource>();
  for (const step of steps) {
    if (!isObject(step) || !isObject(step["newState"])) continue;
    const op = String(step["op"]);
    if (/^(delete|discard|remove)/.test(op)) continue;
    const state = step["newState"] as unknown as StateResource;
    latest.set(state.urn, state);
  }
  const plain = isObject(config) ? Object.entries(config).filter(([, value]) => typeof value === "string") : [];
  return told("preview", [...latest.values()], { blinded: "[secret]" }, Object.fromEntries(plain) as Stack["config"]);
}

function told(kind: StackKind, own: readonly StateResource[], forms: Forms = {}, config: Stack["config"] = {}): Stack {
  let sealed = 0;
  const counting: Forms = {
    ...forms,
    onSealed: () => {
      sealed += 1;
    },
  };
  const resources = own.map((one) => toResource(one, forms, counting));
  const [stack = "", project = ""] = partsOf(own[0]?.urn ?? "") ?? [];
  const positions = new Map(own.flatMap((one) => (one.sourcePosition ? [[one.urn, one.sourcePosition] as const] : [])));
  return { kind, stack, project, resources, positions, sealed, config };
}

/** What the rules read from a kept resource. A secret that is only there as ciphertext counts as not known. */
function toResource(one: StateResource, forms: Forms, counting: Forms): Resource {
  const inputs = reveal(one.inputs ?? {}, counting);
  const dependencies = Object.entries(one.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []] as const);
  return {
    type: one.type,
    urn: one.urn,
    name: one.urn.slice(one.urn.lastIndexOf("::") + 2),
    inputs: inputs.props,
    secretInputs: inputs.secrets,
    outputs: reveal(one.outputs ?? {}, forms).props,
    ...(one.id ? { id: one.id } : {}),
    parent: one.parent ?? "",
    provider: one.provider ?? "",
    protect: one.protect ?? false,
    ignoreChanges: one.ignoreChanges ?? [],
    dependencies: one.dependencies ?? [],
    propertyDependencies: Object.fromEntries(dependencies),
  };
}

/** Every verdict on a stack's file. @param file parsed JSON */
export function evaluateState(file: unknown, options: Options = {}): readonly Finding[] {
  return evaluate(readStack(file).resources, options);
}
