// A stack in a folder laid out as Pulumi's own `file://` backend lays it out, with its lock, history and backups.

import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, userInfo } from "node:os";
import { dirname, join } from "node:path";
import type { Deployment, Json, JsonObject } from "./checkpoint";
import { Journal, replay } from "./journal";
import { neededByFile, requireKnown, versionOf } from "./statefeatures";
import { dropTorn, findStateFile, readStateFile } from "./statefile";
import type { Home } from "./urn";

interface Lock {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
}

export class StackStore {
  readonly #root: string;
  readonly file: string;
  readonly journal: string;
  readonly #locks: string;
  readonly home: Home;
  #writes = 0;

  constructor(backend: string, home: Home) {
    this.home = home;
    this.#root = join(backend, ".pulumi");
    this.file = join(this.#root, "stacks", home.project, `${home.stack}.json`);
    this.journal = join(this.#root, "journals", home.project, `${home.stack}.jsonl`);
    this.#locks = join(this.#root, "locks", "organization", home.project, home.stack);
  }

  /** As Pulumi names a stack of a file backend. */
  get fullName(): string {
    return `organization/${this.home.project}/${this.home.stack}`;
  }

  openJournal(): Journal {
    return new Journal(this.journal);
  }

  exists(): boolean {
    return findStateFile(this.file) !== undefined;
  }

  /** The deployment in the state file, with the journal that a killed run left; undefined for a stack never deployed. */
  read(): Deployment | undefined {
    const file = readStateFile(this.file);
    if (file !== undefined) requireKnown(this.file, file.version, file.features);
    return replay(this.journal, file?.checkpoint?.latest);
  }

  /** Replaces the state file in one step; the one that this store found first stays beside it as .bak. */
  write(content: string | Buffer): void {
    const found = this.#backUp();
    fill(this.#next, content);
    // The file before gives its blocks to the next: to free them would take a disk longer than all else in here.
    const spare = this.#writes++ > 0 ? `${this.file}.${process.pid}.old` : undefined;
    if (spare !== undefined) linkSync(this.file, spare);
    renameSync(this.#next, this.file);
    if (spare !== undefined) renameSync(spare, this.#next);
    if (found !== undefined && found !== this.file) rmSync(found);
  }

  /** Nothing more will be written. */
  close(): void {
    rmSync(this.#next, { force: true });
  }

  get #next(): string {
    return `${this.file}.${process.pid}.tmp`;
  }

  /** @returns the file that the first write finds */
  #backUp(): string | undefined {
    if (this.#writes > 0) return undefined;
    mkdirSync(dirname(this.file), { recursive: true });
    const meta = join(this.#root, "meta.yaml");
    if (!existsSync(meta)) writeFileSync(meta, "version: 1\n");
    const found = findStateFile(this.file);
    if (found === undefined) return undefined;
    rmSync(`${found}.bak`, { force: true });
    linkSync(found, `${found}.bak`);
    return found;
  }

  /**
   * Puts away what a killed run left: this engine's journal goes into the state file, its lock is removed, and so is what
   * a CLI left cut short, so that any CLI can go on from there.
   * @throws when another process has the stack
   */
  settle(): void {
    if (!existsSync(this.#locks) && !existsSync(this.journal)) return;
    const unlock = this.lock();
    try {
      if (!existsSync(this.journal)) return;
      const whole = this.read();
      // The time makes it another file than the journal's, should this be killed before the journal is gone.
      const manifest = whole && { ...whole.manifest, time: new Date().toISOString() };
      if (whole) this.write(this.envelope(neededByFile(whole)).join(JSON.stringify({ ...whole, manifest })));
      rmSync(this.journal, { force: true });
    } finally {
      unlock();
    }
  }

  /** What stands before and after a deployment in the file, which needs its reader to know these features. */
  envelope(features: readonly string[]): readonly [string, string] {
    const needed = features.length > 0 ? `"features":${JSON.stringify(features)},` : "";
    const head = `{"version":${versionOf(features)},${needed}`;
    return [`${head}"checkpoint":{"stack":${JSON.stringify(this.fullName)},"latest":`, "}}"];
  }

  /**
   * Takes the stack for this process. A lock whose process is gone from this machine (it was killed) is removed.
   * @returns a function that gives it back
   * @throws when another process holds it: who, where and since when
   */
  lock(): () => void {
    mkdirSync(this.#locks, { recursive: true });
    const mine = join(this.#locks, `${randomUUID()}.json`);
    this.#refuseOthers(mine);
    const lock: Lock = {
      pid: process.pid,
      username: userInfo().username,
      hostname: hostname(),
      timestamp: new Date().toISOString(),
    };
    // In one step: a lock cut short by a kill would say nothing of whom to wait for.
    writeFileSync(`${mine}.tmp`, JSON.stringify(lock));
    renameSync(`${mine}.tmp`, mine);
    try {
      this.#refuseOthers(mine);
    } catch (error) {
      rmSync(mine, { force: true });
      throw error;
    }
    dropTorn(this.file);
    return () => rmSync(mine, { force: true });
  }

  #refuseOthers(mine: string): void {
    const holders: string[] = [];
    for (const name of readdirSync(this.#locks)) {
      const path = join(this.#locks, name);
      if (path === mine || !name.endsWith(".json")) continue;
      const lock = readLock(path);
      if (lock === undefined) continue;
      if (lock.hostname === hostname() && !alive(lock.pid)) {
        rmSync(path, { force: true });
        rmSync(`${path}.attrs`, { force: true });
      } else
        holders.push(`  ${path}: created by ${lock.username}@${lock.hostname} (pid ${lock.pid}) at ${lock.timestamp}`);
    }
    if (holders.length > 0) {
      throw new Error(
        `the stack is currently locked by ${holders.length} lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.\n${holders.join("\n")}`,
      );
    }
  }

  /** What `pulumi stack history` reads, and the backup that a run leaves. */
  remember(update: JsonObject): void {
    if (!this.exists()) return;
    const nanos = `${BigInt(Date.now()) * 1_000_000n}`;
    const { project, stack } = this.home;
    const history = join(this.#root, "history", project, stack);
    const backups = join(this.#root, "backups", project, stack);
    mkdirSync(history, { recursive: true });
    mkdirSync(backups, { recursive: true });
    writeFileSync(join(history, `${stack}-${nanos}.history.json`), JSON.stringify(update));
    // Writes replace the state file and never change it in place, so a link is a copy.
    linkSync(this.file, join(history, `${stack}-${nanos}.checkpoint.json`));
    linkSync(this.file, join(backups, `${stack}.${nanos}.json`));
  }
}

/** Writes over a file that nothing else links to, or a new one. */
function fill(path: string, content: string | Buffer): void {
  if ((statSync(path, { throwIfNoEntry: false })?.nlink ?? 1) > 1) rmSync(path);
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o666);
  try {
    writeFileSync(file, content);
    ftruncateSync(file, Buffer.byteLength(content));
  } finally {
    closeSync(file);
  }
}

function readLock(path: string): Lock | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Lock;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined; // given back in this moment
    throw error;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What `pulumi stack export` prints: secrets stay encrypted. */
export function exportDeployment(deployment: Deployment | undefined): { version: 3 | 4; deployment: Json } {
  const features = neededByFile(deployment);
  return {
    version: versionOf(features),
    ...(features.length > 0 ? { features } : {}),
    deployment: (deployment ?? {
      manifest: { time: "0001-01-01T00:00:00Z", magic: "", version: "" },
      metadata: {},
    }) as unknown as Json,
  };
}

/** Settles every stack of a backend, for a CLI that will work on it by itself. */
export function settleStacks(backend: string): void {
  const stacks = join(backend, ".pulumi", "stacks");
  if (!existsSync(stacks)) return;
  for (const entry of readdirSync(stacks, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const names = readdirSync(join(stacks, entry.name)).flatMap(
      (file) => /^(.+)\.json(?:\.gz|\.zst)?$/.exec(file)?.[1] ?? [],
    );
    for (const stack of new Set(names)) new StackStore(backend, { project: entry.name, stack }).settle();
  }
}
