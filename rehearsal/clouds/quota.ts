// How much of something an account may have: the clouds' own limits, counted on what exists.
import { quotas as aws } from "./quota-aws";
import { quotas as azure } from "./quota-azure";
import { quotas as gcp } from "./quota-gcp";
import type { AccountView, Item, Moment, Refusal } from "./row";

/** What one thing takes of a quota. */
export interface Use {
  readonly amount: number;
  /** What the limit holds for: a region, a zone, `eastus standardDSv5Family`; empty for the whole account. */
  readonly where: string;
}

/** What a refusal is made of. */
export interface Excess {
  readonly limit: number;
  /** In use already. */
  readonly used: number;
  /** Asked for on top. */
  readonly wanted: number;
  readonly where: string;
  readonly account: string;
}

export type Thing = Pick<Item, "type" | "inputs" | "place">;

export interface Quota {
  readonly cloud: "aws" | "azure" | "gcp";
  /** As on the command line: `elastic-ips`. */
  readonly id: string;
  /** For people: `Elastic IP addresses a region`. */
  readonly name: string;
  /** What the cloud calls it, where one asks for more: a quota code, a metric. */
  readonly known: string;
  /** What a fresh account has. */
  readonly fresh: number;
  /** What the rehearsal's account was granted, where the shipped stacks need more than a fresh one has. @default fresh */
  readonly granted?: number;
  /** What a fresh account holds by itself, such as its default network. @default 0 */
  readonly standing?: number;
  readonly source: string;
  readonly types: readonly string[];
  /** Undefined: it takes none. */
  readonly use: (thing: Thing, account: AccountView) => Use | undefined;
  /** Property that the cloud's refusal is about. */
  readonly property: string;
  /** In the cloud's own words. */
  readonly refusal: (excess: Excess) => string;
}

/** A limit other than the usual one. */
export interface Allowance {
  readonly cloud: Quota["cloud"];
  readonly id: string;
  /** Region; undefined: everywhere. */
  readonly region?: string;
  /** `Infinity` for none; "fresh": what a fresh account has. */
  readonly limit: number | "fresh";
}

export const quotas: readonly Quota[] = [...aws, ...azure, ...gcp];

/** How much of a quota is in use at one place. */
export interface Usage {
  readonly quota: Quota;
  readonly where: string;
  readonly used: number;
  readonly limit: number;
}

export class Quotas {
  readonly #byType = new Map<string, Quota[]>();
  readonly #allowances: readonly Allowance[];

  constructor(allowances: readonly Allowance[]) {
    this.#allowances = allowances;
    for (const quota of quotas)
      for (const type of quota.types) this.#byType.set(type, [...(this.#byType.get(type) ?? []), quota]);
  }

  /** The last that was said of it counts, what names the region before what doesn't. */
  #limit(quota: Quota, where: string): number {
    const said = this.#allowances.filter(({ cloud, id }) => cloud === quota.cloud && id === quota.id);
    const here = said.filter(({ region }) => region !== undefined && where.startsWith(region));
    const limit = (here.at(-1) ?? said.filter(({ region }) => region === undefined).at(-1))?.limit;
    return limit === "fresh" ? quota.fresh : (limit ?? quota.granted ?? quota.fresh);
  }

  #used(quota: Quota, where: string, account: AccountView, at: string, but?: string): number {
    let used = quota.standing ?? 0;
    for (const type of quota.types)
      for (const item of account.all(type)) {
        if (item.place.account !== at || (but !== undefined && item.id === but)) continue;
        const use = quota.use(item, account);
        if (use?.where === where) used += use.amount;
      }
    return used;
  }

  /** What the cloud would refuse: a create that doesn't fit, an update that takes more than is left. */
  refusals(moment: Moment): readonly Refusal[] {
    return (this.#byType.get(moment.type) ?? []).flatMap((quota) => {
      const use = quota.use(moment, moment.account);
      if (use === undefined || use.amount === 0) return [];
      const before = moment.old === undefined ? undefined : quota.use(moment.old, moment.account);
      if (before?.where === use.where && before.amount >= use.amount) return [];
      const limit = this.#limit(quota, use.where);
      const used = this.#used(quota, use.where, moment.account, moment.place.account, moment.old?.id);
      if (used + use.amount <= limit) return [];
      const excess = { limit, used, wanted: use.amount, where: use.where, account: moment.place.account };
      return [{ property: quota.property, reason: quota.refusal(excess) }];
    });
  }

  /** Every quota that something in the account takes of. */
  usage(account: AccountView): readonly Usage[] {
    return quotas.flatMap((quota) => {
      const places = new Map<string, { readonly at: string; readonly where: string }>();
      for (const type of quota.types)
        for (const item of account.all(type)) {
          const use = quota.use(item, account);
          const { account: at } = item.place;
          if (use !== undefined) places.set(`${at} ${use.where}`, { at, where: use.where });
        }
      return [...places.values()].map(({ at, where }) => ({
        quota,
        where,
        used: this.#used(quota, where, account, at),
        limit: this.#limit(quota, where),
      }));
    });
  }
}
