// What a read gives: of what the account has, and of what an id alone tells.
import { isDeepStrictEqual } from "node:util";
import type { Account } from "./account";
import type { Entry } from "./entry";
import { outputsOf } from "./outputs";
import type { Item, Moment, Props, Row } from "./row";
import type { Found } from "./subject";
import { encode, encodeProps, type RawProps } from "./wire";

/** Inputs and outputs as they are kept, with the engine's own secrets where they still are the account's. */
export const opened = ({ seal }: Account, entry: Entry, inputs: RawProps, outputs: RawProps): [RawProps, RawProps] => [
  seal.openProps(entry.inputs, inputs),
  seal.openProps(entry.outputs, outputs),
];

/** What has become of outputs since they were stored: pending things that have come about by now. */
export function ripened(row: Row, moment: Moment & { readonly old: Item }, outputs: RawProps): RawProps {
  if (row.ripens === undefined) return outputs;
  const now = row.outputs({ ...moment, id: moment.old.id });
  const changed = row.ripens.flatMap((key) => {
    const value = now[key];
    return value === undefined ? [] : [[key, encode(value)] as const];
  });
  return { ...outputs, ...Object.fromEntries(changed) };
}

/** Inputs with what has changed since the engine heard of it, and with what an earlier read brought in. */
export function adopted(
  row: Row,
  inputs: RawProps,
  was: { readonly inputs: RawProps | undefined; readonly outputs: RawProps },
  outputs: RawProps,
): RawProps {
  const news = (row.adopts ?? []).flatMap((key) => {
    const before = was.outputs[key];
    const changed = before !== undefined && !isDeepStrictEqual(before, outputs[key]);
    const value = changed ? outputs[key] : was.inputs?.[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return news.length === 0 ? inputs : { ...inputs, ...Object.fromEntries(news) };
}

/** What the row makes of an id that no account holds. */
export function imported(row: Row, made: { readonly inputs: Props; readonly outputs: Props }): Found {
  const inputs = encodeProps(made.inputs);
  return { inputs, outputs: outputsOf(row, inputs, made.outputs) };
}
