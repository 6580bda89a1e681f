import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Measured {
  /** Wall clock. */
  readonly seconds: number;
  /** Highest sum of resident memory over the process and all below it, seen every few milliseconds. */
  readonly megabytes: number;
}

/** Runs a command to its end; one that fails is no measurement. */
export async function measure(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Measured> {
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let peak = 0;
  const sample = () => {
    peak = Math.max(peak, treeMemory(child.pid!));
  };
  const timer = setInterval(sample, process.platform === "linux" ? 20 : 250);
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      tail.push(text);
      if (tail.length > 50) tail.shift();
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exit) => {
      clearInterval(timer);
      resolve(exit);
    });
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${tail.join("").slice(-4000)}`);
  return { seconds, megabytes: peak / 1024 };
}

/** Kilobytes of a process and all below it. */
function treeMemory(root: number): number {
  const all = process.platform === "linux" ? linux() : posix();
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of all) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const queue = [root];
  let sum = 0;
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    sum += all.get(pid)?.kilobytes ?? 0;
    queue.push(...(children.get(pid) ?? []));
  }
  return sum;
}

type Processes = Map<number, { readonly parent: number; readonly kilobytes: number }>;

function linux(): Processes {
  const all: Processes = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // the name in brackets may hold spaces; what follows it doesn't. Field 4 is the parent, 24 resident pages.
      const fields = readFileSync(`/proc/${name}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      all.set(Number(name), { parent: Number(fields[1]), kilobytes: Number(fields[21]) * 4 });
    } catch {
      // it has ended meanwhile
    }
  }
  return all;
}

function posix(): Processes {
  const { stdout } = spawnSync("ps", ["-axo", "pid=,ppid=,rss="], { encoding: "utf8" });
  return new Map(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid, parent, kilobytes]) => [pid!, { parent: parent!, kilobytes: kilobytes! }]),
  );
}

/** The middle one: a run that the machine disturbed doesn't count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Takes turns, so that a slow spell of the machine meets every side; the first round only warms caches. */
export async function interleaved<K extends string>(
  sides: { readonly [side in K]: () => Promise<Measured> },
  runs: number,
): Promise<{ readonly [side in K]: Measured }> {
  const names = Object.keys(sides) as K[];
  const all = new Map<K, Measured[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= runs; round++)
    for (const name of names) {
      const found = await sides[name]();
      if (round > 0) all.get(name)!.push(found);
    }
  const middle = (name: K): Measured => ({
    seconds: median(all.get(name)!.map((one) => one.seconds)),
    megabytes: median(all.get(name)!.map((one) => one.megabytes)),
  });
  return Object.fromEntries(names.map((name) => [name, middle(name)])) as { [side in K]: Measured };
}
