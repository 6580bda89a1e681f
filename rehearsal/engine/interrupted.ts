// What an earlier run was doing when it was killed.

import type { Operation, Snapshot } from "./checkpoint";
import type { Events } from "./events";
import type { Executor } from "./executor";
import type { Plan } from "./plan";
import type { SnapshotWriter } from "./snapshot";
import { DeleteStep } from "./steps/delete";
import { isProviderType } from "./urn";

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
 * Creations that a kill interrupted, and that nobody asks for any more. Whether they took place only the cloud
 * knows; asked again it gives what it made (or makes it), so that it can be deleted like everything else.
 */
export async function settleInterrupted(
  plan: Plan,
  executor: Executor,
  wanted: ReadonlySet<string>,
  { snapshot, writer }: { readonly snapshot: Snapshot; readonly writer: SnapshotWriter | undefined },
): Promise<void> {
  for (const { type, resource } of snapshot.operations) {
    if (type !== "creating" || wanted.has(resource.urn)) continue;
    if (resource.custom && !isProviderType(resource.type)) {
      try {
        plan.ensureProvider(resource.provider);
        const { urn, inputs, customTimeouts } = resource;
        const made = await plan.manager(resource).create(urn, inputs, customTimeouts.create ?? 0, false);
        await executor.run([new DeleteStep(plan, { ...resource, id: made.id, outputs: made.outputs }, new Set())]);
      } catch (error) {
        const message = `its interrupted creation left nothing to delete: ${(error as Error).message}`;
        plan.events.warning(resource.urn, message);
      }
    }
    writer?.forget(resource.urn);
  }
}
