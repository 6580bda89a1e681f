// How long the real thing would take: the steps of a run, laid out in virtual time.

export type Act = "create" | "update" | "delete" | "read";

/** One call to a cloud. */
export interface TimedStep {
  readonly urn: string;
  readonly act: Act;
  /** Seconds that the real thing takes. */
  readonly seconds: number;
  /** Goes before everything else of its URN (delete-before-replace), not after all. Only for deletes. */
  readonly first?: boolean;
}

export interface Timing {
  /** With as many steps at once as the graph allows. */
  readonly seconds: number;
  /** With at most `parallel` steps at once. */
  readonly bounded: number;
  /** One step after the other. */
  readonly sequential: number;
  /** Most steps at once with no limit. */
  readonly widest: number;
  /** Most steps at once with at most `parallel`. */
  readonly peak: number;
  /** Steps at once on average, with at most `parallel`; 0 where nothing takes time. */
  readonly average: number;
  /** The chain that nothing can make shorter but its own steps. */
  readonly criticalPath: readonly TimedStep[];
  /** Virtual second at which a step ends, by position in the steps, with no limit. */
  readonly ends: readonly number[];
}

/** Everything that an URN waits for: dependencies, parent, provider. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * Lays the steps out: creates and updates wait for those of what they depend on, deletes wait for the deletes of what
 * depends on them, and - as in Pulumi - begin once all creates and updates are done, unless a replacement needs its
 * name back first.
 */
export function timing(steps: readonly TimedStep[], graph: Graph, parallel = Infinity): Timing {
  const after = waits(steps, graph);
  const free = layOut(steps, after, Infinity);
  const held = parallel === Infinity ? free : layOut(steps, after, parallel);
  const sequential = steps.reduce((sum, step) => sum + step.seconds, 0);
  return {
    seconds: free.total,
    bounded: held.total,
    sequential,
    widest: widest(steps, free.ends),
    peak: widest(steps, held.ends),
    average: held.total === 0 ? 0 : sequential / held.total,
    criticalPath: chain(steps, after, free.ends),
    ends: free.ends,
  };
}

/** Positions of the steps that each step waits for; -1 stands for "all creates and updates". */
function waits(steps: readonly TimedStep[], graph: Graph): number[][] {
  const forward = new Map<string, number>();
  const removal = new Map<string, number>();
  steps.forEach((step, i) => {
    (step.act === "delete" ? removal : forward).set(step.urn, i);
  });
  const after: number[][] = steps.map(() => []);
  steps.forEach((step, i) => {
    if (step.act === "delete") {
      if (!step.first && forward.size > 0) after[i]!.push(-1);
      // what this depends on can only go when this is gone
      for (const target of nearest(step.urn, graph, removal))
        if (!steps[target]!.first || step.first) after[target]!.push(i);
      const remade = forward.get(step.urn);
      if (step.first && remade !== undefined) after[remade]!.push(i);
    } else after[i]!.push(...nearest(step.urn, graph, forward));
  });
  return after;
}

/** The closest steps behind a URN: resources without a step of their own are looked through. */
function nearest(urn: string, graph: Graph, steps: ReadonlyMap<string, number>): number[] {
  const found = new Set<number>();
  const seen = new Set([urn]);
  const queue = [...(graph.get(urn) ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const step = steps.get(next);
    if (step === undefined) queue.push(...(graph.get(next) ?? []));
    else found.add(step);
  }
  return [...found];
}

interface Layout {
  readonly total: number;
  readonly ends: number[];
}

/** List scheduling: a step starts when what it waits for is done and one of `parallel` places is free. */
function layOut(steps: readonly TimedStep[], after: readonly number[][], parallel: number): Layout {
  const ends = new Array<number>(steps.length).fill(0);
  const waiting = after.map((list) => list.length);
  const followers: number[][] = steps.map(() => []);
  const barred: number[] = [];
  after.forEach((list, i) => {
    for (const other of list) (other === -1 ? barred : followers[other]!).push(i);
  });
  let open = steps.filter((step) => step.act !== "delete").length;
  const ready = steps.map((_, i) => i).filter((i) => waiting[i] === 0);
  const running = new Heap(ends);
  let now = 0;
  let at = 0;
  const release = (i: number) => {
    waiting[i]!--;
    if (waiting[i] === 0) ready.push(i);
  };
  while (at < ready.length || running.size > 0) {
    while (at < ready.length && running.size < parallel) {
      const i = ready[at++]!;
      ends[i] = now + steps[i]!.seconds;
      running.push(i);
    }
    const done = running.pop();
    now = ends[done]!;
    followers[done]!.forEach(release);
    if (steps[done]!.act !== "delete" && --open === 0) barred.forEach(release);
  }
  return { total: now, ends };
}

/** Positions by the time at which they end. */
class Heap {
  private readonly items: number[] = [];
  constructor(private readonly keys: readonly number[]) {}

  get size(): number {
    return this.items.length;
  }

  push(item: number): void {
    let i = this.items.push(item) - 1;
    for (let up = (i - 1) >> 1; i > 0 && this.less(i, up); up = (i - 1) >> 1) i = this.swap(i, up);
  }

  pop(): number {
    const top = this.items[0]!;
    const last = this.items.pop()!;
    if (this.items.length > 0) this.items[0] = last;
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const child = right < this.items.length && this.less(right, left) ? right : left;
      if (child >= this.items.length || !this.less(child, i)) return top;
      i = this.swap(i, child);
    }
  }

  private less(a: number, b: number): boolean {
    return this.keys[this.items[a]!]! < this.keys[this.items[b]!]!;
  }

  private swap(a: number, b: number): number {
    [this.items[a], this.items[b]] = [this.items[b]!, this.items[a]!];
    return b;
  }
}

/** Back from the last step to end, each time to what it waited for longest. */
function chain(steps: readonly TimedStep[], after: readonly number[][], ends: readonly number[]): TimedStep[] {
  const latest = (positions: readonly number[]) =>
    positions.reduce<number | undefined>(
      (best, i) => (best === undefined || ends[i]! > ends[best]! ? i : best),
      undefined,
    );
  const creates = latest(steps.map((_, i) => i).filter((i) => steps[i]!.act !== "delete"));
  const path: TimedStep[] = [];
  for (let at = latest(steps.map((_, i) => i)); at !== undefined; ) {
    path.unshift(steps[at]!);
    at = latest(after[at]!.map((i) => (i === -1 ? creates! : i)));
  }
  return path.filter((step) => step.seconds > 0);
}

/** The most steps that run at one moment. */
function widest(steps: readonly TimedStep[], ends: readonly number[]): number {
  const edges = steps.flatMap((step, i) =>
    step.seconds > 0
      ? [
          [ends[i]! - step.seconds, 1],
          [ends[i]!, -1],
        ]
      : [],
  ) as [number, number][];
  edges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let [now, most] = [0, 0];
  for (const [, edge] of edges) {
    now += edge;
    most = Math.max(most, now);
  }
  return most;
}
