// Which resource of the state a registration is: by its URN, or by a name that it had.

import type { Plan, Planned } from "./plan";
import { Bail } from "./requests";
import type { State } from "./resource";
import { createUrn } from "./urn";

/** @returns the URN; a second resource of the same URN ends the run */
export function claimUrn(plan: Plan, planned: Planned, parent: string, type: string, name: string): string {
  if (parent !== "" && !planned.urns.has(parent)) throw new Error(`could not find parent resource ${parent}`);
  const urn = createUrn(plan.home, parent, type, name);
  // One that stays may be asked for once, after those that need it were.
  const stays = planned.carried.has(urn) && !planned.underWay.has(urn);
  if (planned.urns.has(urn) && !stays) {
    const message = `Duplicate resource URN '${urn}'; try giving it a unique name`;
    plan.events.error(urn, message);
    throw new Bail(message);
  }
  planned.urns.add(urn);
  return urn;
}

/** The old state of a URN, or of the first alias that has one. `invalid`: two resources claim it, which has been told. */
export function findOld(
  { events, olds, registry }: Plan,
  planned: Planned,
  urn: string,
  aliases: readonly string[],
): { old: State | undefined; alias: string | undefined; invalid: boolean } {
  let invalid = false;
  const claimant = planned.aliased.get(urn);
  if (claimant !== undefined) {
    invalid = true;
    events.error(urn, `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimant}'`);
  }
  for (const candidate of [urn, ...aliases]) {
    const old = olds.get(candidate);
    if (old === undefined) continue;
    if (candidate === urn) return { old, alias: undefined, invalid };
    const other = planned.urns.has(candidate) ? urn : planned.aliased.get(candidate);
    if (other !== undefined) {
      invalid = true;
      events.error(
        urn,
        `Duplicate resource alias '${candidate}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
      );
    }
    planned.aliased.set(candidate, urn);
    planned.formerly.set(urn, candidate);
    registry.alias(urn, candidate);
    return { old, alias: candidate, invalid };
  }
  return { old: undefined, alias: undefined, invalid };
}
