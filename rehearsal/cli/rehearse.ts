import { availableParallelism } from "node:os";
import { Digest } from "../display/digest";
import { type EngineEvent, isInternal } from "../display/events";
import type { Screen, Section } from "../display/screen";
import type { EngineOptions, EngineResult, Operation, Selection } from "../engine/api";
import type { Seconds } from "../schedule";
import { savedGraph } from "./checkpoint";
import type { Engine, Ran } from "./engine";
import { rehearsalEnvironment } from "./environment";
import type { Program } from "./program";
import type { Stage } from "./stage";
import { exitCodes } from "./usage";

export interface Rehearsal {
  readonly operation: Operation;
  readonly program: Program;
  readonly stage: Stage;
  readonly engine: Engine;
  readonly policyPacks: readonly string[];
  readonly providers: Readonly<Record<string, number>>;
  readonly dial: NonNullable<EngineOptions["dial"]>;
  /** Of the real thing, with what has happened so far in this run. */
  readonly seconds: () => Seconds;
  /** What the clouds have to tell so far: faults, quota. */
  readonly told: () => readonly Section[];
  readonly passphrase: string;
  readonly continueOnError: boolean;
  /** Changes are an error of their own, once all is done. */
  readonly expectNoChanges: boolean;
  /** What of the stack it is about. @default the whole */
  readonly selection?: Selection;
  /** Refreshes the state before anything else. */
  readonly refresh?: boolean;
  readonly signal: AbortSignal;
  /** Steps at once. @default as the CLI: four a core */
  readonly parallel?: number;
  /** Undefined with --json. */
  readonly screen?: Screen;
  /** Where --json goes. */
  readonly json: (line: string) => void;
}

/** The CLI's own default. */
const usual = 4 * availableParallelism();

/** One rehearsal from plan to summary; the exit code. */
export async function rehearse(rehearsal: Rehearsal): Promise<number> {
  const { operation, screen, engine, program, stage, passphrase, providers, signal, parallel = usual } = rehearsal;
  const run = (what: Operation, onEvent: (event: EngineEvent) => void) =>
    engine.run({
      operation: what,
      cwd: program.cwd,
      stack: program.stack,
      backend: stage.backend,
      ...(program.configFile ? { configFile: program.configFile } : {}),
      config: program.config,
      policyPacks: rehearsal.policyPacks.map((path) => ({ path })),
      providers,
      dial: rehearsal.dial,
      passphrase,
      continueOnError: rehearsal.continueOnError,
      parallel,
      ...(rehearsal.selection ? { selection: rehearsal.selection } : {}),
      ...(rehearsal.refresh ? { refresh: true } : {}),
      onEvent,
      signal,
      env: rehearsalEnvironment(providers),
    });
  if (!screen) return machine(rehearsal, run);

  const graph = () => savedGraph(stage.backend, program.project, program.stack);
  const timed = () => ({ seconds: rehearsal.seconds(), parallel });
  const before = graph();
  if (operation === "preview" || operation === "up") {
    const plan = screen.begin("plan", "reading the program");
    const result = await run("preview", plan.take);
    const last = operation === "preview" || result.status !== "succeeded";
    plan.end({
      status: result.status,
      final: operation === "preview",
      nodes: [...before, ...result.nodes],
      ...timed(),
      // What struck in a plan that goes on is told once, at the end.
      ...(last && { sections: rehearsal.told() }),
    });
    if (last) return exitCode(result, rehearsal);
  }
  const opening = { up: "reading the program", refresh: "reading the account", destroy: "deleting", preview: "" }[
    operation
  ];
  const act = screen.begin(operation, opening);
  const result = await run(operation, act.take);
  const nodes = [...before, ...graph()];
  act.end({ status: result.status, final: true, nodes, ...timed(), sections: rehearsal.told() });
  return exitCode(result, rehearsal);
}

/** As the CLI prints it with --json: a digest of a preview, every event of anything else. */
async function machine(
  rehearsal: Rehearsal,
  run: (what: Operation, onEvent: (event: EngineEvent) => void) => Promise<Ran>,
): Promise<number> {
  const { operation, json, told } = rehearsal;
  const digest = new Digest();
  const result = await run(operation, (event) => {
    if (operation === "preview") digest.take(event);
    else if (!hidden(event)) json(JSON.stringify(event));
  });
  for (const { title, lines } of told()) process.stderr.write(`${[title, ...lines].join("\n")}\n`);
  if (operation === "preview") json(result.digest ?? digest.text());
  return exitCode(result, rehearsal);
}

/** What the CLI keeps out of what it prints; and debug messages, which it prints: they hold secrets in clear. */
function hidden(event: EngineEvent): boolean {
  const step = event.resourcePreEvent ?? event.resOutputsEvent;
  const severity: string | undefined = event.diagnosticEvent?.severity;
  return severity === "debug" || (step !== undefined && isInternal(step.metadata));
}

/** What --expect-no-changes counts as none, as the CLI does. */
const unchanged = ["same", "read", "read-discard", "read-replacement"];

function exitCode({ status, changes }: EngineResult, { signal, expectNoChanges, operation }: Rehearsal): number {
  if (status === "cancelled" || (status !== "succeeded" && signal.aborted)) return exitCodes.interrupted;
  if (status !== "succeeded") return status === "violated" ? exitCodes.violated : exitCodes.failed;
  if (!expectNoChanges || !Object.entries(changes).some(([op, count]) => !unchanged.includes(op) && count > 0))
    return exitCodes.worked;
  process.stderr.write(`no changes were expected for ${operation} but changes were proposed\n`);
  return exitCodes.changed;
}
