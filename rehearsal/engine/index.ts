// The built-in engine: what `pulumi preview`, `up`, `refresh` and `destroy` do, for machines without the CLI.

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { EngineOptions, EngineResult, RunEngine } from "./api";
import { type Deployment as DeploymentFile, deserializeProperties } from "./checkpoint";
import { readStackConfig } from "./config";
import { overPort } from "./connection";
import { Deployment } from "./deployment";
import { Events } from "./events";
import { serveEngine } from "./host";
import { readSnapshot } from "./load";
import { readProject } from "./project";
import type { State } from "./resource";
import { newPassphrase, openPassphrase, type Passphrase } from "./secrets";
import { SnapshotWriter } from "./snapshot";
import { readStateFile } from "./statefile";
import { exportDeployment, StackStore } from "./store";
import { Targets } from "./targets";
import { type Home, rootStackType } from "./urn";
import type { PropertyMap } from "./values";

export type { EngineOptions, EngineResult, Operation, RunEngine } from "./api";

export const run: RunEngine = async (options) => {
  const project = readProject(options.cwd);
  const store = new StackStore(resolve(options.backend), { project: project.name, stack: options.stack });
  const unlock = options.operation === "preview" ? () => undefined : store.lock();
  try {
    return await runLocked(options, project, store);
  } finally {
    unlock();
  }
};

async function runLocked(
  options: EngineOptions,
  project: ReturnType<typeof readProject>,
  store: StackStore,
): Promise<EngineResult> {
  const preview = options.operation === "preview";
  const events = new Events(options.onEvent);
  const file = store.read();
  const configFile = options.configFile ?? join(project.root, `Pulumi.${options.stack}.yaml`);
  const stackConfig = readStackConfig(project, options.stack, configFile, options.config ?? {});
  const stateSalt = file?.secrets_providers?.state.salt;
  const given = passphraseOf(options);
  const phrase = (): string => {
    if (given === undefined) {
      throw new Error(
        "no passphrase: set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to protect this stack's secrets",
      );
    }
    return given;
  };
  if (!preview) phrase();
  const host = serveEngine(events);
  // Only where something is encrypted, and both at the same time: deriving a key takes a while.
  const open = async (salt: string): Promise<Passphrase> => openPassphrase(phrase(), salt);
  const [forConfig, forState] = await Promise.all([
    stackConfig.salt !== undefined && stackConfig.encrypted ? open(stackConfig.salt) : undefined,
    stateSalt !== undefined && (hasSecrets(file) || !preview) ? open(stateSalt) : undefined,
  ]);
  const config = stackConfig.open(forConfig?.crypter);
  events.hide([...config.values()].flatMap((v) => v.secrets));
  const snapshot = readSnapshot(file, forState?.crypter);
  if (options.operation === "destroy" && tellDeleteHooks(events, snapshot.resources)) {
    (await host).stop();
    return { status: "failed", outputs: {}, changes: {} };
  }
  const [stranger] = strangers(options, new Set(snapshot.resources.map(({ urn }) => urn)));
  if (stranger !== undefined) {
    (await host).stop();
    events.error("", `no resource named '${stranger}' found`);
    return { status: "failed", outputs: {}, changes: {} };
  }
  const server = await host;
  try {
    let writer: SnapshotWriter | undefined;
    if (!preview) {
      const known = forState ?? (stackConfig.salt === undefined ? undefined : await open(stackConfig.salt));
      // Deriving a new key takes as long as the program takes to start.
      const own = known === undefined ? newPassphrase(phrase()) : Promise.resolve(known);
      writer = new SnapshotWriter(store, snapshot, own);
    }
    const started = Math.floor(Date.now() / 1000);
    const result = await new Deployment({
      options,
      project,
      config,
      snapshot,
      writer,
      events,
      host: server,
      dial: { ...overPorts(portsOf(options)), ...options.dial },
      parallel: options.parallel ?? 4 * availableParallelism(),
      outputsOf: (name) => outputsOf(options, project.name, name, open),
    }).run();
    if (!preview) {
      store.remember({
        kind: options.operation === "up" ? "update" : options.operation,
        startTime: started,
        message: "",
        environment: {},
        config: stackConfig.recorded,
        version: 0,
        result: result.status === "succeeded" ? "succeeded" : "failed",
        endTime: Math.floor(Date.now() / 1000),
        resourceChanges: { ...result.changes },
      });
    }
    return result;
  } finally {
    server.stop();
  }
}

/** Deletions that the program wants to see, and it doesn't run in a destroy. @returns whether there are any */
function tellDeleteHooks(events: Events, resources: readonly State[]): boolean {
  const watched = resources.filter(({ hooks }) => hooks.BeforeDelete ?? hooks.AfterDelete);
  for (const { urn, hooks } of watched) {
    const names = [...(hooks.BeforeDelete ?? []), ...(hooks.AfterDelete ?? [])].join(", ");
    const message = `Resource has delete hooks registered, but the program is not running. Hooks: ${names}`;
    events.error(urn, message);
  }
  if (watched.length === 0) return false;
  events.error("", "A destroy runs no program. Take these resources out of it, run up, and then destroy what is left.");
  return true;
}

/** What a refresh or a destroy shall be about and the state hasn't: there is nothing that could still bring it. */
function strangers({ operation, selection = {} }: EngineOptions, known: ReadonlySet<string>): string[] {
  if (operation !== "refresh" && operation !== "destroy") return [];
  const { targets, excludes } = selection;
  return [targets, excludes].flatMap((given) => new Targets(given).strangers((urn) => known.has(urn)));
}

function passphraseOf(options: EngineOptions): string | undefined {
  const env = { ...process.env, ...options.env };
  const path = env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  return (
    options.passphrase ?? env["PULUMI_CONFIG_PASSPHRASE"] ?? (path ? readFileSync(path, "utf8").trim() : undefined)
  );
}

const hasSecrets = (file: DeploymentFile | undefined): boolean =>
  JSON.stringify([file?.resources, file?.pending_operations]).includes('"ciphertext"');

/** Ports of the providers: as given, and as PULUMI_DEBUG_PROVIDERS lists them (`aws:4001,gcp:4002`). */
function portsOf(options: EngineOptions): Record<string, number> {
  const listed = options.env?.["PULUMI_DEBUG_PROVIDERS"] ?? process.env["PULUMI_DEBUG_PROVIDERS"] ?? "";
  const entries = listed
    .split(",")
    .filter((part) => part.includes(":"))
    .map((part): [string, number] => {
      const [pkg = "", port] = part.trim().split(":");
      if (!Number.isInteger(Number(port))) throw new Error(`PULUMI_DEBUG_PROVIDERS: ${part} is not <package>:<port>`);
      return [pkg, Number(port)];
    });
  return { ...Object.fromEntries(entries), ...options.providers };
}

const overPorts = (ports: Record<string, number>) =>
  Object.fromEntries(Object.entries(ports).map(([pkg, port]) => [pkg, () => overPort(port)]));

/** Begins to derive the key of a stack's secrets, so that a run finds it derived. What is wrong with a state, the run tells. */
export function deriveEarly(backend: string, home: Home, passphrase: string): void {
  try {
    const state = readStateFile(new StackStore(resolve(backend), home).file)?.checkpoint?.latest;
    const salt = state?.secrets_providers?.state.salt;
    if (salt !== undefined) openPassphrase(passphrase, salt).catch(() => undefined);
  } catch {
    // the run reads it again
  }
}

/** Outputs of another stack in the same folder. */
async function outputsOf(
  options: EngineOptions,
  ownProject: string,
  name: string,
  open: (salt: string) => Promise<Passphrase>,
): Promise<PropertyMap> {
  const store = new StackStore(resolve(options.backend), homeOf(name, ownProject));
  const file = store.read();
  if (file === undefined) throw new Error(`unknown stack "${name}"`);
  const root = (file.resources ?? []).find((r) => r["type"] === rootStackType && r["parent"] === undefined);
  const salt = file.secrets_providers?.state.salt;
  const passphrase =
    salt !== undefined && JSON.stringify(root ?? {}).includes('"ciphertext"') ? await open(salt) : undefined;
  return deserializeProperties(root?.["outputs"], passphrase?.crypter);
}

/** Where a stack is that is called `stack`, `organization/stack` or `organization/project/stack`, as the CLI reads it. */
function homeOf(name: string, ownProject: string): Home {
  const parts = name.split("/");
  if (parts.length > 1 && parts[0] !== "organization") throw new Error("organization name must be 'organization'");
  const [stack = "", project = ownProject] = parts.length > 3 ? [] : parts.slice(parts.length > 1 ? 1 : 0).toReversed();
  for (const part of [stack, project]) {
    if (!/^[\w.-]{1,100}$/.test(part) || /^\.+$/.test(part)) throw new Error(`"${name}" names no stack`);
  }
  return { stack, project };
}

/** A stack's state as `pulumi stack export` prints it: secrets stay encrypted. Undefined for one never deployed. */
export function exportStack(backend: string, project: string, stack: string) {
  const store = new StackStore(resolve(backend), { project, stack });
  const file = store.read();
  return file === undefined ? undefined : exportDeployment(file);
}
