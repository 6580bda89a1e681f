// A rehearsal stage in a folder of its own, for tests of whole stacks: the simulated clouds, and either engine on them.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/events";
import { type Clouds, startClouds } from "../rehearsal/clouds";
import { exportStack } from "../rehearsal/engine";
import type { EngineOptions, EngineResult, Operation } from "../rehearsal/engine/api";
import { engines } from "./engines";
import { root } from "./stack-file";

const passphrase = "a passphrase of the tests";

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

  constructor(
    readonly engine = "built-in",
    /** An account to begin with, and the time that it stands at. @default a new one, the real time */
    readonly from?: { readonly account: string; readonly now: Date },
  ) {}

  get backend(): string {
    return join(this.folder, "backend");
  }

  async clouds(): Promise<Clouds> {
    if (this.#clouds) return this.#clouds;
    const { account, now } = this.from ?? {};
    if (account !== undefined) copyFileSync(account, join(this.folder, "account.json"));
    this.#clouds = await startClouds({ stage: this.folder, ...(now && { now: () => now }) });
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
      { folder: this.folder, project: "trifold" },
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
  exported(stack: string, project = "trifold"): ReturnType<typeof exportStack> {
    return exportStack(this.backend, project, stack);
  }

  /** What is in it. */
  resources(stack: string, project = "trifold"): readonly Saved[] {
    const exported = this.exported(stack, project) as
      | { readonly deployment: { readonly resources?: readonly Saved[] } }
      | undefined;
    return exported?.deployment.resources ?? [];
  }

  async close(): Promise<void> {
    await this.#clouds?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
