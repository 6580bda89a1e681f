// One server a stage: two would each write an account that the other doesn't see.
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

/** Milliseconds. */
const PATIENCE = 500;
const STEP = 20;

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's ticks: a process id alone may have been given to another one since. */
  readonly began: string;
  readonly since: string;
}

/** Takes the lock or says who has it. The returned function lets it go. */
export function lock(path: string, what: string): () => void {
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    began: began(process.pid) ?? "",
    since: new Date().toISOString(),
  };
  const text = JSON.stringify(mine);
  const own = `${path}.${process.pid}`;
  writeFileSync(own, text, { mode: 0o600 });
  try {
    while (!linked(own, path)) clear(path, what);
  } finally {
    rmSync(own, { force: true });
  }
  let held = true;
  return () => {
    if (held && read(path) === text) rmSync(path, { force: true });
    held = false;
  };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a lock whose holder is gone; throws when it is alive. */
function clear(path: string, what: string): void {
  const text = read(path);
  if (text === undefined) return;
  const holder = parse(text);
  if (holder !== undefined && (holder.host !== hostname() || stays(holder)))
    throw new Error(
      `${what} is in use by process ${holder.pid} on ${holder.host} since ${holder.since}: ` +
        `wait for it, stop it, or take another --stage (if no such process exists, delete ${path})`,
    );
  if (read(path) === text) rmSync(path, { force: true });
}

/** A killed process needs a moment to be gone; whoever starts the next one at once shouldn't have to wait for it. */
function stays(holder: Holder): boolean {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < PATIENCE; waited += STEP) {
    if (!alive(holder)) return false;
    Atomics.wait(clock, 0, 0, STEP);
  }
  return alive(holder);
}

function alive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const now = began(holder.pid);
  if (now === "dead") return false;
  return now === undefined || holder.began === "" || now === holder.began;
}

/** Field 22 of /proc/<pid>/stat, "dead" for one that nobody has reaped yet; undefined where there is no such file (macOS, Windows). */
function began(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields?.[0] === "Z" || fields?.[0] === "X" ? "dead" : fields?.[19];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}
