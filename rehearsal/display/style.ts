import { plain } from "./events";

/** Where text goes: what it can show and how wide it is. */
export interface Style {
  readonly color: boolean;
  /** Width in characters. */
  readonly columns: number;
}

export type Color = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "dim" | "bold";
const codes: Record<Color, readonly [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

/** Colour on a terminal only, never with NO_COLOR (https://no-color.org), always with FORCE_COLOR. */
export function styleOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  const color = !env["NO_COLOR"] && (forced || (stream.isTTY === true && env["TERM"] !== "dumb"));
  // wider than 120 a line is hard to follow; narrower than 40 nothing fits
  return { color, columns: Math.min(120, Math.max(40, stream.columns || 80)) };
}

export function paint(style: Style, color: Color, text: string): string {
  const [on, off] = codes[color];
  return style.color && text !== "" ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}

/** Cut to a width, with an ellipsis at the end. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** Cut in the middle: the ends of names and URNs tell them apart. */
export function squeeze(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.floor((width - 1) / 3);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

/** A type in a given room: whole, else its class alone, else cut; nothing where that says nothing. */
export function fitType(type: string, width: number): string {
  const bare = type.split(":").pop()!;
  if (type.length <= width) return type;
  if (bare.length <= width) return bare;
  return width >= 8 ? cut(bare, width) : "";
}

/** Lines no wider than the style's columns, each behind an indent; words that are longer are broken. */
export function wrap(text: string, columns: number, indent = "", hanging = indent): string[] {
  const lines: string[] = [];
  for (const paragraph of plain(text).replace(/\t/g, "  ").split("\n")) {
    // what is indented (code, a list under its heading) stays so
    const own = /^ */.exec(paragraph)![0].slice(0, 8);
    let line = (lines.length === 0 ? indent : hanging) + own;
    let empty = true;
    for (let word of paragraph.trim().split(/ +/)) {
      if (!empty && line.length + 1 + word.length > columns) {
        lines.push(line);
        line = hanging + own;
        empty = true;
      }
      while (empty && line.length + word.length > columns && columns - line.length > 8) {
        const room = columns - line.length;
        lines.push(line + word.slice(0, room));
        word = word.slice(room);
        line = hanging + own;
      }
      line += (empty ? "" : " ") + word;
      empty = false;
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** `4 s`, `12 min 30 s`, `1 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
