// Data sources of a package: what an invoke is answered with.
import type { Account } from "./account";
import { randomOf } from "./names";
import type { Gate } from "./operations";
import { markSecrets } from "./outputs";
import type { CloudFunction, Package, Place, Props, Refusal } from "./row";
import { conform } from "./schema/conform";
import { Refused } from "./subject";
import { instant } from "./values";
import { decodeProps, type RawProps } from "./wire";

export interface Answer {
  readonly result?: RawProps;
  readonly failures: readonly Refusal[];
}

export class Functions {
  readonly #functions: ReadonlyMap<string, CloudFunction>;

  constructor(
    readonly pkg: Package,
    readonly account: Account,
    readonly gate: Gate,
    readonly now: () => Date,
  ) {
    this.#functions = new Map(pkg.functions.map((fn) => [fn.token, fn]));
  }

  invoke(token: string, place: Place, args: RawProps): Promise<Answer> {
    const fn = this.#functions.get(token);
    if (fn === undefined)
      throw new Refused(
        `the simulated ${this.pkg.name} does not know the function ${token}; a CloudFunction in rehearsal/clouds teaches it`,
      );
    const { inputs, failures } = conform(token, args);
    if (failures.length > 0) return Promise.resolve({ failures });
    return this.gate.perform({ kind: "invoke", cloud: place.cloud, type: token, urn: "" }, (): Answer => {
      const told = fn.call(decodeProps(inputs), {
        place,
        account: this.account,
        random: randomOf(`${token}(${JSON.stringify(args)})`, 0, this.account.salt),
        now: instant(this.now()),
      });
      if (isRefusals(told)) return { failures: told };
      return { result: markSecrets(told, fn.secrets), failures: [] };
    });
  }
}

const isRefusals = (told: Props | readonly Refusal[]): told is readonly Refusal[] => Array.isArray(told);
