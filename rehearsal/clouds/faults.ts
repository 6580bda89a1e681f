// Faults on demand: a plan, as plain data, of what shall go wrong. The gate (operations.ts) asks it before every operation;
// faults-effect.ts does what it says.

export const faultOperations = ["check", "diff", "create", "update", "delete", "read", "invoke", "any"] as const;
export const faultEffects = ["fail", "throttle", "timeout", "partial", "crash", "disconnect"] as const;

/** What an engine asks a provider for; a preview's creates and updates aren't among them. */
export type FaultOperation = (typeof faultOperations)[number];

/**
 * - `fail`: the provider's error. Nothing was done (`before`), or it was and the answer says otherwise (`after`).
 * - `throttle`: the cloud says "slow down" `times` times. Providers try again by themselves, so the operation takes longer
 *   and succeeds; past its provider's budget of tries it fails with the cloud's message.
 * - `timeout`: the operation fails when its custom timeout, or the usual one, is over. `before`: there is nothing. `after`:
 *   there is, and the provider hands over what it knows of it, as in `partial`.
 * - `partial`: it was done but didn't start up: `ErrorResourceInitFailed` with id and properties. `create`, `update`, `read`.
 * - `crash`: the engine dies, before it was asked for or after it was done.
 * - `disconnect`: the connection breaks in this call (UNAVAILABLE), before the cloud was asked or before the answer was told.
 */
export type FaultEffect = (typeof faultEffects)[number];

export interface Fault {
  readonly operation: FaultOperation;
  /** Glob over the whole URN (`*`: any text, `?`: one character). @default every resource */
  readonly urn?: string;
  /** Glob over the type (`aws:rds/*`). With `urn`: both must hold. @default every type */
  readonly type?: string;
  /** In regard to the act. @default "before"; always "after" for `partial` */
  readonly when?: "before" | "after";
  readonly does: FaultEffect;
  /** So many operations that match go well first. @default 0 */
  readonly skip?: number;
  /** How often it strikes; for `throttle` how many calls, and each new try is a call. `Infinity` for always. @default 1 */
  readonly times?: number;
  /** What is told in place of the cloud's own words. */
  readonly message?: string;
}

/** What a fault is matched with. */
export interface Struck {
  readonly kind: Exclude<FaultOperation, "any">;
  readonly type: string;
  readonly urn: string;
}

/** A fault that struck. */
export interface Fired extends Struck {
  readonly fault: Fault;
  /** Calls that it took: more than one when the provider tried again. */
  readonly calls: number;
  /** The operation succeeded all the same. */
  readonly survived: boolean;
}

/** What is wrong with a fault, in one sentence; undefined when it can happen. */
export function mistakeIn(fault: Fault): string | undefined {
  const { operation, does, when, times = 1, skip = 0 } = fault;
  if (!faultOperations.includes(operation))
    return `operation "${operation}" is not one of ${faultOperations.join(", ")}`;
  if (!faultEffects.includes(does)) return `effect "${does}" is not one of ${faultEffects.join(", ")}`;
  if (when !== undefined && when !== "before" && when !== "after")
    return `"${String(when)}" is neither before nor after`;
  if (does === "partial" && !["create", "update", "read", "any"].includes(operation))
    return `a ${operation} can't be partial; create, update and read can`;
  if (does === "partial" && when === "before") return "what is partial was begun: leave `before` out";
  if (does === "throttle" && when === "after") return "a call is throttled before it does anything: leave `after` out";
  if (does === "timeout" && ["check", "diff", "invoke"].includes(operation))
    return `a ${operation} has no timeout; create, update, delete and read have`;
  if (!(times === Infinity || (Number.isInteger(times) && times >= 1)))
    return `${times} times is not a number from 1 up`;
  if (!(Number.isInteger(skip) && skip >= 0)) return `skip ${skip} is not a number from 0 up`;
  return undefined;
}

/** A plan under way: counts what has struck. */
export class Faults {
  readonly #plan: readonly {
    readonly fault: Fault;
    readonly matches: (at: Struck) => boolean;
    passed: number;
    left: number;
  }[];
  readonly #fired: Fired[] = [];

  /** @throws when a fault can't happen */
  constructor(plan: readonly Fault[]) {
    for (const fault of plan) {
      const mistake = mistakeIn(fault);
      if (mistake !== undefined) throw new Error(`the fault ${JSON.stringify(fault)}: ${mistake}`);
    }
    this.#plan = plan.map((fault) => ({ fault, matches: matcher(fault), passed: 0, left: fault.times ?? 1 }));
  }

  /** The first fault of the plan that this meets; `calls` at the most are taken from what it has left. */
  strike(
    at: Struck,
    calls: (fault: Fault) => number = () => 1,
  ): { readonly fault: Fault; readonly calls: number } | undefined {
    for (const one of this.#plan) {
      if (one.left <= 0 || !one.matches(at)) continue;
      if (one.passed < (one.fault.skip ?? 0)) {
        one.passed++;
        continue;
      }
      const taken = Math.min(one.left, calls(one.fault));
      one.left -= taken;
      return { fault: one.fault, calls: taken };
    }
    return undefined;
  }

  record(fired: Fired): void {
    this.#fired.push(fired);
  }

  /** What struck so far, in the order of ending. */
  get fired(): readonly Fired[] {
    return this.#fired;
  }

  /** Faults of the plan that never struck: a misspelt name shows here. */
  get idle(): readonly Fault[] {
    return this.#plan.filter(({ fault, left }) => left === (fault.times ?? 1)).map(({ fault }) => fault);
  }
}

function matcher({ operation, urn, type, does }: Fault): (at: Struck) => boolean {
  const [urns, types] = [urn, type].map((pattern) => (pattern === undefined ? undefined : glob(pattern)));
  const kinds = operation === "any" ? possible[does] : [operation];
  return (at) => kinds.includes(at.kind) && (urns?.test(at.urn) ?? true) && (types?.test(at.type) ?? true);
}

const everything = ["check", "diff", "create", "update", "delete", "read", "invoke"];
/** What `any` means: a timeout or a partial act needs an act. */
const possible: Readonly<Record<FaultEffect, readonly string[]>> = {
  fail: everything,
  throttle: ["create", "update", "delete", "read", "invoke"],
  timeout: ["create", "update", "delete", "read"],
  partial: ["create", "update", "read"],
  crash: everything,
  disconnect: everything,
};

/** `*` stands for any text, `?` for one character; nothing else is special. */
export const glob = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", "[^]*")
      .replaceAll("?", "[^]")}$`,
  );
