// The rules over a stack as it is kept: `pulumi stack export` (deployment version 3), or the state file of a backend.
// Nothing is unknown there, and no program or provider runs; the CrossGuard adapter and this one judge alike.
import { evaluate, type Finding, type Options, type Resource } from "../evaluate";
import { isObject } from "../read";
import type { Props } from "../rule";
import { reveal } from "./wire";

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
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  /** Replaced and not yet gone: no longer part of the stack. */
  readonly delete?: boolean;
}

const supported = 3;

/** Resources of an export (`{ version, deployment }`) or of a state file (`{ version, checkpoint: { latest } }`). */
function resourcesOf(file: unknown): readonly StateResource[] {
  if (!isObject(file))
    throw new Error("This is no exported stack: a JSON object with version and deployment is expected.");
  if (file["version"] !== supported)
    throw new Error(
      `Exported stacks of version ${supported} are read; this one is of version ${String(file["version"])}.`,
    );
  const checkpoint = isObject(file["checkpoint"]) ? file["checkpoint"]["latest"] : undefined;
  const deployment = file["deployment"] ?? checkpoint;
  const resources = isObject(deployment) ? deployment["resources"] : undefined;
  return Array.isArray(resources) ? (resources as readonly StateResource[]) : [];
}

/** What the rules read from a kept resource. A secret that is only there as ciphertext counts as not known. */
function toResource(one: StateResource): Resource {
  const inputs = reveal(one.inputs ?? {});
  const dependencies = Object.entries(one.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []] as const);
  return {
    type: one.type,
    urn: one.urn,
    name: one.urn.slice(one.urn.lastIndexOf("::") + 2),
    inputs: inputs.props,
    secretInputs: inputs.secrets,
    outputs: reveal(one.outputs ?? {}).props,
    ...(one.id ? { id: one.id } : {}),
    parent: one.parent ?? "",
    provider: one.provider ?? "",
    protect: one.protect ?? false,
    dependencies: one.dependencies ?? [],
    propertyDependencies: Object.fromEntries(dependencies),
  };
}

/** Every verdict on an exported stack. @param file parsed JSON of `pulumi stack export` or of a file backend's stack file */
export function evaluateState(file: unknown, options: Options = {}): readonly Finding[] {
  return evaluate(
    resourcesOf(file)
      .filter((one) => one.delete !== true)
      .map(toResource),
    options,
  );
}
