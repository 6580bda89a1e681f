// What refers to what: resolved when something is created or updated, asked for when something is deleted.
import type { Account } from "./account";
import type { Entry, Grave, Link } from "./entry";
import { dotted } from "./paths";
import type { Moment, Place, Props, Reference, Refusal, Row } from "./row";
import { instant, pickAll, text } from "./values";

interface Claim {
  readonly path: string;
  /** The whole text, and for each reference that speaks of it the part that is compared. */
  readonly value: string;
  readonly options: readonly { readonly reference: Reference; readonly part: string }[];
}

/** What the inputs name: one claim a place, though several references may speak of it. */
function claims(references: readonly Reference[], inputs: Props): readonly Claim[] {
  const found = new Map<string, Claim>();
  for (const reference of references)
    for (const { path, value } of pickAll(inputs, reference.path)) {
      if (typeof value !== "string" || value === "") continue;
      const part = reference.within === undefined ? value : reference.within.exec(value)?.[1];
      const claim = found.get(path) ?? { path, value, options: [] };
      if (part === undefined) continue;
      found.set(path, { ...claim, options: [...claim.options, { reference, part }] });
    }
  return [...found.values()].filter(
    ({ value, options }) => !options.some(({ reference }) => matched(reference.except, value)),
  );
}

/** `test` of a pattern with the g flag remembers where it was. */
const matched = (pattern: RegExp | undefined, value: string): boolean =>
  pattern !== undefined && value.search(pattern) >= 0;

export interface Resolved {
  readonly links: readonly Link[];
  readonly refusals: readonly Refusal[];
}

/** Finds the target of every reference; a place without one is refused in the cloud's words. */
export function resolve(row: Row, moment: Moment, account: Account): Resolved {
  const { inputs, place } = moment;
  const links: Link[] = [];
  const refusals: Refusal[] = [];
  for (const { path, value, options } of claims(row.references ?? [], inputs)) {
    const hit = options
      .map(({ reference, part }) => ({ reference, entry: target(account, reference, part, place) }))
      .find(({ entry }) => entry !== undefined);
    if (hit?.entry === undefined) {
      const types = [...new Set(options.flatMap(({ reference }) => reference.to))];
      refusals.push({ property: dotted(path), reason: missing(value, types, place) });
    } else {
      const { weak, inside } = hit.reference;
      links.push({ path, to: hit.entry.key, ...(weak && { weak }), ...(inside && { inside }) });
    }
  }
  for (const { path, to, by = "id", value, here, weak, inside, missing: reason } of row.ties?.(moment) ?? []) {
    const entry = account.where(to, by, value).findLast((found) => !here || sameAccount(found.place, place));
    if (entry !== undefined) links.push({ path, to: entry.key, ...(weak && { weak }), ...(inside && { inside }) });
    else if (reason !== undefined) refusals.push({ property: dotted(path), reason });
  }
  return { links, refusals };
}

/** The newest that fits: while something is replaced, old and new may answer to one name. In this place, if any is. */
function target(account: Account, reference: Reference, part: string, place: Place): Entry | undefined {
  const paths = typeof reference.by === "string" ? [reference.by] : (reference.by ?? ["id"]);
  const found = paths.flatMap((by) => account.where(reference.to, by, part));
  return found.findLast((entry) => sameAccount(entry.place, place)) ?? found.at(-1);
}

const sameAccount = (a: Omit<Place, "config">, b: Place): boolean =>
  a.cloud === b.cloud && a.account === b.account && a.region === b.region;

/** In the words of each cloud; what is missing, where it was looked for. */
function missing(value: string, types: readonly string[], place: Place): string {
  const what = types.join(" or ");
  const where = place.region === "" ? place.account : `${place.account}, ${place.region}`;
  const looked = `no ${what} in the account (${where}) answers to it`;
  if (place.cloud === "aws") return `InvalidParameterValue: "${value}" does not exist: ${looked}`;
  if (place.cloud === "azure") return `ResourceNotFound: the resource "${value}" was not found: ${looked}`;
  if (place.cloud === "gcp") return `Error 404: the resource "${value}" was not found, notFound: ${looked}`;
  return `"${value}" does not exist: ${looked}`;
}

/** Why something can't be deleted yet; undefined when nothing holds it. */
export function heldBy(account: Account, entry: Entry): string | undefined {
  const strong = account
    .referrers(entry)
    .filter(({ from, link }) => !link.weak && !link.inside && from.key !== entry.key);
  if (strong.length === 0) return undefined;
  const named = strong
    .slice(0, 3)
    .map(({ from, link }) => `${from.type} "${from.id}" (${dotted(link.path)}, ${from.urn})`);
  const more = strong.length > named.length ? ` and ${strong.length - named.length} more` : "";
  const code = { aws: "DependencyViolation", azure: "InUse", gcp: "resourceInUseByAnotherResource" }[entry.place.cloud];
  return `${code === undefined ? "" : `${code}: `}"${entry.id}" is still in use by ${named.join(", ")}${more}`;
}

/** What lies in something and goes with it, the innermost first. */
function contentOf(account: Account, entry: Entry): readonly Entry[] {
  return account
    .referrers(entry)
    .filter(({ from, link }) => link.inside && from.key !== entry.key)
    .flatMap(({ from }) => [...contentOf(account, from), from]);
}

/** What must exist once only, as one text; undefined when the row asks for nothing or the thing has no such name. */
export function uniqueKey(
  row: Row,
  inputs: Props,
  outputs: Props,
  place: Place,
  caseless: boolean,
): string | undefined {
  if (row.unique === undefined) return undefined;
  const values = row.unique.by.map((path) => {
    const [value] = pickAll({ ...inputs, ...outputs }, path);
    return value === undefined ? "" : (text(value.value) ?? JSON.stringify(value.value));
  });
  if (values.every((value) => value === "")) return undefined;
  const scope = {
    world: [place.cloud],
    account: [place.cloud, place.account],
    region: [place.cloud, place.account, place.region],
  }[row.unique.scope];
  const key = JSON.stringify([row.type, ...scope, ...values]);
  return caseless ? key.toLowerCase() : key;
}

/** That something else has what `uniqueKey` says already, or still. */
export function nameTaken(
  row: Row,
  unique: string,
  account: Account,
  own: Entry | undefined,
  now: string,
): readonly Refusal[] {
  const holder = account.holder(unique);
  if (holder?.key === own?.key && own !== undefined) return [];
  const reason =
    holder === undefined
      ? account.grave(unique, now)?.reason
      : `AlreadyExists: "${holder.id}" has this name already (${holder.urn})`;
  return reason === undefined ? [] : [{ property: row.unique?.by.at(-1) ?? "", reason }];
}

/** Takes something and what lies in it out of the account, the innermost first; each leaves behind what its row says. */
export function bury(
  account: Account,
  entry: Entry,
  moment: Moment,
  rowOf: (type: string) => Row | undefined,
): readonly Entry[] {
  const content = contentOf(account, entry);
  for (const one of [...content, entry]) {
    const old = account.item(one);
    // What lies inside may be another package's, as the objects of a cluster are: such leave nothing behind.
    const row = rowOf(one.type);
    account.drop(one, row && graveOf(row, { ...moment, type: one.type, inputs: old.inputs, old }, one));
  }
  return content;
}

function graveOf(row: Row, moment: Moment, entry: Entry): Grave | undefined {
  const remains = entry.unique === undefined ? undefined : row.remains?.(moment);
  if (entry.unique === undefined || remains === undefined) return undefined;
  const { days, reason } = remains;
  const until = days === undefined ? undefined : instant(new Date(Date.parse(moment.now) + days * 86_400_000));
  return { unique: entry.unique, reason, ...(until !== undefined && { until }) };
}
