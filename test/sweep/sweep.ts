// A shipped stack in which every step goes wrong once. One run after the other goes on from what the one before left, so
// that a stack of n resources takes some n runs and not n times n steps; after each the state file must be sound and the
// account hold nothing that nobody knows of, at the end all must be as after a run in which nothing went wrong.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Fault, startClouds } from "../../rehearsal/clouds";
import { isFree, letGo, missing, normal, orphans } from "../../rehearsal/engine/property/books";
import { faultsIn } from "../../rehearsal/engine/property/integrity";
import { Life, type ScriptResult, ScriptStack, scriptPassphrase } from "../../rehearsal/engine/testing/script-stack";
import { root } from "../stack-file";
import { now, type Recording } from "./record";
import { replaying } from "./replay";

/** What goes wrong at each step in turn; `skip` lets the step through that the run before was stopped at. */
export const ordeals = {
  "killed before and after each": [
    { does: "crash", when: "before", skip: 1 },
    { does: "crash", when: "after", skip: 0 },
  ],
  "refused at each": [{ does: "fail", when: "before", skip: 1 }],
  "cut off before and after each": [
    { does: "disconnect", when: "before", skip: 1 },
    { does: "disconnect", when: "after", skip: 0 },
  ],
  "started up badly at each": [{ does: "partial", skip: 0 }],
} as const satisfies Record<string, readonly Omit<Fault, "operation">[]>;

export type Ordeal = keyof typeof ordeals;

/** A stack in a folder of its own. */
class Place {
  readonly folder: string;
  readonly #stack: ScriptStack;
  readonly #gone = new Set<string>();
  runs = 0;

  constructor(
    readonly recording: Recording,
    from?: Place,
  ) {
    this.folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "sweep-"));
    if (from) cpSync(from.folder, this.folder, { recursive: true });
    else {
      mkdirSync(join(this.folder, "stage"));
      // The same salt: what the clouds draw is what they drew when it was recorded.
      const empty = { salt: recording.account, next: 1, entries: [], generations: {}, intents: [] };
      writeFileSync(join(this.folder, "stage", "account.json"), JSON.stringify({ sequence: 0, state: empty }));
    }
    this.#stack = new ScriptStack(join(this.folder, "state"), { project: "trifold", stack: recording.stack }, root);
  }

  async run(operation: "up" | "refresh" | "destroy", faults: readonly Fault[], parallel: number) {
    const life = new Life();
    const clouds = await startClouds({
      stage: join(this.folder, "stage"),
      environment: {},
      now,
      faults,
      onCrash: () => life.end(),
    });
    this.runs++;
    try {
      for (const name of letGo(this.#stack.file())) this.#gone.add(name);
      const program = replaying(this.recording);
      const result = await this.#stack.run({ operation, program, dial: clouds.dial, life, parallel });
      const file = this.#stack.file();
      for (const name of letGo(file)) this.#gone.add(name);
      const what = `${operation} ${this.runs}: ${result.status}\n${result.errors.join("\n")}`;
      assert.deepEqual(file === undefined ? [] : faultsIn(file), [], `the state file is unsound after ${what}`);
      const lost = orphans(clouds.account, file).filter((entry) => !isFree(entry, this.#gone));
      assert.deepEqual(
        lost.map(({ urn, id }) => `${urn} ${id}`),
        [],
        `nobody knows of these after ${what}`,
      );
      const { crypter } = await scriptPassphrase();
      return {
        ...result,
        struck: clouds.faults().fired.length > 0,
        normal: () => normal(clouds.account, file, crypter, []),
        hollow: missing(clouds.account, file),
        left: { state: file?.resources ?? [], account: clouds.account.entries() },
      };
    } finally {
      await clouds.stop();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * What no destroy takes away: a locked log bucket keeps its entries until their time is over, and plans of Defender are the
 * subscription's, which Azure has no deletion for.
 */
const outlives = ({ type, urn }: { readonly type: string; readonly urn: string }): boolean =>
  type === "azure-native:security:Pricing" ||
  (type === "gcp:logging/projectBucketConfig:ProjectBucketConfig" && /::(standby-)?audit-trail$/.test(urn));

const inputsOnly = (whole: unknown): unknown =>
  JSON.parse(JSON.stringify(whole, (key, value: unknown) => (key === "outputs" ? undefined : value)));

const wentWell = (result: ScriptResult, what: string) =>
  assert.equal(result.status, "succeeded", `${what}: ${result.errors.join("\n")}`);

/** Runs until nothing goes wrong any more. @returns how often something did */
async function through(
  place: Place,
  operation: "up" | "destroy",
  ordeal: Ordeal,
  { stride = 1, parallel = 1, tell = () => undefined }: Manner,
) {
  const turns: readonly Omit<Fault, "operation">[] = ordeals[ordeal];
  for (let turn = 0; ; turn++) {
    const { skip = 0, ...fault } = turns[turn % turns.length]!;
    const struckAt = operation === "up" ? "create" : "delete";
    // A creation that was stopped is asked for again, and so is a deletion that was refused; what is gone isn't deleted again.
    const again = operation === "up" || fault.does === "fail" ? 1 : 0;
    const first = turn === 0 || skip === 0 ? 0 : stride - 1 + again;
    const result = await place.run(operation, [{ ...fault, operation: struckAt, skip: first }], parallel);
    tell(turn);
    if (!result.struck) {
      wentWell(result, `${operation} after ${turn} ordeals`);
      return { ordeals: turn, result };
    }
    assert.notEqual(result.status, "succeeded", `${operation} ${turn} was struck and says nothing of it`);
    assert.ok(turn < 5_000, `${operation} doesn't come to its end`);
  }
}

export interface Manner {
  /** Every so manyth step goes wrong. @default 1: every single one */
  readonly stride?: number;
  /** Steps at once. @default 1 */
  readonly parallel?: number;
  /** Told after every run, of how many there were. */
  readonly tell?: (runs: number) => void;
}

export interface Swept {
  readonly resources: number;
  /** Runs in which something went wrong, on the way up and down. */
  readonly up: number;
  readonly down: number;
  readonly seconds: number;
}

/** @throws when a promise is broken */
export async function sweep(recording: Recording, ordeal: Ordeal, manner: Manner = {}): Promise<Swept> {
  const started = Date.now();
  const calm = new Place(recording);
  const place = new Place(recording);
  try {
    const expected = await calm.run("up", [], 16);
    wentWell(expected, "a run in which nothing goes wrong");
    const up = await through(place, "up", ordeal, manner);
    // What started up badly is updated once more, and its outputs say so: versions, revisions, times.
    const same = ordeal === "started up badly at each" ? inputsOnly : <T>(whole: T): T => whole;
    assert.deepEqual(same(up.result.normal()), same(expected.normal()), "what went wrong made a difference");
    for (const operation of ["up", "refresh"] as const) {
      const again = await place.run(operation, [], 16);
      wentWell(again, `a further ${operation}`);
      const changes = Object.keys(again.changes).filter((op) => op !== "same");
      assert.deepEqual(changes, [], `a further ${operation} changes something: ${JSON.stringify(again.changes)}`);
      assert.deepEqual(again.hollow, [], "the state has what isn't there");
    }
    const downwards = ordeal === "started up badly at each" ? "refused at each" : ordeal;
    const down = await through(place, "destroy", downwards, manner);
    const { state, account } = down.result.left;
    assert.deepEqual(state, [], "a destroy leaves resources in the state");
    const left = account.filter((entry) => !outlives(entry));
    assert.deepEqual(
      left.map(({ urn, id }) => `${urn} ${id}`),
      [],
      "a destroy leaves things in the account",
    );
    const resources = expected.left.state.length;
    return { resources, up: up.ordeals, down: down.ordeals, seconds: (Date.now() - started) / 1000 };
  } finally {
    calm.remove();
    place.remove();
  }
}
