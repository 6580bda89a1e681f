// One package's provider: Pulumi's protocol in plain values. What the engine asks, what the row says, what the account holds.
import type { Account } from "./account";
import { type Checked, check } from "./check";
import { judge, type Verdict } from "./diff";
import type { Entry } from "./entry";
import type { Told } from "./faults-effect";
import { type Answer, Functions } from "./functions";
import { type Autonaming, randomOf } from "./names";
import type { Gate } from "./operations";
import { ANOTHER_TIME, attempt, outputsOf, previewCreate, previewUpdate } from "./outputs";
import type { Quotas } from "./quota";
import { adopted, imported, opened, ripened } from "./reading";
import { bury, heldBy, nameTaken, resolve, uniqueKey } from "./references";
import type { Item, Moment, Package, Place, Props, Refusal, Row } from "./row";
import {
  type Existing,
  type Found,
  gone,
  located,
  type Made,
  Refused,
  refuseAll,
  type Subject,
  subjectOf,
  within,
} from "./subject";
import { waitFor } from "./unready";
import { instant } from "./values";
import { decoded, decodeProps, type RawProps } from "./wire";
import { without } from "./without";

export class Provider {
  readonly #rows: ReadonlyMap<string, Row>;
  readonly #functions: Functions;

  constructor(
    readonly pkg: Package,
    readonly account: Account,
    readonly gate: Gate,
    readonly now: () => Date,
    readonly quotas: Quotas,
  ) {
    this.#rows = new Map(pkg.rows.map((row) => [row.type, row]));
    this.#functions = new Functions(pkg, account, gate, now);
  }

  #row(type: string): Row {
    const row = this.#rows.get(type) ?? this.pkg.rowOf?.(type);
    if (row === undefined)
      throw new Refused(
        `the simulated ${this.pkg.name} does not know ${type}; a row in rehearsal/clouds teaches it (${this.pkg.rows.length} types have one)`,
      );
    return row;
  }

  #moment(subject: Subject, place: Place, inputs: Props, generation: number, old?: Item, origin = subject.urn): Moment {
    return {
      type: subject.type,
      urn: subject.urn,
      name: subject.name,
      inputs,
      place,
      account: this.account,
      random: randomOf(origin, generation, this.account.salt),
      now: instant(this.now()),
      ...(old === undefined ? {} : { old }),
    };
  }

  check(subject: Subject, place: Place, news: RawProps, olds: RawProps, asked?: Autonaming): Promise<Checked> {
    const row = this.#row(subject.type);
    return this.gate.perform({ kind: "check", cloud: place.cloud, ...subject }, () => {
      if (Object.keys(olds).length > 0) this.account.know(this.account.withInputs(subject.urn, olds));
      const { generation } = this.account.nextOf(subject.urn);
      const random = randomOf(subject.urn, generation, this.account.salt);
      return check(row, news, olds, random, asked, (inputs) => this.#moment(subject, place, inputs, generation));
    });
  }

  diff(existing: Existing, place: Place, oldInputs: RawProps, olds: RawProps, news: RawProps): Promise<Verdict> {
    return this.gate.perform({ kind: "diff", cloud: place.cloud, ...subjectOf(existing) }, () =>
      this.#judged(existing, place, oldInputs, olds, news),
    );
  }

  #judged(existing: Existing, place: Place, oldInputs: RawProps, olds: RawProps, news: RawProps): Verdict {
    const row = this.#row(existing.type);
    const entry = this.#known(existing);
    const [before, after] = [decodeProps(oldInputs), decodeProps(news)];
    if (row.replaces === undefined) return judge(row, before, after);
    const old: Item = {
      type: existing.type,
      id: existing.id,
      inputs: before,
      outputs: decodeProps(olds),
      place: { ...place, config: {} },
    };
    const moment = this.#moment(existing, place, after, entry?.generation ?? 0, old, entry?.origin);
    return judge(row, before, after, row.replaces({ ...moment, old }));
  }

  create(subject: Subject, place: Place, inputs: RawProps, preview: boolean): Promise<Made> {
    const row = this.#row(subject.type);
    const { generation, adopt } = this.account.nextOf(subject.urn);
    const moment = {
      ...this.#moment(subject, place, decodeProps(inputs), generation),
      ...(adopt && { account: without(this.account, adopt) }),
    };
    if (preview) {
      const computed = attempt(() => row.outputs({ ...moment, preview: true, id: "preview" }));
      return Promise.resolve({ id: "", outputs: previewCreate(row, inputs, computed) });
    }
    const act = async (): Promise<Made> => {
      const { links, refusals } = resolve(row, moment, this.account);
      refuseAll(subject, "create", refusals.length > 0 ? refusals : this.#admit(row, moment), inputs);
      const id = row.id(moment);
      const computed = row.outputs({ ...moment, id });
      const unique = this.#unique(row, subject, place, inputs, computed, adopt);
      const outputs = outputsOf(row, inputs, computed);
      this.account.intend(subject.urn, subject.type, generation);
      this.account.put({
        key: adopt?.key ?? this.account.newKey(),
        type: subject.type,
        id,
        urn: subject.urn,
        origin: subject.urn,
        generation,
        inputs: this.account.seal.closeProps(inputs),
        outputs: this.account.seal.closeProps(outputs),
        place: located(place),
        links,
        ...unique,
        known: false,
      });
      this.account.durable();
      waitFor(row, { ...moment, id }, { id, outputs }, inputs);
      return { id, outputs };
    };
    return this.gate.perform({ kind: "create", cloud: place.cloud, ...subject }, act, (made) => made);
  }

  update(
    existing: Existing,
    place: Place,
    was: { readonly inputs: RawProps; readonly outputs: RawProps },
    inputs: RawProps,
    preview: boolean,
  ): Promise<RawProps> {
    const row = this.#row(existing.type);
    const entry = this.#known(existing);
    if (entry === undefined && !preview) throw new Refused(gone(existing, place, "update"));
    const old: Item =
      entry === undefined
        ? { type: existing.type, id: existing.id, ...decoded(was.inputs, was.outputs), place: { ...place, config: {} } }
        : { ...this.account.item(entry), ...decoded(...opened(this.account, entry, was.inputs, was.outputs)) };
    const moment = this.#moment(existing, place, decodeProps(inputs), entry?.generation ?? 0, old, entry?.origin);
    if (preview || entry === undefined) {
      const at = (now: string) => attempt(() => row.outputs({ ...moment, preview: true, id: existing.id, now }));
      return Promise.resolve(previewUpdate(row, inputs, was.outputs, at(moment.now), at(ANOTHER_TIME)));
    }
    const act = async (): Promise<RawProps> => {
      const { links, refusals } = resolve(row, moment, this.account);
      refuseAll(existing, "update", refusals.length > 0 ? refusals : this.#admit(row, moment), inputs);
      const computed = row.outputs({ ...moment, id: existing.id });
      const unique = this.#unique(row, existing, place, inputs, computed, entry);
      const outputs = outputsOf(row, inputs, computed, was.outputs);
      const { unique: _, ...rest } = entry;
      this.account.put({
        ...rest,
        urn: existing.urn,
        inputs: this.account.seal.closeProps(inputs),
        outputs: this.account.seal.closeProps(outputs),
        links,
        ...unique,
        known: true,
      });
      this.account.durable();
      waitFor(row, { ...moment, id: existing.id }, { id: existing.id, outputs }, inputs);
      return outputs;
    };
    const tell = (outputs: RawProps): Told => ({ id: existing.id, outputs });
    return this.gate.perform({ kind: "update", cloud: place.cloud, ...subjectOf(existing) }, act, tell);
  }

  delete(existing: Existing, place: Place): Promise<void> {
    const row = this.#row(existing.type);
    return this.gate.perform({ kind: "delete", cloud: place.cloud, ...subjectOf(existing) }, async () => {
      const entry = this.#known(existing);
      // Already gone is what was asked for, as the real providers take a 404.
      if (entry === undefined) return;
      const old = this.account.item(entry);
      const moment = this.#moment(existing, place, old.inputs, entry.generation, old, entry.origin);
      const reason = row.release?.(moment) ?? heldBy(this.account, entry);
      if (reason !== undefined) throw new Refused(`deleting ${existing.type} "${existing.id}": ${reason}`);
      bury(this.account, entry, moment, (type) => this.#rows.get(type) ?? this.pkg.rowOf?.(type));
      this.account.durable();
    });
  }

  /** Undefined: there is no such thing (any more). */
  read(
    existing: Existing,
    place: Place,
    was: { readonly inputs: RawProps | undefined; readonly outputs: RawProps },
  ): Promise<Found | undefined> {
    const row = this.#row(existing.type);
    const act = (): Found | undefined => {
      const entry = this.#known(existing);
      if (entry === undefined || !within(entry.place, place)) {
        // What a stack already has is gone if the account lacks it; only an import may make something of an id.
        const made = Object.keys(was.outputs).length > 0 ? undefined : row.fromId?.(existing.id, place);
        return made === undefined ? undefined : imported(row, made);
      }
      const [inputs, outputs] = opened(this.account, entry, was.inputs ?? {}, was.outputs);
      const old = this.account.item(entry);
      const moment = this.#moment(existing, place, old.inputs, entry.generation, old, entry.origin);
      const now = ripened(row, { ...moment, old }, outputs);
      return { inputs: adopted(row, inputs, was, now), outputs: now };
    };
    const tell = (found: Found | undefined): Told | undefined => found && { id: existing.id, ...found };
    return this.gate.perform({ kind: "read", cloud: place.cloud, ...subjectOf(existing) }, act, tell);
  }

  invoke(token: string, place: Place, args: RawProps): Promise<Answer> {
    return this.#functions.invoke(token, place, args);
  }

  /** What the neighbours and the account's quota say. */
  #admit(row: Row, moment: Moment): readonly Refusal[] {
    return [...(row.admit?.(moment) ?? []), ...this.quotas.refusals(moment)];
  }

  #known(existing: Existing): Entry | undefined {
    const entry = this.account.held(existing.type, existing.id, existing.urn);
    this.account.know(entry);
    return entry;
  }

  #unique(row: Row, subject: Subject, place: Place, inputs: RawProps, computed: Props, own: Entry | undefined) {
    const unique = uniqueKey(row, decodeProps(inputs), computed, place, this.pkg.caseless ?? false);
    if (unique === undefined) return {};
    refuseAll(subject, "create", nameTaken(row, unique, this.account, own, instant(this.now())), inputs);
    return { unique };
  }
}
