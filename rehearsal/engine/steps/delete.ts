import { ProviderError } from "../manager";
import type { State } from "../resource";
import { type Outcome, ok, Step, type World } from "./step";

/** A deletion that protection forbids; others go on, so that all of them are told at once. */
export class ProtectedError extends Error {}

export class DeleteStep extends Step {
  readonly op: "delete" | "delete-replaced" | "discard" | "discard-replaced";
  override readonly logical: boolean;
  readonly new = undefined;

  /** @param replacing before: ahead of its replacement, which stays pending. after: what a replacement left. */
  constructor(
    world: World,
    readonly old: State,
    readonly deleted: ReadonlySet<string>,
    readonly replacing?: "before" | "after",
  ) {
    super(world);
    if (old.external) this.op = replacing ? "discard-replaced" : "discard";
    else this.op = replacing ? "delete-replaced" : "delete";
    this.logical = replacing === undefined;
  }

  async apply(): Promise<Outcome> {
    const { old } = this;
    const { hooks } = this.world;
    const change = { old };
    await hooks.before(change);
    if (this.replacing === undefined && old.protect) {
      const error = new ProtectedError(
        `resource ${JSON.stringify(old.urn)} cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${old.urn}'\``,
      );
      return { status: 0, error };
    }
    const goesAlong = old.deletedWith !== "" && this.deleted.has(old.deletedWith);
    if (!this.world.preview && !old.external && !old.retainOnDelete && !goesAlong && old.custom) {
      const manager = this.world.manager(old);
      try {
        await hooks.trying(change, () => manager.delete(old.urn, old, old.customTimeouts.delete ?? 0));
      } catch (error) {
        return { status: error instanceof ProviderError ? error.status : 0, error: error as Error };
      }
    }
    // Only after the deletion: a kill in between must find it still to be deleted.
    if (this.replacing === "before") old.pendingReplacement = true;
    await hooks.after(change);
    return ok;
  }
}

/** Forgets a resource that was deleted ahead of a replacement which nobody asks for any more. */
export class RemovePendingReplaceStep extends Step {
  readonly op = "remove-pending-replace";
  override readonly logical = false;
  readonly new = undefined;

  constructor(
    world: World,
    readonly old: State,
  ) {
    super(world);
  }

  async apply(): Promise<Outcome> {
    return ok;
  }
}
