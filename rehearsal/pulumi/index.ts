import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { EngineEvent } from "../display/events";
import type { EngineOptions, EngineResult } from "../engine/api";
import { StackStore } from "../engine/store";
import type { Node } from "../schedule";
import { earlierSalt, stackFile } from "./config";
import { follow } from "./follow";

export interface PulumiOptions extends EngineOptions {
  /** The real CLI. */
  readonly pulumi: string;
  readonly project: string;
  /** Folder in the stage for what the CLI would otherwise write elsewhere: its home, copies of stack files, event logs. */
  readonly folder: string;
  readonly passphrase: string;
}

export interface PulumiResult extends EngineResult {
  /** What a preview's digest tells of the graph, which the events leave out. */
  readonly nodes: readonly Node[];
  /** A preview's digest as the CLI printed it. */
  readonly digest?: string;
}

/** One operation on the real CLI, on the stage's backend and the simulated clouds. The user's files are only read. */
export async function runPulumi(options: PulumiOptions): Promise<PulumiResult> {
  const { operation, stack, project } = options;
  const work = join(options.folder, project);
  mkdirSync(work, { recursive: true });
  mkdirSync(options.backend, { recursive: true });
  const env = environment(options);
  const copy = join(work, `Pulumi.${stack}.yaml`);
  const store = new StackStore(options.backend, { project, stack });
  const failure = settled(store) ?? (store.exists() ? undefined : createStack(options, work, env));
  if (failure) return broken(options, failure);
  const settings = options.configFile ?? join(options.cwd, `Pulumi.${stack}.yaml`);
  const source = existsSync(settings) ? readFileSync(settings, "utf8") : undefined;
  const salt = earlierSalt(copy, options.backend, project, stack);
  writeFileSync(copy, stackFile(source, options.config ?? {}, salt), { mode: 0o600 });

  const log = join(work, `${stack}.events.jsonl`);
  // The CLI writes its debug messages there too, which hold what a program registers, secrets in clear.
  const forget = () => rmSync(log, { force: true });
  forget();
  writeFileSync(log, "", { mode: 0o600 });
  process.once("exit", forget);
  const result: {
    outputs: Record<string, unknown>;
    changes: Record<string, number>;
    violated: boolean;
    errors: number;
  } = {
    outputs: {},
    changes: {},
    violated: false,
    errors: 0,
  };
  const take = (event: EngineEvent) => {
    const outputs = event.resOutputsEvent?.metadata;
    if (outputs?.type === "pulumi:pulumi:Stack") result.outputs = outputs.new?.outputs ?? {};
    if (event.summaryEvent) result.changes = event.summaryEvent.resourceChanges as Record<string, number>;
    if (event.policyEvent?.enforcementLevel === "mandatory") result.violated = true;
    if (event.diagnosticEvent?.severity === "error") result.errors++;
    options.onEvent?.(event);
  };
  const events = follow(log, take);
  const { code, stdout, stderr } = await call(
    options,
    [...words(options), "--config-file", copy, "--event-log", log],
    env,
  ).finally(() => {
    events.stop();
    forget();
    process.off("exit", forget);
  });
  if (code !== 0 && result.errors === 0 && !result.violated)
    return broken(options, stderr.trim() || stdout.trim() || `exit code ${code}`);
  return {
    status: code === 0 ? "succeeded" : options.signal?.aborted ? "cancelled" : result.violated ? "violated" : "failed",
    outputs: result.outputs,
    changes: result.changes,
    nodes: operation === "preview" ? digestNodes(stdout) : [],
    ...(operation === "preview" && stdout.trim() ? { digest: stdout.trim() } : {}),
  };
}

function words(options: EngineOptions): string[] {
  const { operation, cwd, stack, parallel, continueOnError, policyPacks = [] } = options;
  const planning = operation === "preview" || operation === "up";
  return [
    operation,
    ...(operation === "preview" ? ["--json"] : ["--yes", "--skip-preview"]),
    "--non-interactive",
    "--color=never",
    "--cwd",
    cwd,
    "--stack",
    stack,
    ...(parallel === undefined ? [] : ["--parallel", String(parallel)]),
    ...(continueOnError && (operation === "up" || operation === "destroy") ? ["--continue-on-error"] : []),
    ...(planning
      ? policyPacks.flatMap(({ path, config }) => [
          "--policy-pack",
          path,
          ...(config ? ["--policy-pack-config", config] : []),
        ])
      : []),
    ...selected(options),
    ...(options.refresh && operation !== "refresh" ? ["--refresh"] : []),
  ];
}

function selected({ selection = {} }: EngineOptions): string[] {
  const { targets = [], excludes = [], replaces = [] } = selection;
  return [
    ...targets.flatMap((urn) => ["--target", urn]),
    ...(selection.targetDependents ? ["--target-dependents"] : []),
    ...excludes.flatMap((urn) => ["--exclude", urn]),
    ...(selection.excludeDependents ? ["--exclude-dependents"] : []),
    ...replaces.flatMap((urn) => ["--replace", urn]),
  ];
}

/** Everything that the CLI would keep or find elsewhere points into the stage. */
function environment(options: PulumiOptions): NodeJS.ProcessEnv {
  const { PULUMI_ACCESS_TOKEN: _, PULUMI_CONFIG_PASSPHRASE_FILE: __, ...inherited } = process.env;
  return {
    ...inherited,
    ...options.env,
    PULUMI_HOME: join(options.folder, "home"),
    PULUMI_BACKEND_URL: pathToFileURL(options.backend).href,
    PULUMI_CONFIG_PASSPHRASE: options.passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // an unknown package is an error, not a download
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // --event-log is among the commands that the CLI hides
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DEBUG_PROVIDERS: Object.entries(options.providers)
      .map(([name, port]) => `${name}:${port}`)
      .join(","),
  };
}

/** A run of the built-in engine that was killed may have left what only that engine reads, and its lock. */
function settled(store: StackStore): string | undefined {
  try {
    store.settle();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** `stack init` in a folder of the stage, since it writes the salt into the stack file beside the project. */
function createStack(options: PulumiOptions, work: string, env: NodeJS.ProcessEnv): string | undefined {
  writeFileSync(join(work, "Pulumi.yaml"), `name: ${JSON.stringify(options.project)}\nruntime: nodejs\n`);
  const init = spawnSync(options.pulumi, ["stack", "init", options.stack, "--non-interactive", "--cwd", work], {
    env,
    encoding: "utf8",
  });
  return init.status === 0
    ? undefined
    : init.stderr || init.error?.message || `\`pulumi stack init\` ended with ${init.status}`;
}

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A session of its own, so that Ctrl-C reaches the CLI once, from here, and it can finish what is under way. */
function call(options: PulumiOptions, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.pulumi, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
    const stop = () => child.kill("SIGINT");
    const kill = () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL");
    options.signal?.addEventListener("abort", stop, { once: true });
    process.once("exit", kill);
    const settle = () => {
      options.signal?.removeEventListener("abort", stop);
      process.off("exit", kill);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (code) => {
      settle();
      resolve({ code, stdout: out.join(""), stderr: err.join("") });
    });
  });
}

/** The CLI ended before it had anything to tell by events. */
function broken(options: PulumiOptions, message: string): PulumiResult {
  const hint = /incorrect passphrase/.test(message)
    ? "\nThe stage's state was encrypted with another PULUMI_CONFIG_PASSPHRASE. Set that one, or take another --stage."
    : "";
  const event: EngineEvent = {
    sequence: 0,
    timestamp: Math.floor(Date.now() / 1000),
    diagnosticEvent: {
      message: `pulumi: ${message.trim().replace(/^error: /, "")}${hint}`,
      color: "never",
      severity: "error",
    },
  };
  options.onEvent?.(event);
  return { status: options.signal?.aborted ? "cancelled" : "failed", outputs: {}, changes: {}, nodes: [] };
}

function digestNodes(stdout: string): Node[] {
  try {
    const { steps = [] } = JSON.parse(stdout) as { steps?: { oldState?: Node; newState?: Node }[] };
    return steps.flatMap((step) => step.newState ?? step.oldState ?? []);
  } catch {
    // a preview that failed early prints no digest; its events say why
    return [];
  }
}
