// What a read gives: of what the account has, and of what an id alone tells.
import type { Account } from "./account";
import type { Entry } from "./entry";
import { outputsOf } from "./outputs";
import type { Props, Row } from "./row";
import type { Found } from "./subject";
import { encodeProps, type RawProps } from "./wire";

/** Inputs and outputs as they are kept, with the engine's own secrets where they still are the account's. */
export const opened = ({ seal }: Account, entry: Entry, inputs: RawProps, outputs: RawProps): [RawProps, RawProps] => [
  seal.openProps(entry.inputs, inputs),
  seal.openProps(entry.outputs, outputs),
];

/** What the row makes of an id that no account holds. */
export function imported(row: Row, made: { readonly inputs: Props; readonly outputs: Props }): Found {
  const inputs = encodeProps(made.inputs);
  return { inputs, outputs: outputsOf(row, inputs, made.outputs) };
}
