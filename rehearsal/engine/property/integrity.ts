// What makes a state file one that an engine can work from: the rules that Pulumi itself checks before it writes or reads
// one (Snapshot.VerifyIntegrity, pkg/resource/deploy/snapshot.go in pulumi/pulumi), and none of its own.

import { type Deployment, type JsonObject, manifest } from "../checkpoint";
import { isProviderType } from "../urn";

interface Resource extends JsonObject {
  readonly urn: string;
  readonly type: string;
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);

/** What a resource can't be without, each with the words for it. */
function* needs(resource: Resource): Generator<readonly [string, string]> {
  const { parent, dependencies, propertyDependencies, deletedWith, replaceWith } = resource;
  if (typeof parent === "string") yield ["parent", parent];
  for (const urn of texts(dependencies)) yield ["dependency", urn];
  for (const [property, urns] of Object.entries((propertyDependencies ?? {}) as JsonObject))
    for (const urn of texts(urns)) yield [`dependency of ${property}`, urn];
  if (typeof deletedWith === "string") yield ["deletedWith", deletedWith];
  for (const urn of texts(replaceWith)) yield ["replaceWith", urn];
}

/** Everything that is wrong with a deployment; empty for a sound one. */
export function faultsIn(deployment: Deployment): string[] {
  const wrong: string[] = [];
  if (deployment.manifest.magic !== manifest("").magic) wrong.push("the magic cookie is another one");
  const resources = (deployment.resources ?? []) as readonly Resource[];
  const all = new Set(resources.map(({ urn }) => urn));
  const before = new Set<string>();
  const providers = new Set<string>();
  const living = new Map<string, number>();
  for (const resource of resources) {
    const { urn, type, custom, id, provider } = resource;
    if (!urn || !type) wrong.push(`${JSON.stringify(resource)} has no URN or no type`);
    if (custom !== true && id) wrong.push(`${urn} is no custom resource and has an id`);
    if (isProviderType(type)) {
      if (!id) wrong.push(`the provider ${urn} has no id`);
      providers.add(`${urn}::${id as string}`);
    }
    if (typeof provider === "string" && !providers.has(provider) && resource["pendingReplacement"] !== true)
      wrong.push(`${urn} refers to the unknown provider ${provider}`);
    for (const [what, needed] of needs(resource))
      if (!before.has(needed))
        wrong.push(`${urn}: its ${what} ${needed} ${all.has(needed) ? "comes after it" : "is missing"}`);
    before.add(urn);
    if (resource["delete"] !== true) living.set(urn, (living.get(urn) ?? 0) + 1);
  }
  for (const [urn, count] of living) if (count > 1) wrong.push(`${urn} is there ${count} times`);
  for (const { resource, type } of deployment.pending_operations ?? []) {
    if (!["creating", "updating", "deleting", "reading", "importing"].includes(type))
      wrong.push(`a pending operation of the kind ${type}`);
    if (!resource["urn"] || !resource["type"]) wrong.push(`a pending ${type} of nothing`);
  }
  return wrong;
}
