import type { EngineEvent } from "@pulumi/pulumi/automation/events";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { StartProgram } from "./program";

/**
 * What the built-in engine adds to `metadata.old` and `metadata.new` of its events, not enumerable, so that an event in
 * JSON has Pulumi's own shape. With the graph a preview can be timed, and with the whole its digest can be told.
 */
export interface EventState {
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** The resource as a state file would have it in the moment of the event, secrets as `[secret]`. */
  readonly whole?: () => object;
}

/** What a rehearsal does to a stack. */
export type Operation = "preview" | "up" | "refresh" | "destroy";

/** What of a stack a run is about. URNs, or patterns of them: `*` is any text without a colon, `**` any text. */
export interface Selection {
  /** Only these are changed. */
  readonly targets?: readonly string[];
  /** With what depends on them. */
  readonly targetDependents?: boolean;
  /** All but these are changed; not along with targets. */
  readonly excludes?: readonly string[];
  /** Left out with what depends on them. */
  readonly excludeDependents?: boolean;
  /** Replaced even if nothing about them differs (preview, up). */
  readonly replaces?: readonly string[];
}

export interface EngineOptions {
  readonly operation: Operation;
  /** Folder of the Pulumi program (holds Pulumi.yaml). */
  readonly cwd: string;
  readonly stack: string;
  /** Folder of the file backend: holds `.pulumi/stacks/<project>/<stack>.json`, as Pulumi's own `file://` backend does. */
  readonly backend: string;
  /** Stack configuration file. @default <cwd>/Pulumi.<stack>.yaml */
  readonly configFile?: string;
  /** Configuration on top of the stack file, as `pulumi up -c key=value` would set it; full keys (`trifold:cloud`). */
  readonly config?: Readonly<Record<string, string>>;
  /** Policy pack folders, each with an optional config file. */
  readonly policyPacks?: readonly { readonly path: string; readonly config?: string }[];
  /** Where the providers listen: package -> port on 127.0.0.1. */
  readonly providers: Readonly<Record<string, number>>;
  /** Those that this very process has: each call opens a connection, and no wire lies between. Goes before `providers`. */
  readonly dial?: Readonly<Record<string, () => ResourceProviderClient>>;
  /** @default PULUMI_CONFIG_PASSPHRASE */
  readonly passphrase?: string;
  /** Steps at once. @default as the CLI: 4 x cores */
  readonly parallel?: number;
  /**
   * In an up and a destroy, a failing resource stops what depends on it and nothing else.
   * @default false: it stops the run, as with the CLI
   */
  readonly continueOnError?: boolean;
  /** @default the whole stack */
  readonly selection?: Selection;
  /** Refreshes the state first (preview, up, destroy). @default what Pulumi.yaml says (`options: { refresh: always }`) */
  readonly refresh?: boolean;
  /** Called with every event in Pulumi's own shape, in order. */
  readonly onEvent?: (event: EngineEvent) => void;
  /** Aborted once: no new step starts, running ones finish. Second signal: `kill`. */
  readonly signal?: AbortSignal;
  /** Extra environment of the program and the pack. */
  readonly env?: Readonly<Record<string, string>>;
  /** How the program is started. @default what Pulumi.yaml names, in a Node process of its own */
  readonly program?: StartProgram;
}

export interface EngineResult {
  /** "violated": a mandatory policy said no. */
  readonly status: "succeeded" | "failed" | "violated" | "cancelled";
  /** Stack outputs; secrets as Pulumi's secret objects, masked by who displays them. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly changes: Readonly<Record<string, number>>;
}

export type RunEngine = (options: EngineOptions) => Promise<EngineResult>;
