// What was made and doesn't come up: the provider waits for it, and tells the engine what is there and why.
import { type Told, Unready } from "./faults-effect";
import { hush } from "./hush";
import type { Moment, Row } from "./row";
import type { RawProps } from "./wire";

/** @throws Unready where what stands there doesn't come up */
export function waitFor(row: Row, moment: Moment & { readonly id: string }, told: Told, inputs: RawProps): void {
  const reasons = row.unready?.(moment) ?? [];
  if (reasons.length > 0)
    throw new Unready(
      told,
      reasons.map((reason) => hush(reason, inputs)),
      row.patience?.(moment),
    );
}
