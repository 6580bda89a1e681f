// One value in a tree of raw ones: set by somebody's hand, and shown without its secrets.
import type { Path } from "./paths";
import type { Value } from "./row";
import { Refused } from "./subject";
import { encode, holdsSecret, isMap, open, type Raw, type RawProps, secret } from "./wire";

const HIDDEN = "[secret]";

/** A copy with a value at a place; what was secret there stays secret. Null takes it away. */
export function put(raw: Raw | undefined, path: Path, value: Value): Raw | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value === null ? undefined : holdsSecret(raw) ? secret(encode(value)) : encode(value);
  const at = raw === undefined ? undefined : open(raw);
  if (typeof step === "number" || Array.isArray(at)) {
    const list = Array.isArray(at) ? [...at] : [];
    const index = Number(step);
    if (!Number.isInteger(index) || index < 0 || index > list.length)
      throw new Refused(`there is no element ${step}: the list has ${list.length}`);
    const next = put(list[index], rest, value);
    list.splice(index, 1, ...(next === undefined ? [] : [next]));
    return list;
  }
  const { [step]: before, ...others } = isMap(at) ? at : {};
  const next = put(before, rest, value);
  return next === undefined ? others : { ...others, [step]: next };
}

/** A value for people's eyes. */
export function guarded(raw: RawProps, path: Path, value: Value | undefined): Value {
  let at: Raw | undefined = raw;
  for (const step of path) {
    if (holdsSecret(at) && !isMap(at) && !Array.isArray(at)) return HIDDEN;
    at = Array.isArray(at) ? at[Number(step)] : isMap(at) ? at[step] : undefined;
  }
  return holdsSecret(at) ? HIDDEN : (value ?? null);
}
