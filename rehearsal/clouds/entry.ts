// What an account keeps of each thing, and of what is gone.
import type { Place } from "./row";
import type { RawProps } from "./wire";

/** A reference that was resolved when it was made: deleting the target asks for these. */
export interface Link {
  readonly path: string;
  readonly to: number;
  readonly weak?: boolean;
  readonly inside?: boolean;
}

/** Something that exists, as it is kept: secrets are hashes. */
export interface Entry {
  readonly key: number;
  readonly type: string;
  readonly id: string;
  /** Of the resource that has it now, and of the one that it was made for: a renamed resource keeps its random texts. */
  readonly urn: string;
  readonly origin: string;
  readonly generation: number;
  readonly inputs: RawProps;
  readonly outputs: RawProps;
  /** Without the provider's configuration, which may hold credentials. */
  readonly place: Omit<Place, "config">;
  readonly links: readonly Link[];
  /** What nothing else in the scope may have: type, scope and values in one text. */
  readonly unique?: string;
  /** The engine has shown that it knows of it, so another create for the same URN is a replacement. */
  readonly known: boolean;
}

/** A name that something deleted still has. */
export interface Grave {
  readonly unique: string;
  /** ISO 8601. @default for good */
  readonly until?: string;
  readonly reason: string;
}
