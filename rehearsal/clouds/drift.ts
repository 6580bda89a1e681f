// Drift by chance: one thing that somebody could have done at a console, the same for the same seed.
import { createHash } from "node:crypto";
import { type Console, type Deed, logicalName } from "./console";
import type { Entry } from "./entry";
import type { Path } from "./paths";
import type { Value } from "./row";
import { Refused } from "./subject";
import { isObject } from "./values";
import { isAsset, isSecret, type Raw } from "./wire";

interface Candidate {
  readonly entry: Entry;
  /** Undefined: it is deleted. */
  readonly edit?: { readonly path: Path; readonly value: Value };
}

/** Numbers from 0 up to 1, the same for the same seed. */
export function chance(seed: number): () => number {
  let drawn = 0;
  return () => createHash("sha256").update(`${seed}/${drawn++}`).digest().readUInt32BE() / 2 ** 32;
}

function shuffled<T>(all: readonly T[], random: () => number): readonly T[] {
  const list = [...all];
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [list[last], list[other]] = [list[other]!, list[last]!];
  }
  return list;
}

/** Something else of the same kind. Text has no neighbours that a cloud would surely take, so it is left alone. */
function other(value: Raw): Value | undefined {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  return undefined;
}

/** Edits of an entry that nobody would call odd: switches turned, numbers raised, a tag added. */
function edits(entry: Entry): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [key, value] of Object.entries(entry.inputs)) {
    const next = other(value);
    if (next !== undefined) found.push({ entry, edit: { path: [key], value: next } });
    if (
      (key === "tags" || key === "labels" || key === "userLabels") &&
      isObject(value) &&
      !isSecret(value) &&
      !isAsset(value)
    )
      found.push({ entry, edit: { path: [key, "changed-by"], value: "hand" } });
  }
  return found;
}

/**
 * One change or deletion among these, by chance; what the cloud refuses is passed over.
 * @throws Refused when the clouds would let nobody change or delete any of them
 */
export async function driftBySeed(console: Console, among: readonly Entry[], seed: number): Promise<Deed> {
  const random = chance(seed);
  const sorted = [...among].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  for (const entry of shuffled(sorted, random)) {
    const mine = shuffled<Candidate>([...edits(entry), { entry }], random);
    for (const { edit } of mine)
      try {
        return await (edit === undefined ? console.remove(entry) : console.change(entry, [edit]));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
  }
  throw new Refused(
    among.length === 0
      ? "there is nothing in the account that could drift"
      : `the clouds let nobody change or delete any of ${among.length} things (${among.slice(0, 3).map(logicalName).join(", ")} ...)`,
  );
}
