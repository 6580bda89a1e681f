// A rehearsal stage in a folder of its own, for tests of whole stacks: the simulated clouds, and either engine on them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/events";
import { type Clouds, startClouds } from "../rehearsal/clouds";
import { exportStack, run } from "../rehearsal/engine";
import type { EngineOptions, EngineResult, Operation } from "../rehearsal/engine/api";
import { runPulumi } from "../rehearsal/pulumi";
import { findPulumi } from "../rehearsal/pulumi/find";
import { root } from "./stack-file";

const passphrase = "a passphrase of the tests";

type Run = (options: EngineOptions & { readonly passphrase: string }, folder: string) => Promise<EngineResult>;

/** The built-in engine, and the real one where a `pulumi` is on the PATH. */
export const engines: Readonly<Record<string, Run>> = { "built-in": run, ...installed() };

function installed(): Record<string, Run> {
  let pulumi: string;
  try {
    pulumi = findPulumi(process.env).path;
  } catch {
    return {};
  }
  return {
    pulumi: (options, folder) => runPulumi({ ...options, pulumi, project: "trifold", folder: join(folder, "pulumi") }),
  };
}

export interface Saved {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly custom: boolean;
  readonly delete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
}

/** What one operation did, as its events tell. */
export interface Told extends EngineResult {
  readonly events: readonly EngineEvent[];
  /** Steps by operation, `same` left out. */
  readonly steps: Readonly<Record<string, readonly string[]>>;
  readonly errors: readonly string[];
  /** Lines of the policy pack: rule and message. */
  readonly findings: readonly string[];
}

export class Stage {
  readonly passphrase = passphrase;
  readonly folder = mkdtempSync(join(tmpdir(), "trifold-stage-"));
  #clouds: Clouds | undefined;

  constructor(readonly engine = "built-in") {}

  get backend(): string {
    return join(this.folder, "backend");
  }

  async clouds(): Promise<Clouds> {
    this.#clouds ??= await startClouds({ stage: this.folder });
    return this.#clouds;
  }

  async run(operation: Operation, stack: string, options: Partial<EngineOptions> = {}): Promise<Told> {
    const events: EngineEvent[] = [];
    const { ports, dial, env } = await this.clouds();
    const engine = engines[this.engine];
    if (!engine) throw new Error(`No engine ${this.engine}`);
    const result = await engine(
      {
        cwd: root,
        policyPacks: operation === "preview" || operation === "up" ? [{ path: join(root, "policies") }] : [],
        ...options,
        operation,
        stack,
        backend: this.backend,
        providers: ports,
        dial,
        passphrase,
        env: { TRIFOLD_REHEARSAL: "1", ...env, ...options.env },
        onEvent: (event) => events.push(event),
      },
      this.folder,
    );
    const steps: Record<string, string[]> = {};
    for (const { resOutputsEvent } of events) {
      const metadata = resOutputsEvent?.metadata;
      if (metadata && metadata.op !== "same") steps[metadata.op] = [...(steps[metadata.op] ?? []), metadata.urn];
    }
    const diagnostics = events.flatMap(({ diagnosticEvent }) => diagnosticEvent ?? []);
    return {
      ...result,
      events,
      steps,
      errors: diagnostics.filter((one) => one.severity === "error").map((one) => one.message),
      findings: events.flatMap(({ policyEvent }) =>
        policyEvent ? `${policyEvent.policyName}: ${policyEvent.message}` : [],
      ),
    };
  }

  /** The stack's state, as `pulumi stack export` has it. */
  resources(stack: string, project = "trifold"): readonly Saved[] {
    const exported = exportStack(this.backend, project, stack) as
      | { readonly deployment: { readonly resources?: readonly Saved[] } }
      | undefined;
    return exported?.deployment.resources ?? [];
  }

  async close(): Promise<void> {
    await this.#clouds?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
