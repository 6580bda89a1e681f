// A program as plain data: a list of registrations, sent to the monitor as Pulumi's SDK sends them, without a process.

import alias from "@pulumi/pulumi/proto/alias_pb";
import pb from "@pulumi/pulumi/proto/resource_pb";
import type { Ending, ProgramOptions, StartProgram } from "../program";
import { packageOf, rootStackType } from "../urn";
import { isArray, isObject, type PropertyMap, Secret, UNKNOWN, type Value } from "../values";
import { marshal, unmarshal } from "../wire";

/** JSON; `{ $ref: "<key>", $of: "<output>" }` stands for another line's output (default: its id), `{ $secret: x }` for a secret. */
export type Text = null | boolean | number | string | readonly Text[] | { readonly [key: string]: Text };

/** A former name; `parent` is another line's key, null: the stack. */
export type Formerly = { readonly name?: string; readonly type?: string; readonly parent?: string | null };

export interface LineOptions {
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly Formerly[];
  /** Keys of other lines. */
  readonly deletedWith?: string;
  readonly dependsOn?: readonly string[];
  readonly import?: string;
}

/** One registration. Other lines are named by their keys, and stand further up. */
export interface Line {
  readonly key: string;
  readonly type: string;
  /** @default key */
  readonly name?: string;
  /** @default true */
  readonly custom?: boolean;
  readonly parent?: string;
  /** Key of a line of the type `pulumi:providers:...`. */
  readonly provider?: string;
  readonly inputs?: { readonly [key: string]: Text };
  readonly options?: LineOptions;
  /** Reads what has this id instead of managing it. */
  readonly get?: string;
}

export type Script = readonly Line[];

type Answers = ProgramOptions["answers"];

interface Made {
  readonly urn: string;
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** For `EngineOptions.program`: every line is registered as soon as what it names has been. */
export const scripted =
  (script: Script): StartProgram =>
  (options) => {
    let stop: (ending: Ending) => void = () => undefined;
    const stopped = new Promise<Ending>((resolve) => {
      stop = resolve;
    });
    const finished = play(options.answers, script, options).then(
      (): Ending => ({ ok: true }),
      (error: Error): Ending => ({ ok: false, told: false, reason: error.message }),
    );
    return {
      ended: Promise.race([finished, stopped]),
      stop: async () => stop({ ok: false, told: true, reason: "stopped" }),
    };
  };

async function play(monitor: Answers, script: Script, options: ProgramOptions): Promise<void> {
  const { project, stack, preview } = options;
  const root = await register(
    monitor,
    new pb.RegisterResourceRequest().setType(rootStackType).setName(`${project.name}-${stack}`),
  );
  const made = new Map<string, Promise<Made>>();
  const of = (key: string): Promise<Made> => {
    const found = made.get(key);
    if (found === undefined) throw new Error(`the script names "${key}" before it stands there`);
    return found;
  };
  for (const line of script) {
    const one = sayLine(monitor, line, root.urn, of, preview);
    one.catch(() => undefined); // told by the wait below
    made.set(line.key, one);
  }
  await Promise.all(made.values());
  const outputs = new pb.RegisterResourceOutputsRequest().setUrn(root.urn).setOutputs(marshal({}, {}));
  await monitor.registerResourceOutputs(outputs);
  await monitor.signalAndWaitForShutdown();
}

async function sayLine(
  monitor: Answers,
  line: Line,
  root: string,
  of: (key: string) => Promise<Made>,
  preview: boolean,
): Promise<Made> {
  const { options = {}, custom = true } = line;
  const urnOf = async (key: string) => (await of(key)).urn;
  const parent = line.parent === undefined ? root : await urnOf(line.parent);
  const provider = line.provider === undefined ? "" : reference(await of(line.provider));
  const found: Record<string, Value> = {};
  const byProperty: Record<string, readonly string[]> = {};
  for (const [property, text] of Object.entries(line.inputs ?? {})) {
    const from = new Set<string>();
    found[property] = await resolve(text, of, from, preview);
    byProperty[property] = await Promise.all([...from].map(urnOf));
  }
  const dependencies = [
    ...new Set([...(await Promise.all((options.dependsOn ?? []).map(urnOf))), ...Object.values(byProperty).flat()]),
  ];
  const object = marshal(found, { unknowns: true, secrets: true });
  const name = line.name ?? line.key;
  if (line.get !== undefined) {
    const request = new pb.ReadResourceRequest().setType(line.type).setName(name).setParent(parent).setId(line.get);
    request.setProvider(provider).setProperties(object).setDependenciesList(dependencies).setAcceptsecrets(true);
    const answer = await monitor.readResource(request);
    return { urn: answer.getUrn(), id: line.get, outputs: unmarshal(answer.getProperties(), {}) };
  }
  const request = new pb.RegisterResourceRequest()
    .setType(line.type)
    .setName(name)
    .setParent(parent)
    .setCustom(custom)
    .setObject(object)
    .setDependenciesList(dependencies);
  if (custom) request.setProvider(provider);
  else if (provider !== "") request.getProvidersMap().set(packageOf(provider.split(":providers:")[1] ?? ""), provider);
  for (const [property, urns] of Object.entries(byProperty)) {
    const list = new pb.RegisterResourceRequest.PropertyDependencies().setUrnsList([...urns]);
    request.getPropertydependenciesMap().set(property, list);
  }
  setOptions(request, options);
  if (options.deletedWith !== undefined) request.setDeletedwith(await urnOf(options.deletedWith));
  request.setAliasesList(await Promise.all((options.aliases ?? []).map((alias) => aliasOf(alias, urnOf))));
  const made = await register(monitor, request);
  if (!custom) {
    const outputs = new pb.RegisterResourceOutputsRequest().setUrn(made.urn).setOutputs(marshal({}, {}));
    await monitor.registerResourceOutputs(outputs);
  }
  return made;
}

const reference = ({ urn, id }: Made): string => `${urn}::${id === "" ? UNKNOWN.sentinel : id}`;

function setOptions(request: pb.RegisterResourceRequest, options: LineOptions): void {
  if (options.protect !== undefined) request.setProtect(options.protect);
  if (options.retainOnDelete !== undefined) request.setRetainondelete(options.retainOnDelete);
  if (options.deleteBeforeReplace !== undefined) {
    request.setDeletebeforereplace(options.deleteBeforeReplace).setDeletebeforereplacedefined(true);
  }
  request.setIgnorechangesList([...(options.ignoreChanges ?? [])]);
  request.setReplaceonchangesList([...(options.replaceOnChanges ?? [])]);
  request.setAdditionalsecretoutputsList([...(options.additionalSecretOutputs ?? [])]);
  if (options.import !== undefined) request.setImportid(options.import);
}

async function aliasOf(was: Formerly, urnOf: (key: string) => Promise<string>): Promise<alias.Alias> {
  const spec = new alias.Alias.Spec().setName(was.name ?? "").setType(was.type ?? "");
  if (was.parent === null) spec.setNoparent(true);
  else if (was.parent !== undefined) spec.setParenturn(await urnOf(was.parent));
  return new alias.Alias().setSpec(spec);
}

async function register(monitor: Answers, request: pb.RegisterResourceRequest): Promise<Made> {
  request.setAcceptsecrets(true).setAcceptresources(true).setSupportspartialvalues(true);
  const answer = await monitor.registerResource(request);
  return { urn: answer.getUrn(), id: answer.getId(), outputs: unmarshal(answer.getObject(), {}) };
}

async function resolve(
  text: Text,
  of: (key: string) => Promise<Made>,
  from: Set<string>,
  preview: boolean,
): Promise<Value> {
  if (isArray(text)) return Promise.all((text as readonly Text[]).map((one) => resolve(one, of, from, preview)));
  if (!isObject(text)) return text as Value;
  const { $ref, $of, $secret } = text as { readonly [key: string]: Text };
  if ($secret !== undefined) return new Secret(await resolve($secret, of, from, preview));
  if (typeof $ref !== "string") {
    const entries = Object.entries(text as { readonly [key: string]: Text });
    return Object.fromEntries(
      await Promise.all(entries.map(async ([key, one]) => [key, await resolve(one, of, from, preview)] as const)),
    );
  }
  from.add($ref);
  const made = await of($ref);
  const value = typeof $of === "string" ? made.outputs[$of] : made.id || undefined;
  if (value === undefined && !preview)
    throw new Error(`${made.urn} has no output "${typeof $of === "string" ? $of : "id"}"`);
  return value ?? UNKNOWN;
}
