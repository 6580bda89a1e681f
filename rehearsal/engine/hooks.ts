// Hooks: what the program does before and after something is done to a resource, and when that fails.

import type { Events } from "./events";
import { ProviderError } from "./manager";
import type { State } from "./resource";

type Kind = `${"Before" | "After"}${"Create" | "Update" | "Delete"}` | "OnError";

/** Names of the hooks of a resource, by when they run. */
export type HookBindings = Readonly<Partial<Record<Kind, readonly string[]>>>;

/** What is done to a resource: without `old` it is made, without `now` it is deleted. */
export interface Change {
  readonly old?: State;
  readonly now?: State;
}

export interface Hook {
  readonly onDryRun: boolean;
  /** A failure is a warning. */
  readonly ignoreErrors: boolean;
  /** @param done whether the change has been made: then it has outputs */
  run(change: Change, done: boolean): Promise<void>;
}

/** @returns whether what failed shall be tried again */
export type ErrorHook = (change: Change, operation: string, errors: readonly string[]) => Promise<boolean>;

/** So often a failing operation is tried at most, whatever its hooks say. */
const mostTries = 100;

export class Hooks {
  readonly #hooks = new Map<string, Hook>();
  readonly #errorHooks = new Map<string, ErrorHook>();
  readonly #events: Events;
  readonly #preview: boolean;
  readonly #failed: (error: Error) => void;

  /** @param failed told when a hook fails after the change that it follows, which stays made */
  constructor(events: Events, preview: boolean, failed: (error: Error) => void) {
    this.#events = events;
    this.#preview = preview;
    this.#failed = failed;
  }

  add(name: string, hook: Hook): void {
    this.#claim(name);
    this.#hooks.set(name, hook);
  }

  addForErrors(name: string, hook: ErrorHook): void {
    this.#claim(name);
    this.#errorHooks.set(name, hook);
  }

  #claim(name: string): void {
    if (name === "") throw new Error("resource hook name cannot be empty");
    if (this.#hooks.has(name) || this.#errorHooks.has(name))
      throw new Error(`resource hook already registered for name "${name}"`);
  }

  /** @throws if one fails: the change isn't made then */
  async before(change: Change): Promise<void> {
    await this.#run(change, false);
  }

  async after(change: Change): Promise<void> {
    try {
      await this.#run(change, true);
    } catch (error) {
      this.#events.error(subject(change).urn, (error as Error).message);
      this.#failed(error as Error);
    }
  }

  async #run(change: Change, done: boolean): Promise<void> {
    const kind: Kind = `${done ? "After" : "Before"}${kindOf(change)}`;
    const { urn, hooks } = subject(change);
    for (const name of hooks[kind] ?? []) {
      const hook = this.#hooks.get(name);
      if (hook === undefined) throw new Error(`hook "${name}" was not registered`);
      if (this.#preview && !hook.onDryRun) continue;
      try {
        await hook.run(change, done);
      } catch (error) {
        const { message } = error as Error;
        if (!hook.ignoreErrors) throw new Error(`${done ? "after" : "before"} hook "${name}" failed: ${message}`);
        this.#events.warning(urn, `${kind} hook "${name}" failed: ${message}`);
      }
    }
  }

  /** Tries what the change comes down to, and again as long as it fails and an error hook of the resource says so. */
  async trying<T>(change: Change, attempt: () => Promise<T>): Promise<T> {
    const { urn } = subject(change);
    const operation = kindOf(change).toLowerCase();
    const errors: string[] = [];
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        errors.unshift((error as Error).message);
        if (errors.length >= mostTries) {
          this.#events.warning(urn, `maximum number of error hook retries (${mostTries}) reached`);
          throw new Error("maximum number of error hook retries reached");
        }
        if (!(await this.#again(change, operation, errors, error as Error))) throw error;
        const count = `${errors.length}/${mostTries}`;
        this.#events.warning(urn, `retrying ${operation} due to on-error hook request (${count})`);
      }
    }
  }

  async #again(change: Change, operation: string, errors: readonly string[], failure: Error): Promise<boolean> {
    let again = false;
    for (const name of subject(change).hooks.OnError ?? []) {
      const hook = this.#errorHooks.get(name);
      try {
        if (hook === undefined) throw new Error(`error hook "${name}" was not registered`);
        again =
          (await hook(change, operation, errors).catch((error: Error) => {
            throw new Error(`error hook "${name}" failed: ${error.message}`);
          })) || again;
      } catch (error) {
        // What a deletion failed with, or what is half made, is told all the same.
        if (operation === "delete" || (failure instanceof ProviderError && failure.partial)) throw failure;
        const status = failure instanceof ProviderError ? failure.status : 0;
        throw new ProviderError(`error hooks execution failed: ${(error as Error).message}`, status);
      }
    }
    return again;
  }
}

const subject = ({ old, now }: Change): State => (now ?? old) as State;

const kindOf = ({ old, now }: Change) => (now === undefined ? "Delete" : old === undefined ? "Create" : "Update");
