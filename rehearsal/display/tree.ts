import { changesOf } from "./changes";
import { parseUrn, shortType } from "./events";
import { looks, shown } from "./marks";
import type { Entry } from "./report";
import { type Color, cut, duration, fitType, paint, type Style, squeeze } from "./style";
import { inline } from "./value";

export interface TreeOptions {
  readonly style: Style;
  /** Seconds that the real thing takes; from a minute on they are shown. */
  readonly seconds?: (entry: Entry) => number;
}

const byName = new Intl.Collator("en", { numeric: true });

/** The tree by component: what changes, and the components that hold it. What stays the same is left out. */
export function tree(entries: Iterable<Entry>, options: TreeOptions): string[] {
  const all = new Map([...entries].map((entry) => [entry.urn, entry]));
  const children = new Map<string, Entry[]>();
  const visible = new Set<string>();
  for (const entry of all.values()) {
    const parent = all.has(entry.parent) ? entry.parent : "";
    if (!children.has(parent)) children.set(parent, []);
    children.get(parent)!.push(entry);
    if (!shown(entry.mark) && entry.status !== "failed") continue;
    for (let at: Entry | undefined = entry; at && !visible.has(at.urn); at = all.get(at.parent)) visible.add(at.urn);
  }
  const lines: string[] = [];
  const walk = (parent: string, rails: string): void => {
    // by name: events come in the order in which parallel work happened to end
    const here = (children.get(parent) ?? [])
      .filter((entry) => visible.has(entry.urn))
      .sort((a, b) => byName.compare(parseUrn(a.urn).name, parseUrn(b.urn).name) || (a.urn < b.urn ? -1 : 1));
    here.forEach((entry, i) => {
      const last = i === here.length - 1;
      const root = parent === "";
      lines.push(line(entry, root ? "" : `${rails}${last ? "└─ " : "├─ "}`, options));
      const below = root ? "" : `${rails}${last ? "   " : "│  "}`;
      const more = (children.get(entry.urn) ?? []).some((child) => visible.has(child.urn));
      lines.push(...properties(entry, `${below}${more ? "│ " : "  "}`, options.style));
      walk(entry.urn, below);
    });
  };
  walk("", "");
  return lines;
}

function line(entry: Entry, rails: string, { style, seconds }: TreeOptions): string {
  const look = looks[entry.mark];
  const failed = entry.status === "failed";
  const color: Color = failed ? "red" : look.color;
  const name = parseUrn(entry.urn).name;
  const type = shortType(entry.type);
  const time = seconds && shown(entry.mark) ? seconds(entry) : 0;
  const note = failed ? "failed" : time >= 60 ? duration(time) : "";
  // mark, tree, name, type, and the note at the right margin; the type gives way first, then the name
  const room = style.columns - 3 - rails.length - (note ? note.length + 2 : 0);
  const label = squeeze(name, Math.max(16, room));
  const kind = fitType(type, room - label.length - 2);
  const text = `${label}${kind ? `  ${kind}` : ""}`;
  const gap = note ? " ".repeat(Math.max(2, room + 2 - text.length)) : "";
  return [
    paint(style, color, (failed ? "x" : look.sign).padEnd(3)),
    paint(style, "dim", rails),
    shown(entry.mark) || failed ? paint(style, color, label) : label,
    kind ? `  ${paint(style, "dim", kind)}` : "",
    note ? gap + paint(style, failed ? "red" : "dim", note) : "",
  ]
    .join("")
    .trimEnd();
}

const signs = { add: ["+", "green"], delete: ["-", "red"], update: ["~", "yellow"] } as const;

/** Changed properties with before and after, on one line if it fits, else the two below each other. */
function properties(entry: Entry, rails: string, style: Style): string[] {
  if (entry.mark !== "update" && entry.mark !== "replace") return [];
  return changesOf(entry.step, entry.drift).flatMap((change) => {
    const [sign, color] = signs[change.kind];
    const note = change.replaces ? "  (replaces)" : "";
    const lead = `   ${rails}  `;
    const start = paint(style, "dim", lead) + paint(style, color, `${sign} ${change.path}`);
    const [before, after] = [inline(change.before), inline(change.after)];
    const values = change.kind === "add" ? after : change.kind === "delete" ? before : `${before} -> ${after}`;
    const room = style.columns - lead.length - change.path.length - 4 - note.length;
    const mark = paint(style, "magenta", note);
    if (values.length <= room) return [`${start}: ${values}${mark}`];
    const deep = `${lead}    `;
    const width = style.columns - deep.length - 3;
    const rows = change.kind === "add" ? [after] : change.kind === "delete" ? [before] : [before, `-> ${after}`];
    return [`${start}:${mark}`, ...rows.map((row) => paint(style, "dim", deep) + cut(row, width))];
  });
}
