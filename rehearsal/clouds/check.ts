// What a provider does to inputs before anything is planned: names, defaults, refusals.
import { hushed } from "./hush";
import { type Autonaming, autoName, autoNamed, type Random } from "./names";
import { dotted } from "./paths";
import type { Moment, Props, Refusal, Row, Value } from "./row";
import { conform } from "./schema/conform";
import { isSet, isUnknown, pick, pickAll } from "./values";
import { decode, decodeProps, encode, encodeProps, isMap, isSecret, type Raw, type RawProps } from "./wire";

export interface Checked {
  readonly inputs: RawProps;
  readonly failures: readonly Refusal[];
}

/** `moment` makes the moment of given inputs: names and defaults are part of what the checks see. */
export function check(
  row: Row,
  news: RawProps,
  olds: RawProps,
  random: Random,
  asked: Autonaming | undefined,
  moment: (inputs: Props) => Moment,
): Checked {
  const given = named(row, news, olds, random, asked, moment({}).name);
  const { inputs: taken, failures: nonconforming } = conform(row.type, given);
  const inputs = { ...taken };
  const defaults = row.inputDefaults?.(moment(decodeProps(inputs))) ?? {};
  for (const [key, value] of Object.entries(encodeProps(defaults))) inputs[key] ??= value;
  if (row.fills !== undefined)
    for (const { path, value } of row.fills(moment(decodeProps(inputs)), decodeProps(olds))) fill(inputs, path, value);
  const before = decodeProps(olds);
  const seen: Moment = { ...moment(decodeProps(inputs)), ...(Object.keys(before).length > 0 && { before }) };
  const refused = new Set(nonconforming.map(({ property }) => property));
  const failures = [...lacking(row, seen.inputs), ...(row.check?.(seen) ?? [])]
    .map(({ property, reason }) => ({ property: dotted(property), reason }))
    // What is of another type altogether needs no second refusal for its content.
    .filter(({ property }) => !refused.has(property));
  return { inputs, failures: [...nonconforming, ...hushed(failures, inputs)] };
}

function named(
  row: Row,
  news: RawProps,
  olds: RawProps,
  random: Random,
  asked: Autonaming | undefined,
  logical: string,
): RawProps {
  const inputs = { ...news };
  const rule = row.autoName;
  if (rule === undefined || isSet(inputs[rule.property])) return inputs;
  // Bridged providers leave the name to what makes one of a prefix (pkg/tfbridge/schema.go, buildConflictsWith).
  if (isSet(inputs[`${rule.property}Prefix`])) return inputs;
  const old = olds[rule.property];
  // A name stays what it was made; one that the program gave before and gives no longer makes way for a new one.
  const keeps = old !== undefined && (autoNamed(rule, decode(old)) || rule.random === 0 || asked !== undefined);
  const name = keeps ? old : autoName(rule, logical, random, asked);
  if (name !== undefined) inputs[rule.property] = keeps ? name : encode(name);
  return inputs;
}

/** Writes a value below the first level, where nothing stands; what is secret or unknown on the way stays as it is. */
function fill(inputs: Record<string, Raw>, path: readonly string[], value: Value): void {
  const [first = "", ...rest] = path;
  if (rest.length === 0) {
    inputs[first] ??= encode(value);
    return;
  }
  const at: Raw = inputs[first] ?? {};
  if (Array.isArray(at)) {
    const elements: Raw[] = [...at];
    fill(elements as unknown as Record<string, Raw>, rest, value);
    inputs[first] = elements;
    return;
  }
  if (!isMap(at) || isSecret(at)) return;
  const copy: RawProps = { ...(at as RawProps) };
  fill(copy, rest, value);
  inputs[first] = copy;
}

function lacking(row: Row, inputs: Props): readonly Refusal[] {
  return (row.required ?? []).flatMap((path) => {
    const cut = path.lastIndexOf(".");
    const key = path.slice(cut + 1);
    // Below an optional block only a block that is there can lack something.
    const holders = cut < 0 ? [{ path: "", value: inputs }] : pickAll(inputs, path.slice(0, cut));
    return holders
      .filter(({ value }) => !isUnknown(value) && !isSet(pick(value, key)))
      .map((holder) => {
        const property = holder.path === "" ? key : `${holder.path}.${key}`;
        return { property, reason: `Missing required property '${dotted(property)}'` };
      });
  });
}
