// The one gate that every operation on the clouds goes through: what happened, when, and how long the real thing takes.
import type { Row } from "./row";

export type Kind = "create" | "update" | "delete" | "read" | "invoke";

export interface Operation {
  readonly kind: Kind;
  readonly type: string;
  readonly urn: string;
}

/** Something that was done, not merely previewed. */
export interface Done extends Operation {
  /** Usual seconds of the real thing. */
  readonly seconds: number;
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

  constructor(seconds: (type: string, kind: string) => number) {
    this.#seconds = seconds;
  }

  /** What was done so far, in the order of ending. */
  get timeline(): readonly Done[] {
    return this.#done;
  }

  async perform<T>(operation: Operation, act: () => Promise<T>): Promise<T> {
    const started = Date.now();
    let succeeded = false;
    try {
      const result = await act();
      succeeded = true;
      return result;
    } finally {
      const seconds = this.#seconds(operation.type, operation.kind);
      this.#done.push({ ...operation, seconds, succeeded, started, ended: Date.now() });
    }
  }
}
