// Who manages a resource, and whether they take its inputs.

import { describe } from "./describe";
import type { CheckResult, Manager } from "./manager";
import type { Plan } from "./plan";
import { Bail } from "./requests";
import type { State } from "./resource";
import { isProviderType, nameOf, parseReference } from "./urn";

/** Ends the reference that stands for a default provider which the stack's configuration forbids. */
export const denied = "denydefaultprovider";

/** Undefined for a component, which nobody manages. */
export function managerOf(
  { registry, events }: Plan,
  urn: string,
  { custom, provider, type }: { readonly custom: boolean; readonly provider: string; readonly type: string },
): Manager | undefined {
  if (!custom) return undefined;
  if (isProviderType(type)) return registry;
  if (provider.endsWith(`::${denied}`)) {
    const message = `Default provider for '${nameOf(parseReference(provider).urn)}' disabled. '${urn}' must use an explicit provider.`;
    events.error(urn, message);
    throw new Bail(message);
  }
  const found = registry.get(provider);
  if (found === undefined) {
    const message = `unknown provider '${provider}' for resource '${urn}'`;
    events.error(urn, message);
    throw new Bail(message);
  }
  return found;
}

/** Tells every failure of a check. */
export function accepted({ events }: Plan, state: State, result: CheckResult): boolean {
  for (const { property, reason } of result.failures) {
    const subject = `${state.type} resource '${nameOf(state.urn)}'`;
    events.error(
      state.urn,
      property === ""
        ? `${subject} has a problem: ${reason}`
        : `${subject}: property ${property} value ${describe(state.inputs[property])} has a problem: ${reason}`,
    );
  }
  return result.failures.length === 0;
}
