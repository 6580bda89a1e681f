import { applyTimes, ignoreMessage } from "../apply";
import { ProviderError } from "../manager";
import { resetPaths } from "../paths";
import type { Registration } from "../requests";
import { newState, type State } from "../resource";
import { equal, isObject, unknownSentinel } from "../values";
import { type Outcome, ok, Step, type World } from "./step";

export class ReadStep extends Step {
  readonly op: "read" | "read-replacement";
  override readonly logical: boolean;

  readonly new: State;

  constructor(
    world: World,
    override readonly registration: Registration,
    readonly old: State | undefined,
    now: State,
    readonly replacing: boolean,
  ) {
    super(world);
    this.new = now;
    this.op = replacing ? "read-replacement" : "read";
    this.logical = !replacing;
  }

  async apply(): Promise<Outcome> {
    const { id, inputs, customTimeouts } = this.new;
    let failure: ProviderError | undefined;
    if (id !== unknownSentinel) {
      try {
        const read = await this.world.manager(this.new).read(this.urn, id, inputs, inputs, customTimeouts.read ?? 0);
        if (read.outputs === undefined) return { status: 0, error: new Error(`resource '${id}' does not exist`) };
        this.new.outputs = read.outputs;
        if (read.id !== "") this.new.id = read.id;
      } catch (error) {
        if (!(error instanceof ProviderError) || error.partial === undefined) {
          return { status: error instanceof ProviderError ? error.status : 0, error: error as Error };
        }
        failure = error;
        this.new.outputs = error.partial.outputs;
        this.new.initErrors = error.partial.reasons;
      }
    }
    if (this.replacing && this.old) this.old.delete = true;
    this.new.created = this.old?.created;
    this.new.modified = this.old?.modified;
    if (this.old && !(equal(this.new.inputs, this.old.inputs) && equal(this.new.outputs, this.old.outputs))) {
      applyTimes(this.new, "modified");
    }
    const complete = () => this.registration.done({ state: this.new });
    return failure ? { status: 1, complete, error: failure } : { status: 0, complete };
  }
}

export class ImportStep extends Step {
  readonly op: "import" | "import-replacement";
  override readonly logical: boolean;
  #old: State | undefined;

  readonly new: State;

  constructor(
    world: World,
    override readonly registration: Registration,
    /** Told when the resource has been read; planning goes on from there. */
    readonly imported: (state: State) => void,
    readonly original: State | undefined,
    now: State,
    readonly ignoreChanges: readonly string[],
  ) {
    super(world);
    this.new = now;
    this.op = original ? "import-replacement" : "import";
    this.logical = original === undefined;
  }

  get old(): State | undefined {
    return this.#old;
  }

  async apply(): Promise<Outcome> {
    const outcome = await this.#read();
    return outcome.error ? outcome : { ...outcome, complete: () => this.imported(this.new) };
  }

  async #read(): Promise<Outcome> {
    const { importID, customTimeouts } = this.new;
    let read: { id: string; inputs: State["inputs"] | undefined; outputs: State["outputs"] | undefined };
    try {
      read = await this.world.manager(this.new).read(this.urn, importID, undefined, {}, customTimeouts.read ?? 0);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.partial === undefined) {
        return { status: error instanceof ProviderError ? error.status : 0, error: error as Error };
      }
      read = error.partial;
      this.new.initErrors = error.partial.reasons;
    }
    if (read.outputs === undefined) {
      return { status: 0, error: new Error(`resource '${importID}' does not exist`) };
    }
    if (!isObject(read.inputs)) {
      const pkg = this.type.split(":")[0];
      return {
        status: 0,
        error: new Error(`provider does not support importing resources; please try updating the '${pkg}' plugin`),
      };
    }
    this.new.id = read.id === "" ? importID : read.id;
    this.#old = newState({
      ...this.new,
      inputs: read.inputs,
      outputs: read.outputs,
      additionalSecretOutputs: [],
      aliases: [],
    });
    const { inputs, invalid } = resetPaths(read.inputs, read.inputs, this.ignoreChanges);
    if (invalid.length > 0) this.world.events.diagnostic("info", this.urn, ignoreMessage(invalid));
    this.new.inputs = inputs;
    this.new.outputs = read.outputs;
    applyTimes(this.new, "created");
    if (this.original) this.original.delete = true;
    return ok;
  }
}
