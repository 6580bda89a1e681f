// One history: programs that follow each other, each run under ordeals, the last one also without. What must hold:
// after every run the state file is sound, and nothing exists in the account that the engine doesn't know of; at the end
// the stack is where a run without ordeals brings it, and a further run, a refresh and a destroy find that it is.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Clouds, type Fault, startClouds } from "../../clouds";
import type { Account } from "../../clouds/account";
import type { Selection } from "../api";
import { scripted } from "../testing/script";
import { Life, type ScriptResult, ScriptStack, scriptPassphrase } from "../testing/script-stack";
import { isFree, letGo, missing, normal, orphans } from "./books";
import { cloud, drawn } from "./cloud";
import { faultsIn } from "./integrity";
import { type Program, scriptOf, unprotected } from "./programs";

/** One run and what goes wrong in it. */
export interface Ordeal {
  readonly operation: "up" | "refresh" | "destroy";
  readonly faults: readonly Fault[];
  /** The engine dies in this write of the state, counted from 0. */
  readonly lastWrite?: number;
  /** Ctrl-C at this event, counted from 0. */
  readonly interrupt?: number;
  /** The journal carries the steps, as in a large stack. */
  readonly journal: boolean;
  readonly parallel: number;
  /** What doesn't need what failed goes on. */
  readonly goesOn?: boolean;
  /** What of the stack it is about. */
  readonly about?: Selection;
  /** An up and a destroy refresh the state first. */
  readonly looksFirst?: boolean;
}

export interface History {
  readonly chapters: readonly { readonly program: Program; readonly ordeals: readonly Ordeal[] }[];
  /** A refresh comes before the last run. */
  readonly refresh: boolean;
}

const calm: Ordeal = { operation: "up", faults: [], journal: false, parallel: 4 };
const now = () => new Date("2026-01-01T00:00:00Z");

/** A stack and its account in a folder, and what its programs have let go so far. */
class Subject {
  readonly gone = new Set<string>();
  /** URNs of creations that were told to have failed. */
  readonly lied = new Set<string>();
  /** A deletion was told to have failed: only a refresh shows the engine what is gone. */
  misled = false;
  readonly #stack: ScriptStack;

  constructor(
    readonly folder: string,
    readonly watch: (told: string) => void,
  ) {
    this.#stack = new ScriptStack(join(folder, "state"));
  }

  copy(to: string): Subject {
    cpSync(this.folder, to, { recursive: true });
    const copied = new Subject(to, this.watch);
    for (const one of this.gone) copied.gone.add(one);
    for (const one of this.lied) copied.lied.add(one);
    copied.misled = this.misled;
    return copied;
  }

  /** @param before the program that ran ahead of this one */
  async run(
    program: Program,
    before: Program | undefined,
    ordeal: Ordeal = calm,
  ): Promise<ScriptResult & { readonly normal: unknown }> {
    const life = new Life(ordeal.lastWrite);
    const signal = new AbortController();
    const clouds = await startClouds({
      stage: join(this.folder, "stage"),
      packages: [cloud],
      environment: {},
      now,
      faults: ordeal.faults,
      onCrash: () => life.end(),
    });
    try {
      this.#remember();
      let events = 0;
      const result = await this.#stack.run({
        operation: ordeal.operation,
        program: scripted(scriptOf(program, before)),
        dial: clouds.dial,
        life,
        parallel: ordeal.parallel,
        continueOnError: ordeal.goesOn ?? false,
        ...(ordeal.about ? { selection: ordeal.about } : {}),
        refresh: ordeal.looksFirst ?? false,
        signal: signal.signal,
        onEvent: () => events++ === ordeal.interrupt && signal.abort(),
        ...(ordeal.journal ? { limits: { above: 0, fold: 4_000 } } : {}),
      });
      this.#remember();
      this.watch(
        `${basename(this.folder)} ${ordeal.operation}: ${result.status} ${JSON.stringify(ordeal)}\n` +
          `  ${result.steps.join(", ")}\n${result.errors.map((error) => `  ! ${error}\n`).join("")}`,
      );
      for (const { fault, kind, urn } of clouds.faults().fired) {
        if (fault.when !== "after") continue;
        if (kind === "create" && fault.does === "fail") this.lied.add(urn);
        if (kind === "delete" && (fault.does === "fail" || fault.does === "timeout")) this.misled = true;
      }
      this.#safe(clouds, `${result.status}: ${result.errors.join("\n")}\n${result.steps.join(", ")}`);
      const { crypter } = await scriptPassphrase();
      return { ...result, normal: normal(clouds.account, this.#stack.file(), crypter, drawn) };
    } finally {
      await clouds.stop();
    }
  }

  #remember(): void {
    for (const name of letGo(this.#stack.file())) this.gone.add(name);
  }

  #safe(clouds: Clouds, what: string): void {
    const file = this.#stack.file();
    if (file !== undefined) assert.deepEqual(faultsIn(file), [], `the state file is unsound after ${what}`);
    const lost = this.orphans(clouds.account);
    assert.deepEqual(lost, [], `nobody knows of these after ${what}`);
  }

  orphans(account: Account): string[] {
    return orphans(account, this.#stack.file())
      .filter((entry) => !isFree(entry, this.gone) && !(this.lied.has(entry.urn) && !entry.known))
      .map((entry) => `${entry.urn} ${entry.id}`);
  }

  unprotect(): void {
    this.#stack.unprotect();
  }

  /** Nothing is left but what was let go. */
  async empty(): Promise<void> {
    const clouds = await startClouds({ stage: join(this.folder, "stage"), packages: [cloud], environment: {}, now });
    try {
      const file = this.#stack.file();
      assert.deepEqual(file?.resources ?? [], [], "a destroy leaves resources in the state");
      assert.deepEqual(file?.pending_operations ?? [], [], "a destroy leaves pending operations");
      const left = clouds.account.entries().filter((entry) => !isFree(entry, this.gone));
      assert.deepEqual(
        left.map((entry) => `${entry.urn} ${entry.id}`),
        [],
        "a destroy leaves things in the account",
      );
    } finally {
      await clouds.stop();
    }
  }

  /** What the state has and the account lacks. */
  async hollow(): Promise<string[]> {
    const clouds = await startClouds({ stage: join(this.folder, "stage"), packages: [cloud], environment: {}, now });
    try {
      return missing(clouds.account, this.#stack.file());
    } finally {
      await clouds.stop();
    }
  }
}

const onlySame = ({ changes, errors }: ScriptResult, what: string): void =>
  assert.deepEqual(
    Object.keys(changes).filter((op) => op !== "same"),
    [],
    `${what} changes something: ${JSON.stringify(changes)} ${errors.join("\n")}`,
  );

const wentWell = (result: ScriptResult, what: string): void =>
  assert.equal(result.status, "succeeded", `${what} fails: ${result.errors.join("\n")}\n${result.steps.join(", ")}`);

/**
 * @param watch is told of every run
 * @throws when a promise is broken
 */
export async function trial(history: History, watch: (told: string) => void = () => undefined): Promise<void> {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "trial-"));
  try {
    await tell(history, folder, watch);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tell({ chapters, refresh }: History, folder: string, watch: (told: string) => void): Promise<void> {
  const subject = new Subject(join(folder, "subject"), watch);
  let before: Program | undefined;
  for (const { program, ordeals } of chapters.slice(0, -1)) {
    for (const ordeal of ordeals) await subject.run(program, before, ordeal);
    before = program;
  }
  const { program, ordeals } = chapters.at(-1)!;
  const undisturbed = existsSync(subject.folder)
    ? subject.copy(join(folder, "undisturbed"))
    : new Subject(join(folder, "undisturbed"), watch);
  const expected = await undisturbed.run(program, before);
  const sure = !undisturbed.misled;
  const forbidden = expected.errors.some((error) => /marked for protection|is protected/.test(error));
  if (!forbidden && sure) wentWell(expected, "a run without ordeals");
  for (const ordeal of ordeals) await subject.run(program, before, ordeal);
  if (refresh || subject.misled) await subject.run(program, before, { ...calm, operation: "refresh" });
  if (!forbidden) {
    const found = await subject.run(program, before);
    wentWell(found, "the run after the ordeals");
    // What an ordeal destroyed or replaced, or a refresh found gone, is made from the program alone.
    const afresh = ordeals.some(({ operation, about }) => operation === "destroy" || about?.replaces !== undefined);
    if (!subject.misled && !afresh) assert.deepEqual(found.normal, expected.normal, "the ordeals made a difference");
    onlySame(await subject.run(program, before), "a further up");
    assert.deepEqual(await subject.hollow(), [], "the state has what isn't there");
    const refreshed = await subject.run(program, before, { ...calm, operation: "refresh" });
    wentWell(refreshed, "a refresh");
    onlySame(refreshed, "a refresh");
  }
  const free = unprotected(program);
  subject.unprotect();
  wentWell(await subject.run(free, before), "a run with nothing protected");
  wentWell(await subject.run(free, before, { ...calm, operation: "destroy" }), "a destroy");
  await subject.empty();
}
