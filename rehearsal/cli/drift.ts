// `drift`: what somebody does at a cloud's console, behind the stack's back.
import type { Clouds } from "../clouds";
import { type Deed, HAND, logicalName } from "../clouds/console";
import { driftBySeed } from "../clouds/drift";
import type { Entry } from "../clouds/entry";
import type { Props, Value } from "../clouds/row";
import { Refused } from "../clouds/subject";
import { shortType } from "../display/events";
import { type PropertyPath, parsePath } from "../engine/paths";
import type { Arguments } from "./arguments";
import { exitCodes, Misspelling } from "./usage";

export interface Edit {
  readonly path: PropertyPath;
  readonly value: Value;
  /** As written. */
  readonly text: string;
}

const changeExample = "--change 'logs tags.owner=someone versioning.enabled=false'";
const makeExample = "--make 'aws:ec2/vpc:Vpc shared cidrBlock=10.64.0.0/16'";

/** `name path=value ...`: values as JSON where they are, else as text; nothing takes the property away. */
export function readChange(text: string): { readonly name: string; readonly edits: readonly Edit[] } {
  const [name = "", ...settings] = words(text);
  if (name === "" || name.includes("=") || settings.length === 0)
    throw new Misspelling(`The change "${text}": a name and what to set are expected.\nA right one: ${changeExample}`);
  return { name, edits: settings.map((setting) => readEdit(setting, text, changeExample)) };
}

/** `type name [path=value ...]`; `@other` stands for the id of something that exists. */
export function readMake(text: string): {
  readonly type: string;
  readonly name: string;
  readonly edits: readonly Edit[];
} {
  const [type = "", name = "", ...settings] = words(text);
  if (!type.includes(":") || name === "" || name.includes("="))
    throw new Misspelling(`The making "${text}": a type and a name are expected.\nA right one: ${makeExample}`);
  return { type, name, edits: settings.map((setting) => readEdit(setting, text, makeExample)) };
}

/** Spaces belong to a value unless a path and "=" follow. */
function words(text: string): readonly string[] {
  const [head = "", ...settings] = text.trim().split(/\s+(?=[^\s=]+=)/);
  return [...head.split(/\s+/), ...settings];
}

function readEdit(setting: string, text: string, example: string): Edit {
  const at = setting.indexOf("=");
  const wrong = () => new Misspelling(`"${setting}" in "${text}" is no path=value.\nA right one: ${example}`);
  if (at < 1) throw wrong();
  try {
    const path = parsePath(setting.slice(0, at));
    if (path.includes("*")) throw wrong();
    const written = setting.slice(at + 1);
    return { path, value: readValue(written), text: written };
  } catch {
    throw wrong();
  }
}

function readValue(text: string): Value {
  if (text === "") return null;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

/** Sets a value in plain inputs; lists grow by one at the end. */
function put(props: Props, [step, ...rest]: PropertyPath, value: Value): Props {
  if (step === undefined) return props;
  const below = props[String(step)];
  if (rest.length === 0) return { ...props, [step]: value };
  if (typeof rest[0] !== "number") return { ...props, [step]: put(object(below), rest, value) };
  const list = Array.isArray(below) ? [...(below as Value[])] : [];
  const [index, ...deeper] = rest;
  list[index] = deeper.length === 0 ? value : put(object(list[index]), deeper, value);
  return { ...props, [step]: list };
}

const object = (value: Value | undefined): Props =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Props) : {};

/** Where the deeds happen. */
export interface Scene {
  readonly console: Clouds["console"];
  readonly project: string;
  readonly stack: string;
  readonly region?: string;
  /** Told of each deed as it is done. */
  readonly tell: (deed: Deed) => void;
  readonly say: (text: string) => void;
}

/** Does what the command line asks for, else one thing by chance. @throws Refused in the cloud's words */
export async function act(args: Arguments, scene: Scene): Promise<void> {
  const { console } = scene;
  const changes = (args.changes ?? []).map(readChange);
  const makes = (args.makes ?? []).map(readMake);
  for (const { type, name, edits } of makes) {
    const inputs = edits.reduce<Props>((props, { path, value }) => put(props, path, named(scene, value)), {});
    scene.tell(await console.make(type, name, inputs, scene.region));
  }
  for (const { name, edits } of changes) {
    const entry = find(scene, name);
    const { inputs } = console.account.item(entry);
    scene.tell(
      await console.change(
        entry,
        edits.map((edit) => ({ path: edit.path, value: named(scene, alike(inputs, edit)) })),
      ),
    );
  }
  for (const name of args.deletes ?? []) {
    const entry = find(scene, name);
    try {
      scene.tell(await console.remove(entry, args.force));
    } catch (error) {
      if (error instanceof Refused)
        throw new Refused(`${error.message.replace(/[.]?$/, ".")} --force deletes all the same`);
      throw error;
    }
  }
  if (changes.length + makes.length + (args.deletes ?? []).length > 0) return;
  const seed = args.seed ?? Math.floor(Math.random() * 1_000_000);
  const own = console.things().filter(({ urn }) => urn.startsWith(prefix(scene)));
  if (own.length === 0)
    throw new Refused(
      `the stack ${scene.stack} has nothing in the simulated account; \`npm start -- up ${scene.stack}\` makes it`,
    );
  scene.tell(await driftBySeed(console, own, seed));
  scene.say(`By chance; --seed ${seed} does the same again to an account that is the same.`);
}

const prefix = ({ stack, project }: Scene): string => `urn:pulumi:${stack}::${project}::`;

/** `2` is a text where a text stands, or among texts such as tags; a number elsewhere. */
function alike(inputs: Props, { path, value, text }: Edit): Value {
  if (value === null || typeof value === "string") return value;
  let at: Value | undefined = inputs;
  let beside: readonly Value[] = [];
  for (const step of path) {
    beside = typeof at === "object" && at !== null ? Object.values(at) : [];
    at = typeof at === "object" && at !== null ? (at as Props)[String(step)] : undefined;
  }
  const among = path.length > 1 && beside.length > 0 && beside.every((other) => typeof other === "string");
  return typeof at === "string" || (at === undefined && among) ? text : value;
}

/** The stack's own thing of that name before anybody else's. */
function find(scene: Scene, name: string): Entry {
  const all = scene.console.things();
  const own = all.filter(({ urn }) => urn.startsWith(prefix(scene)) || urn.startsWith(`urn:pulumi:${HAND}::`));
  const displayed = own.filter((entry) => `${shortType(entry.type)}::${logicalName(entry)}` === name);
  if (displayed.length === 1) return displayed[0]!;
  const known = own.some(({ urn, id }) => urn === name || id === name || urn.endsWith(`::${name}`));
  return scene.console.find(name, known ? own : all);
}

const named = (scene: Scene, value: Value): Value =>
  typeof value === "string" && value.startsWith("@") ? find(scene, value.slice(1)).id : value;

/** One deed for people. */
export function deedText({ entry, did, changes, also }: Deed): string {
  const shown = (value: Value): string => (value === null || value === undefined ? "nothing" : JSON.stringify(value));
  return [
    `${did} ${shortType(entry.type)} ${logicalName(entry)}${did === "made" ? ", owned by no stack" : ""}`,
    `  ${entry.id}`,
    ...changes.map(({ path, before, after }) => `  ${path}: ${shown(before)} -> ${shown(after)}`),
    ...also.map((gone) => `  with it ${shortType(gone.type)} ${logicalName(gone)}`),
  ].join("\n");
}

/** One deed for machines. */
export const deedJson = ({ entry, did, changes, also }: Deed): string =>
  JSON.stringify({
    did,
    urn: entry.urn,
    type: entry.type,
    id: entry.id,
    changes,
    also: also.map(({ urn, id }) => ({ urn, id })),
  });

/** `drift` from the command line to the exit code. */
export async function drift(
  args: Arguments,
  scene: Omit<Scene, "tell">,
  print: (line: string) => void,
): Promise<number> {
  const deeds: Deed[] = [];
  const tell = (deed: Deed): void => {
    deeds.push(deed);
    print(args.json ? deedJson(deed) : deedText(deed));
  };
  try {
    await act(args, { ...scene, tell });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    scene.say(`The console refused: ${error.message.replace(/[.]?$/, ".")}`);
    return exitCodes.failed;
  }
  if (deeds.some(({ did }) => did !== "made"))
    scene.say(
      `\`npm start -- refresh ${scene.stack}\` sees it; then \`npm start -- up ${scene.stack}\` puts right what the program says otherwise.`,
    );
  return exitCodes.worked;
}
