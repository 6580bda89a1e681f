// Appends between full writes of a large state file, so that a step costs its own size and not the stack's.
// A journal belongs to one state file (its manifest's time); after any other write of that file it says nothing.

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Deployment, JsonObject } from "./checkpoint";

/** State ids are the order in which a run came to know states. */
export type Entry =
  | readonly ["pending", number, string, JsonObject]
  | readonly ["complete", number]
  | readonly ["add", number, JsonObject]
  | readonly ["change", number, JsonObject]
  | readonly ["done", number];

interface Header {
  readonly base: string;
  /** Ids of the file's resources and of its pending operations, in order. */
  readonly resources: readonly number[];
  readonly operations: readonly number[];
  /** So many of the resources are the run's own; what it adds later comes after these, and before the rest. */
  readonly own: number;
}

export interface JournalLimits {
  /** Up to this many resources the whole file is written around every step; above, a journal carries the steps. */
  readonly above: number;
  /** A journal is folded into the file when it outgrows it, so that all writes together stay linear; not below these bytes. */
  readonly fold: number;
}

export const usual: JournalLimits = { above: 500, fold: 4_000_000 };

export class Journal {
  #bytes = 0;
  /** Also of an earlier run, until it is removed. */
  #there: boolean;

  constructor(readonly path: string) {
    this.#there = existsSync(path);
  }

  get bytes(): number {
    return this.#bytes;
  }

  start(header: Header): void {
    mkdirSync(dirname(this.path), { recursive: true });
    const text = `${JSON.stringify(header)}\n`;
    writeFileSync(this.path, text);
    this.#there = true;
    this.#bytes = 0;
  }

  append(entries: readonly Entry[]): void {
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    appendFileSync(this.path, text);
    this.#bytes += text.length;
  }

  remove(): void {
    if (!this.#there) return;
    rmSync(this.path, { force: true });
    this.#there = false;
    this.#bytes = 0;
  }
}

/** The deployment with a journal's entries applied, if the journal is this deployment's. */
export function replay(path: string, deployment: Deployment | undefined): Deployment | undefined {
  if (deployment === undefined || !existsSync(path)) return deployment;
  const [first = "", ...lines] = readFileSync(path, "utf8").split("\n");
  const header = parse<Header>(first);
  if (header === undefined || header.base !== deployment.manifest.time) return deployment;
  const base = (deployment.resources ?? []).map((json, i) => ({ id: header.resources[i] ?? -1, json }));
  let operations = (deployment.pending_operations ?? []).map((op, i) => ({ id: header.operations[i] ?? -1, op }));
  const known = new Map(base.map(({ id, json }) => [id, json]));
  const added: number[] = [];
  const done = new Set<number>();
  for (const line of lines) {
    const entry = parse<Entry>(line);
    if (entry === undefined) break; // the line that the kill cut short
    const [what, id] = entry;
    if (what === "pending") operations.push({ id, op: { resource: entry[3], type: entry[2] } });
    else if (what === "complete") operations = operations.filter((o) => o.id !== id);
    else if (what === "done") done.add(id);
    else {
      known.set(id, entry[2]);
      if (what === "add") added.push(id);
    }
  }
  const [own, rest] = [header.resources.slice(0, header.own), header.resources.slice(header.own)];
  const order = [...own, ...added, ...rest].filter((id) => !done.has(id));
  return {
    ...deployment,
    resources: order.map((id) => known.get(id)).filter((json) => json !== undefined),
    pending_operations: operations.map(({ op }) => op),
  };
}

function parse<T>(line: string): T | undefined {
  if (line === "") return undefined;
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
