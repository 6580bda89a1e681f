import { visible } from "../components/mistake";
import type { Problem } from "./problem";

// 80 columns, less what Pulumi puts before each line of a message.
const width = 76;

/** All mistakes of a stack as one text for a terminal: setting and value, what is wrong, what to do. */
export function report(stack: string, namespace: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "one mistake" : `${problems.length} mistakes`;
  const entries = problems.map((problem, index) => entry(index + 1, namespace, problem));
  return [`The settings of stack "${stack}" have ${count}. Nothing was registered.`, ...entries].join("\n\n");
}

function entry(number: number, namespace: string, { setting, value, wrong, remedy }: Problem): string {
  const shown = visible(setting);
  const name = shown.length > 60 ? `${shown.slice(0, 56)} ...` : shown;
  const full = `${number}. ${namespace}:${name}${value === undefined ? "" : ` = ${shortened(value)}`}`;
  const title = full.length > width - 2 ? `${full.slice(0, width - 6)} ...` : full;
  const body = [...wrap(capital(visible(wrong.endsWith("?") ? wrong : `${wrong}.`))), ...command(visible(remedy))];
  return [title, ...body.map((line) => `   ${line}`)].map((line) => `  ${line}`).join("\n");
}

/** A command stays on one line, so that it can be copied. */
const command = (remedy: string) => (remedy.startsWith("pulumi ") ? [remedy] : wrap(remedy));

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

function shortened(value: unknown): string {
  const text = visible(JSON.stringify(value));
  return text.length > 40 ? `${text.slice(0, 36)} ...` : text;
}

function wrap(text: string): string[] {
  const room = width - 6;
  return text.split(/\s+/).reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
    return lines;
  }, []);
}
