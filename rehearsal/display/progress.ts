import { type EngineEvent, isDefaultProvider, parseUrn, shortType } from "./events";
import { looks, shown } from "./marks";
import type { Entry, Report } from "./report";
import { cut, duration, fitType, paint, type Style, squeeze } from "./style";

export interface ProgressOptions {
  readonly stream: { write(text: string): unknown };
  /** A terminal gets one line that is rewritten; anything else gets a line for each finished resource. */
  readonly live: boolean;
  /** No plain lines: only what is under way matters. @default false */
  readonly quiet?: boolean;
  readonly style: Style;
  readonly report: Report;
  /** Resources that will be worked on, if that is known. */
  readonly total?: number;
  /** Virtual second at which a resource is done, if it is known. */
  readonly ends?: (urn: string) => number | undefined;
  /** What to say before the first resource: `reading the program`. */
  readonly opening: string;
}

export interface Progress {
  take(event: EngineEvent): void;
  /** Something else wants to write: the live line is taken away until the next event. */
  clear(): void;
  stop(): void;
}

/** Is it something that a cloud works on? */
export function worked(entry: Entry): boolean {
  const custom = (entry.step.new ?? entry.step.old)?.custom === true;
  return custom && !entry.type.startsWith("pulumi:") && (shown(entry.mark) || entry.mark === "refresh" || entry.drift);
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** Shows what is under way, from the same events as everything else. The report must have taken the event before. */
export function progress(options: ProgressOptions): Progress {
  const { stream, live, style, report, ends } = options;
  const running = new Map<string, Entry>();
  const finished = new Set<string>();
  const started = Date.now();
  let [virtual, frame, drawn] = [0, 0, false];

  const clear = () => {
    if (drawn) stream.write("\r\x1b[2K");
    drawn = false;
  };
  const draw = () => {
    const text = running.size > 0 || finished.size > 0 ? work() : options.opening;
    const clock = `${Math.round((Date.now() - started) / 1000)} s${virtual > 0 ? `, ${duration(virtual)} for real` : ""}`;
    const room = style.columns - clock.length - 6;
    clear();
    stream.write(
      `${paint(style, "cyan", frames[frame++ % frames.length]!)} ${cut(text, room)}  ${paint(style, "dim", clock)}`,
    );
    drawn = true;
  };
  const work = () => {
    if (options.quiet) return `planning: ${finished.size} resources so far`;
    const newest = [...running.values()].pop();
    const of = options.total ? ` of ${Math.max(options.total, finished.size + running.size)}` : "";
    if (!newest) return `${finished.size}${of}`;
    const more = running.size > 1 ? ` (+${running.size - 1})` : "";
    return `${finished.size}${of}  ${looks[newest.mark].doing} ${squeeze(parseUrn(newest.urn).name, 32)}${more}`;
  };
  const timer = live ? setInterval(draw, 100) : undefined;
  timer?.unref();

  return {
    take(event) {
      const begun = event.resourcePreEvent?.metadata.urn;
      const ended = event.resOutputsEvent?.metadata.urn ?? event.resOpFailedEvent?.metadata.urn;
      const urn = begun ?? ended;
      const entry = urn === undefined || isDefaultProvider(urn) ? undefined : report.entries.get(urn);
      // components take no time of their own
      if (!entry || !worked(entry)) return;
      if (begun) {
        running.delete(entry.urn);
        running.set(entry.urn, entry);
        return;
      }
      // a replacement ends several times; `replace` itself is only a note in the middle
      const op = (event.resOutputsEvent ?? event.resOpFailedEvent)!.metadata.op;
      running.delete(entry.urn);
      if (op === "replace") return;
      finished.add(entry.urn);
      virtual = Math.max(virtual, ends?.(entry.urn) ?? 0);
      if (!live && !options.quiet && shown(entry.mark)) stream.write(`${plainLine(entry, op)}\n`);
    },
    clear,
    stop() {
      clearInterval(timer);
      clear();
    },
  };

  function plainLine(entry: Entry, op: string): string {
    const failed = entry.status === "failed";
    const look = looks[op === "delete-replaced" ? "delete" : entry.mark];
    const word = failed ? "failed" : look.done;
    const count = options.total
      ? `${String(finished.size).padStart(String(options.total).length)}/${options.total}  `
      : "";
    const name = parseUrn(entry.urn).name;
    const room = style.columns - 2 - count.length - word.length - 1;
    const label = squeeze(name, Math.max(16, room));
    const type = fitType(shortType(entry.type), room - label.length - 2);
    const kind = type ? `  ${paint(style, "dim", type)}` : "";
    return `  ${count}${paint(style, failed ? "red" : look.color, word)} ${label}${kind}`;
  }
}
