// Appends to a file, many at once. From time to time the whole is written anew beside it and swapped in, so that a start
// never reads much more than there is.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/** Records between two full writings, at the least. */
const LEAST = 2000;

interface Whole<State> {
  /** The last record that the state already holds. */
  readonly sequence: number;
  readonly state: State;
}

export interface Journal<Entry> {
  append(entry: Entry): void;
  /**
   * Gives all that was appended to the operating system: a process that is killed then has lost none of it. The disk is
   * waited for only where the whole is written: a state file that knows of a resource isn't waited for either.
   */
  write(): void;
  /** Writes the whole at once. */
  compact(): void;
  close(): void;
}

/** What is on the disk: the last whole state and what was appended since, in order. */
export function load<State, Entry>(
  whole: string,
  tail: string,
): { state: State | undefined; entries: Entry[]; last: number } {
  const kept = existsSync(whole) ? (JSON.parse(readFileSync(whole, "utf8")) as Whole<State>) : undefined;
  const from = kept?.sequence ?? 0;
  const text = existsSync(tail) ? readFileSync(tail) : Buffer.alloc(0);
  // A kill in the middle of a write leaves a last line without its end: nobody was told of it, so it goes.
  const end = text.lastIndexOf("\n") + 1;
  if (end < text.length) truncateSync(tail, end);
  let last = from;
  const entries: Entry[] = [];
  for (const [index, line] of text.subarray(0, end).toString("utf8").split("\n").entries()) {
    if (line === "") continue;
    const [sequence, entry] = parse(line, `${tail}:${index + 1}`) as [number, Entry];
    if (sequence <= from) continue;
    if (sequence !== last + 1)
      throw new Error(`${tail}:${index + 1}: record ${sequence} follows ${last}: the stage is damaged`);
    last = sequence;
    entries.push(entry);
  }
  return { state: kept?.state, entries, last };
}

function parse(line: string, at: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(
      `${at} is not a record of this account: the stage is damaged; delete it to start with an empty one`,
    );
  }
}

/** `state` is asked for when it is time to write the whole; `size` tells how big that is. */
export function journal<State, Entry>(
  whole: string,
  tail: string,
  last: number,
  state: () => State,
  size: () => number,
): Journal<Entry> {
  let sequence = last;
  let waiting = "";
  let since = 0;
  let file: number | undefined;

  const compact = (): void => {
    writeWhole(whole, { sequence, state: state() });
    // Everything in the file and still waiting is in the whole: its sequence number says so.
    if (existsSync(tail)) truncateSync(tail, 0);
    waiting = "";
    since = 0;
  };
  const write = (): void => {
    if (waiting === "") return;
    file ??= openSync(tail, "a", 0o600);
    writeFileSync(file, waiting);
    waiting = "";
    if (since > Math.max(LEAST, 2 * size())) compact();
  };
  return {
    append(entry) {
      waiting += `${JSON.stringify([++sequence, entry])}\n`;
      since++;
    },
    write,
    compact,
    close() {
      compact();
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function writeWhole(path: string, content: unknown): void {
  const next = `${path}.next`;
  const file = openSync(next, "w", 0o600);
  try {
    writeFileSync(file, JSON.stringify(content));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
  // Windows has no way, and no need, to flush a folder.
  if (process.platform === "win32") return;
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
