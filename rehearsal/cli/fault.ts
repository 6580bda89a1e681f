import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Fault, faultEffects, faultOperations, mistakeIn } from "../clouds/faults";
import { suggest } from "./nearest";
import { Misspelling, Mistake } from "./usage";

const example = "--fault 'create aws:rds:Instance after timeout'";

/**
 * `<operation> [what] [before|after] <effect> [xN|always] [skip N] [: message]`; what: a type, a URN, a logical name, with
 * `*` for any text. @throws Misspelling with the word that isn't understood
 */
export function readFault(spec: string): Fault {
  const wrong = (reason: string): never => {
    throw new Misspelling(`The fault "${spec}": ${reason}\nA right one: ${example}`);
  };
  const [, head = "", message] = /^(.*?)(?::\s+(.*))?$/s.exec(spec.trim()) ?? [];
  const [operation = "", ...words] = head.split(/\s+/);
  if (!member(faultOperations, operation))
    return wrong(`"${operation}" is no operation. ${suggest(operation, faultOperations)}`);
  const what = words[0] !== undefined && !keyword(words[0]) ? words.shift() : undefined;
  let fault: Partial<Fault> = {};
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const times = /^x(\d+)$/.exec(word)?.[1];
    if (word === "before" || word === "after") fault = { ...fault, when: word };
    else if (member(faultEffects, word)) fault = { ...fault, does: word };
    else if (times !== undefined) fault = { ...fault, times: Number(times) };
    else if (word === "always") fault = { ...fault, times: Infinity };
    else if (word === "skip" && /^\d+$/.test(words[0] ?? "")) fault = { ...fault, skip: Number(words.shift()) };
    else return wrong(`"${word}" is not understood. ${suggest(word, [...faultEffects, ...others])}`);
  }
  const { does } = fault;
  if (does === undefined) return wrong(`it doesn't say what goes wrong: ${faultEffects.join(", ")}.`);
  const whole: Fault = { ...fault, operation, does, ...target(what), ...(message && { message }) };
  const mistake = mistakeIn(whole);
  return mistake === undefined ? whole : wrong(`${mistake}.`);
}

const others = ["before", "after", "always", "skip", "x2"];
const keyword = (word: string): boolean =>
  member(faultEffects, word) || others.slice(0, 4).includes(word) || /^x\d+$/.test(word);
const member = <T extends string>(all: readonly T[], word: string): word is T => all.includes(word as T);

/** A URN or the end of one, a type in full or as it is displayed, or a logical name. */
function target(what: string | undefined): Pick<Fault, "urn" | "type"> {
  if (what === undefined || what === "*") return {};
  if (what.startsWith("urn:")) return { urn: what };
  if (what.includes("::")) return { urn: `*${what}` };
  if (!what.includes(":")) return { urn: `*::${what}` };
  // the display leaves out what stands between module and class: aws:rds/instance:Instance
  return { type: /^[^:]+:[^:/*]+:[^:]+$/.test(what) ? what.replace(/^([^:]+:[^:]+):/, "$1*:") : what };
}

/** Faults of the command line, and of a file: a YAML or JSON list of such texts or of objects with a fault's fields. */
export function readFaults(specs: readonly string[] = [], file?: string): readonly Fault[] {
  return [...(file === undefined ? [] : fromFile(file)), ...specs.map(readFault)];
}

function fromFile(file: string): readonly Fault[] {
  if (!existsSync(file)) throw new Mistake(`--faults ${file}: there is no such file.`);
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Mistake(`--faults ${file} is not valid YAML: ${(error as Error).message.trim()}`);
  }
  if (!Array.isArray(content))
    throw new Mistake(`--faults ${file}: a list of faults is expected, each as after --fault.`);
  return content.map((one: unknown, index) => {
    if (typeof one === "string") return readFault(one);
    const at = `--faults ${file}: item ${index + 1}`;
    if (typeof one !== "object" || one === null) throw new Mistake(`${at} is neither a text nor an object.`);
    const { times, ...rest } = one as Record<string, unknown>;
    const strange = Object.keys(rest).find((key) => !fields.includes(key));
    if (strange !== undefined) throw new Mistake(`${at}: "${strange}" is no field. ${suggest(strange, fields)}`);
    const fault = { ...rest, ...(times !== undefined && { times: times === "always" ? Infinity : times }) } as Fault;
    const mistake = mistakeIn(fault);
    if (mistake !== undefined) throw new Mistake(`${at}: ${mistake}.`);
    return fault;
  });
}

const fields = ["operation", "urn", "type", "when", "does", "skip", "message", "times"];

/** A fault in the words of the command line. */
export function faultText({ operation, urn, type, when, does, times, skip, message }: Fault): string {
  return [
    operation,
    urn?.replace(/^\*::/, "") ?? type,
    does === "partial" || does === "throttle" ? undefined : when,
    does,
    times === undefined || times === 1 ? undefined : times === Infinity ? "always" : `x${times}`,
    skip ? `skip ${skip}` : undefined,
    message === undefined ? undefined : `: ${message}`,
  ]
    .filter((word) => word !== undefined)
    .join(" ")
    .replace(" : ", ": ");
}
