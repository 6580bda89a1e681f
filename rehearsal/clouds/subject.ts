// What a request is about, where it lies, and how it is refused.
import { hushed } from "./hush";
import { dotted } from "./paths";
import type { Place, Refusal } from "./row";
import type { RawProps } from "./wire";

/** What a request tells of its resource. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Seconds that the engine gives the operation; 0 or undefined: as long as the provider usually waits. */
  readonly timeout?: number;
}

export interface Existing extends Subject {
  readonly id: string;
}

export interface Made {
  readonly id: string;
  readonly outputs: RawProps;
}

export interface Found {
  readonly inputs: RawProps;
  readonly outputs: RawProps;
}

/** Something that the cloud refuses: told to the user as it stands. */
export class Refused extends Error {
  override readonly name = "Refused";
}

export const located = ({ cloud, account, region }: Place): Omit<Place, "config"> => ({ cloud, account, region });
export const subjectOf = ({ id: _, ...subject }: Existing): Subject => subject;
/** Another account's things aren't seen. Regions aren't compared: much is global, and ids differ anyway. */
export const within = (kept: Omit<Place, "config">, place: Place): boolean =>
  kept.cloud === place.cloud && kept.account === place.account;

export const gone = (existing: Existing, place: Place, doing: string): string =>
  `${doing} of ${existing.type} "${existing.id}": it does not exist in the account (${place.account}); ` +
  "it was deleted outside of this stack: refresh the stack to see what is missing";

/** One message of everything that is refused, without what is secret in the inputs. */
export function refuseAll(subject: Subject, doing: string, refusals: readonly Refusal[], inputs: RawProps): void {
  if (refusals.length === 0) return;
  const lines = hushed(refusals, inputs).map(({ property, reason }) =>
    property === "" ? reason : `${dotted(property)}: ${reason}`,
  );
  throw new Refused(
    `${doing === "create" ? "creating" : "updating"} ${subject.type} "${subject.name}": ${lines.join("; ")}`,
  );
}
