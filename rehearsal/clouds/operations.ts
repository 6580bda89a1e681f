// The one gate that every operation on the clouds goes through: what happened, when, how long the real thing takes, and what
// was planned to go wrong.
import type { Faults, Struck } from "./faults";
import { limitOf, suffer, type Told, Unready } from "./faults-effect";
import type { Row } from "./row";
import { Refused } from "./subject";

export interface Operation extends Struck {
  /** `aws`, `azure`, `gcp` ...: in whose words it fails. */
  readonly cloud: string;
  /** The engine's custom timeout in seconds; 0 or undefined: the usual one. */
  readonly timeout?: number;
}

/** Something that was done, not merely previewed. */
export interface Done extends Operation {
  /** Usual seconds of the real thing, and what a fault added to them. */
  readonly seconds: number;
  /** Of these: seconds that a fault took. */
  readonly delay: number;
  readonly succeeded: boolean;
  /** Milliseconds since the epoch, in the rehearsal's own time. */
  readonly started: number;
  readonly ended: number;
}

/** A read is a single call to the real API. */
const READ = 1;

/** Usual seconds of an operation; an update or a delete that the row doesn't tell takes as long as a create. */
export function secondsOf(row: Row | undefined, kind: string): number {
  if (row === undefined) return 0;
  const { create, update = create, delete: remove = create } = row.seconds;
  switch (kind) {
    case "create":
    case "create-replacement":
    case "import":
      return kind === "import" ? READ : create;
    case "update":
      return update;
    case "delete":
    case "delete-replaced":
      return remove;
    case "read":
    case "refresh":
    case "invoke":
      return READ;
    default:
      return 0;
  }
}

export class Gate {
  readonly #done: Done[] = [];
  readonly #seconds: (type: string, kind: string) => number;
  readonly #faults: Faults;
  readonly #crash: (operation: Operation) => void;

  constructor(seconds: (type: string, kind: string) => number, faults: Faults, crash: (operation: Operation) => void) {
    this.#seconds = seconds;
    this.#faults = faults;
    this.#crash = crash;
  }

  /** What was done so far, in the order of ending. */
  get timeline(): readonly Done[] {
    return this.#done;
  }

  /**
   * Does what an engine asked for, unless a fault is in the way.
   * @param tell what a provider knows of a thing that it made but couldn't start up
   */
  async perform<T>(
    operation: Operation,
    act: () => Promise<T> | T,
    tell?: (result: T) => Told | undefined,
  ): Promise<T> {
    const started = Date.now();
    const usual = this.#seconds(operation.type, operation.kind);
    let [succeeded, delay] = [false, 0];
    try {
      const outcome = await suffer(operation, { faults: this.#faults, crash: this.#crash, usual }, act, tell);
      delay = outcome.delay;
      if ("error" in outcome) {
        // What a cloud refuses, it refuses at once; for what doesn't come up a provider waits until its time is over.
        if (outcome.error instanceof Refused && !outcome.struck) delay = Math.min(usual, READ) - usual;
        // The engine's own timeout comes before the resource's.
        if (outcome.error instanceof Unready && !outcome.struck)
          delay = (operation.timeout || outcome.error.patience || limitOf(operation)) - usual;
        throw outcome.error;
      }
      succeeded = true;
      return outcome.result;
    } finally {
      if (operation.kind !== "check" && operation.kind !== "diff") {
        const seconds = Math.max(0, usual + delay);
        this.#done.push({ ...operation, seconds, delay, succeeded, started, ended: Date.now() });
      }
    }
  }
}
