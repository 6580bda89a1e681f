// A program in a folder of its own, outside this repository, run by the built-in engine against a small cloud.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/events";
import type { EngineOptions, EngineResult, Operation } from "../api";
import { run } from "../index";
import { newPassphrase } from "../secrets";
import type { Cloud } from "./cloud";
import { inline } from "./inline";

/** What every program here begins with. */
const preamble = `
const pulumi = require("@pulumi/pulumi");
class Thing extends pulumi.CustomResource {
  constructor(name, props, options) { super("toy:index:Thing", name, { ...props, made: undefined }, options); }
}
class Group extends pulumi.ComponentResource {
  constructor(name, options) { super("toy:index:Group", name, {}, options); }
}
`;

/** One key for all stacks of a process: a test has no use for another, and each takes half a second. */
let salt: Promise<string> | undefined;

export interface Outcome extends EngineResult {
  readonly events: readonly EngineEvent[];
  /** `create a`, `same b` ...: what was done to each resource, by logical name; providers and the stack left out. */
  readonly steps: readonly string[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export interface Workspace {
  readonly folder: string;
  readonly backend: string;
  readonly stateFile: string;
  /** Writes the program that the next runs start in a process of its own, or hands over one that runs in this one. */
  program(text: string | (() => unknown)): void;
  run(operation: Operation, options?: Partial<EngineOptions>): Promise<Outcome>;
  state(): StateFile;
  /** Logical names of what exists in the cloud. */
  names(): string[];
  remove(): void;
}

export interface StateFile {
  readonly resources?: readonly (Record<string, unknown> & { readonly urn: string; readonly type: string })[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: { readonly urn: string } }[];
}

export function workspace(cloud: Cloud): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "engine-"));
  const backend = join(folder, "state");
  symlinkSync(resolve(__dirname, "../../../node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "toy", main: "index.js" }));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: toy\nruntime:\n  name: nodejs\n  options: { typescript: false }\n");
  mkdirSync(backend);
  let started: Pick<EngineOptions, "program"> = {};
  const stateFile = join(backend, ".pulumi/stacks/toy/dev.json");
  return {
    folder,
    backend,
    stateFile,
    program(text) {
      started = typeof text === "string" ? {} : { program: inline(text) };
      if (typeof text === "string") writeFileSync(join(folder, "index.js"), preamble + text);
    },
    async run(operation, options = {}) {
      const events: EngineEvent[] = [];
      salt ??= newPassphrase("test").then((passphrase) => passphrase.salt);
      const stackFile = join(folder, "Pulumi.dev.yaml");
      if (!existsSync(stackFile)) writeFileSync(stackFile, `encryptionsalt: ${await salt}\n`);
      const result = await run({
        operation,
        cwd: folder,
        stack: "dev",
        backend,
        providers: { toy: cloud.port },
        passphrase: "test",
        onEvent: (event) => events.push(event),
        ...started,
        ...options,
      });
      return {
        ...result,
        events,
        steps: steps(events),
        errors: told(events, "error"),
        warnings: told(events, "warning"),
      };
    },
    state: () =>
      (JSON.parse(readFileSync(stateFile, "utf8")) as { checkpoint: { latest: StateFile } }).checkpoint.latest,
    names: () => [...cloud.things.values()].map(({ urn }) => urn.split("::").pop() ?? "").sort(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function steps(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ resourcePreEvent: event }) => {
    if (event === undefined || event.metadata.type.startsWith("pulumi:")) return [];
    return [`${event.metadata.op} ${event.metadata.urn.split("::").pop() ?? ""}`];
  });
}

const told = (events: readonly EngineEvent[], severity: "error" | "warning"): string[] =>
  events.flatMap(({ diagnosticEvent: event }) =>
    event?.severity === severity ? [event.message.replaceAll(/<\{%[^%]*%\}>/g, "").trim()] : [],
  );
