// Somebody at the clouds' consoles: makes, changes and deletes things in the account behind every stack's back.
import type { Account } from "./account";
import { changes, judge } from "./diff";
import { guarded, put } from "./edit";
import type { Entry } from "./entry";
import { randomOf } from "./names";
import { type Path, shown } from "./paths";
import type { Provider } from "./provider";
import { bury, heldBy, nameTaken, resolve, uniqueKey } from "./references";
import type { Moment, Place, Props, Refusal, Row, Value } from "./row";
import { conform } from "./schema/conform";
import { Refused } from "./subject";
import { instant, same } from "./values";
import { decodeProps, encode, encodeProps, holdsSecret, type RawProps, secret } from "./wire";

/** What was done by hand, for the one who is told. */
export interface Deed {
  readonly entry: Entry;
  readonly did: "made" | "changed" | "deleted";
  /** Property paths with what was and what is, in clear only where it is no secret. */
  readonly changes: readonly { readonly path: string; readonly before: Value; readonly after: Value }[];
  /** What went with it: keys of a vault, and whoever still refers to it where that was forced. */
  readonly also: readonly Entry[];
}

/** Packages whose things live in the state alone: no cloud has them. */
const stateOnly = new Set(["random", "tls"]);

export class Console {
  constructor(
    readonly account: Account,
    readonly providers: readonly Provider[],
    readonly now: () => Date,
    readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  /** Everything that a console shows: what lies in a cloud. Oldest first. */
  things(): readonly Entry[] {
    return this.account.entries().filter((entry) => !stateOnly.has(entry.place.cloud));
  }

  /**
   * What a URN, an id, a logical name or `type::name` stands for.
   * @throws when nothing or more than one thing does
   */
  find(name: string, among: readonly Entry[] = this.things()): Entry {
    const found =
      [
        among.filter(({ urn }) => urn === name),
        among.filter(({ id }) => id === name),
        among.filter(({ urn }) => urn.endsWith(`::${name}`)),
      ].find((hits) => hits.length > 0) ?? [];
    if (found.length === 1) return found[0]!;
    if (found.length === 0) throw new Refused(`nothing in the account is named "${name}"`);
    const named = found.slice(0, 5).map((entry) => `${entry.type}::${logicalName(entry)}`);
    const same = new Set(named).size === 1;
    throw new Refused(
      `"${name}" stands for ${found.length} things: ${found
        .slice(0, 5)
        .map((entry, index) => (same ? entry.id : named[index]))
        .join(", ")}`,
    );
  }

  /** Changes properties in place, as far as the cloud lets anybody. @throws Refused in the cloud's words */
  async change(entry: Entry, edits: readonly { readonly path: Path; readonly value: Value }[]): Promise<Deed> {
    const { provider, row } = this.#of(entry.type);
    const edited = edits.reduce<RawProps>(
      (props, { path, value }) => put(props, path, value) as RawProps,
      entry.inputs,
    );
    const { inputs, failures: strange } = conform(entry.type, edited);
    const [before, after] = [decodeProps(entry.inputs), decodeProps(inputs)];
    const old = this.account.item(entry);
    const moment = { ...this.#moment(entry, after), old };
    const verdict = judge(row, before, after, row.replaces?.(moment) ?? []);
    if (verdict.changes.length === 0) throw new Refused(`${told(entry)} is like this already`);
    const fixed = verdict.changes.filter(({ replace }) => replace);
    if (fixed.length > 0)
      throw new Refused(
        `${fixed.map(({ path }) => path).join(", ")} of ${told(entry)} can't be changed while it exists, by hand neither: delete it instead`,
      );
    const standing = [
      ...conform(entry.type, entry.inputs).failures,
      ...(row.check?.({ ...moment, inputs: before }) ?? []),
    ].map(({ property }) => property);
    const { links, refusals } = resolve(row, moment, this.account);
    this.#refuse(`changing ${told(entry)}`, [
      ...[...strange, ...(row.check?.(moment) ?? [])].filter(({ property }) => !standing.includes(property)),
      ...refusals,
      ...(row.admit?.(moment) ?? []),
      ...provider.quotas.refusals(moment),
    ]);
    const [was, is] = [before, after].map((props) => row.outputs({ ...moment, inputs: props, id: entry.id })) as [
      Props,
      Props,
    ];
    const unique = uniqueKey(row, after, is, { ...entry.place, config: {} }, provider.pkg.caseless ?? false);
    if (unique !== undefined)
      this.#refuse(`changing ${told(entry)}`, nameTaken(row, unique, this.account, entry, instant(this.now())));
    const outputs = this.#outputs(entry, row, inputs, was, is);
    const { unique: _, ...rest } = entry;
    const next: Entry = {
      ...rest,
      inputs: this.account.seal.closeProps(inputs),
      outputs: this.account.seal.closeProps(outputs),
      links,
      ...(unique !== undefined && { unique }),
    };
    this.account.put(next);
    this.account.durable();
    return {
      entry: next,
      did: "changed",
      changes: changes(before, after, row.unordered).map((change) => ({
        path: shown(change.path),
        before: guarded(entry.inputs, change.path, change.before),
        after: guarded(inputs, change.path, change.after),
      })),
      also: [],
    };
  }

  /** @param force also what the cloud wouldn't delete: protected, or still referred to. @throws Refused in the cloud's words */
  async remove(entry: Entry, force = false): Promise<Deed> {
    const { row } = this.#of(entry.type);
    const old = this.account.item(entry);
    const moment = { ...this.#moment(entry, old.inputs), old };
    const reason = row.release?.(moment) ?? heldBy(this.account, entry);
    if (reason !== undefined && !force) throw new Refused(`deleting ${told(entry)}: ${reason}`);
    const rowOf = (type: string): Row => this.#of(type).row;
    // Settings of a thing that are resources of their own, such as a bucket's versioning, have its id and go with it.
    const also = [...new Set(this.account.referrers(entry).map(({ from }) => from))].filter(
      ({ key, id }) => id === entry.id && key !== entry.key,
    );
    for (const one of also) bury(this.account, one, moment, rowOf);
    also.push(...bury(this.account, entry, moment, rowOf));
    this.account.durable();
    return { entry, did: "deleted", changes: [], also };
  }

  /** Makes something that no stack has: for `import` and for settings that name what exists. */
  async make(type: string, name: string, given: Props, region?: string): Promise<Deed> {
    const { provider } = this.#of(type);
    const urn = `urn:pulumi:${HAND}::account::${type}::${name}`;
    if (this.account.ofUrn(urn).length > 0) throw new Refused(`${type} "${name}" was made by hand already`);
    const subject = { urn, type, name };
    const place = this.#place(provider, region);
    const { inputs, failures } = await provider.check(subject, place, encodeProps(given), {});
    this.#refuse(`making ${type} "${name}"`, failures);
    const { id } = await provider.create(subject, place, inputs, false);
    const entry = this.account.held(type, id, urn)!;
    this.account.know(entry);
    this.account.durable();
    return { entry, did: "made", changes: [], also: [] };
  }

  /** Where the cloud's other things are, in the region that is asked for; else what its provider takes by itself. */
  #place({ pkg }: Provider, region: string | undefined): Place {
    const others = this.things().filter(({ type }) => type.startsWith(`${pkg.name}:`));
    const near = others.find(({ place }) => region === undefined || place.region === region || place.region === "");
    if (near !== undefined) return { ...near.place, config: region === undefined ? {} : { region } };
    const place = pkg.place(
      { ...(region !== undefined && pkg.name !== "azure-native" && { region }) },
      this.environment,
    );
    if (Array.isArray(place)) this.#refuse(`the provider ${pkg.name}`, place as readonly Refusal[]);
    const first = others[0]?.place;
    return { ...(place as Place), ...(first !== undefined && { account: first.account }) };
  }

  /** What the row makes of the change; everything else stays as it was, so that no secret is made anew. */
  #outputs(entry: Entry, row: Row, inputs: RawProps, was: Props, is: Props): RawProps {
    const outputs: RawProps = { ...entry.outputs };
    for (const key of Object.keys(inputs))
      if (!(key in is) && !row.writeOnly?.includes(key)) outputs[key] = inputs[key]!;
    for (const key of Object.keys(entry.inputs)) if (!(key in inputs) && !(key in is)) delete outputs[key];
    for (const [key, value] of Object.entries<Value | undefined>(is)) {
      if (same(was[key], value)) continue;
      if (value === undefined) delete outputs[key];
      else outputs[key] = holdsSecret(entry.outputs[key]) ? secret(encode(value)) : encode(value);
    }
    return outputs;
  }

  #of(type: string): { readonly provider: Provider; readonly row: Row } {
    for (const provider of this.providers) {
      const row = provider.pkg.rows.find((one) => one.type === type) ?? provider.pkg.rowOf?.(type);
      if (row === undefined) continue;
      if (!stateOnly.has(provider.pkg.name)) return { provider, row };
      throw new Refused(`${type} lives in the state alone: no console shows it`);
    }
    throw new Refused(`no simulated cloud knows the type ${type}`);
  }

  #moment(entry: Entry, inputs: Props): Moment {
    return {
      type: entry.type,
      urn: entry.urn,
      name: logicalName(entry),
      inputs,
      place: { ...entry.place, config: {} },
      account: this.account,
      random: randomOf(entry.origin, entry.generation, this.account.salt),
      now: instant(this.now()),
    };
  }

  #refuse(doing: string, refusals: readonly Refusal[]): void {
    if (refusals.length === 0) return;
    const lines = refusals.map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`));
    throw new Refused(`${doing}: ${lines.join("; ")}`);
  }
}

/** Stands in place of a stack's name in the URN of what was made by hand. */
export const HAND = "by-hand";

export const logicalName = ({ urn }: Entry): string => urn.split("::").slice(3).join("::");

const told = (entry: Entry): string => `${entry.type} "${entry.id}"`;
