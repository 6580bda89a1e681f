// What an earlier run was doing when it was killed.

import type { Operation, Snapshot } from "./checkpoint";
import type { Events } from "./events";
import type { Executor } from "./executor";
import { ProviderError } from "./manager";
import type { Plan, Planned } from "./plan";
import { newState, type State } from "./resource";
import type { SnapshotWriter } from "./snapshot";
import { DeleteStep } from "./steps/delete";
import { isProviderType } from "./urn";
import { equal } from "./values";

/** In the CLI's own words. */
export function warnOfInterrupted(events: Events, operations: readonly Operation[]): void {
  const list = operations.map((op) => `  * ${op.resource.urn}, interrupted while ${op.type}\n`);
  events.warning(
    "",
    `Attempting to deploy or update resources with ${list.length} pending operations from previous deployment.\n${list.join("")}` +
      "These resources are in an unknown state because the Pulumi CLI was interrupted while waiting for changes to these resources to complete. " +
      "You should confirm whether or not the operations listed completed successfully by checking the state of the appropriate provider. " +
      "For example, if you are using AWS, you can confirm using the AWS Console.\n\n" +
      "Once you have confirmed the status of the interrupted operations, you can repair your stack using `pulumi refresh` which will refresh the state from the provider you are using and clear the pending operations if there are any.\n\n" +
      "Note that `pulumi refresh` will need to be run interactively to clear pending CREATE operations.",
  );
}

/**
 * Creations that a kill interrupted, and that this run doesn't repeat. Whether they took place only the cloud knows; asked
 * again it gives what it made (or makes it), so that it can be deleted like everything else.
 */
export async function settleInterrupted(
  plan: Plan,
  executor: Executor,
  planned: Planned,
  { snapshot, writer }: { readonly snapshot: Snapshot; readonly writer: SnapshotWriter | undefined },
): Promise<void> {
  for (const { type, resource } of snapshot.operations) {
    const { urn } = resource;
    if (type !== "creating" || planned.creates.has(urn) || planned.replaces.has(urn)) continue;
    if (!plan.scope.covers(resource)) continue;
    if (!resource.custom || isProviderType(resource.type)) {
      writer?.forget(urn, "creating");
      continue;
    }
    try {
      // From here on the state has it, whatever becomes of its deletion.
      const replaced = plan.olds.has(urn) || plan.news.has(urn);
      const found = newState({ ...resource, ...(await madeAgain(plan, resource)), delete: replaced });
      plan.graph.append(found);
      writer?.adopt(found);
      await writer?.commit();
      await executor.run([new DeleteStep(plan, found, planned.deletes, replaced ? "after" : undefined)]);
    } catch (error) {
      // The CLI keeps such notes when a later run of it made good what they tell of, and a cloud that holds the thing
      // refuses another of its name.
      const known = plan.olds.get(urn) ?? plan.news.get(urn);
      const refused = error instanceof ProviderError && !error.unheard;
      if (refused && known?.provider === resource.provider && equal(known.inputs, resource.inputs)) {
        writer?.forget(urn, "creating");
        continue;
      }
      const message = `what its interrupted creation made could not be found out, and will be tried again: ${(error as Error).message}`;
      plan.events.warning(urn, message);
    }
  }
}

async function madeAgain(plan: Plan, resource: State): Promise<Pick<State, "id" | "outputs">> {
  plan.ensureProvider(resource.provider);
  const { urn, inputs, customTimeouts } = resource;
  try {
    const { id, outputs } = await plan.manager(resource).create(urn, inputs, customTimeouts.create ?? 0, false);
    return { id, outputs };
  } catch (error) {
    if (!(error instanceof ProviderError && error.partial)) throw error;
    const { id, outputs } = error.partial;
    return { id, outputs };
  }
}

/**
 * Deletions that a kill interrupted, or that nobody answered for: the state has what may be gone, and only a read tells.
 * What is gone waits to be made again, as after a deletion ahead of a replacement.
 */
export async function lookForDeleted(
  plan: Plan,
  { snapshot, writer }: { readonly snapshot: Snapshot; readonly writer: SnapshotWriter | undefined },
): Promise<void> {
  for (const { type, resource } of snapshot.operations) {
    if (type !== "deleting") continue;
    const state = plan.olds.get(resource.urn);
    if (state?.id === resource.id && state.custom && !state.external && !isProviderType(state.type)) {
      try {
        plan.ensureProvider(state.provider);
        const { urn, id, inputs, outputs, customTimeouts } = state;
        const found = await plan.manager(state).read(urn, id, inputs, outputs, customTimeouts.read ?? 0);
        if (found.id === "" || found.outputs === undefined) state.pendingReplacement = true;
      } catch (error) {
        const message = `whether its interrupted deletion took place could not be told: ${(error as Error).message}`;
        plan.events.warning(resource.urn, message);
        continue;
      }
    }
    writer?.forget(resource.urn, "deleting");
  }
}
