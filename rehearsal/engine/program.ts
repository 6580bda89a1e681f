// Runs the program in a Node process of its own, as Pulumi's Node language host does.

import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type Config, configVariables } from "./config";
import { leash, leashed } from "./leash";
import type { Monitor } from "./monitor";
import type { Project } from "./project";
import { Bail } from "./requests";

/** The SDK's runner ends with this when it has told the user what went wrong. */
const toldAlready = 32;
/** Time to leave after an interrupt, as the CLI gives. */
const graceMilliseconds = 5000;

export interface ProgramOptions {
  readonly project: Project;
  readonly stack: string;
  readonly config: Config;
  readonly monitor: string;
  /** The same monitor for a program in this very process: its methods, without a wire between. */
  readonly answers: Monitor["answers"];
  readonly engine: string;
  readonly preview: boolean;
  readonly parallel: number;
  readonly env: Readonly<Record<string, string>>;
  readonly onOutput: (line: string, stream: "stdout" | "stderr") => void;
}

/** How a program ended: well, having said why not, or with a reason that nobody has told yet. */
export type Ending = { readonly ok: true } | { readonly ok: false; readonly told: boolean; readonly reason: string };

export interface Program {
  readonly ended: Promise<Ending>;
  stop(): Promise<void>;
}

export type StartProgram = (options: ProgramOptions) => Program;

/** A module as the program would find it from its own folder. */
export function locate(module: string, folder: string): string {
  try {
    return createRequire(join(folder, "index.js")).resolve(module);
  } catch {
    throw new Error(`${folder}: ${module} is not installed; run npm install there`);
  }
}

export const startProgram: StartProgram = (options) => {
  const { project, stack, preview } = options;
  const { typescript, tsconfig, nodeargs } = project.runtime;
  const args = [
    ...nodeargs,
    locate("@pulumi/pulumi/cmd/run", project.pwd),
    ...["--monitor", options.monitor],
    ...["--engine", options.engine],
    ...["--organization", "organization"],
    ...["--project", project.name],
    ...["--root-directory", project.root],
    ...["--stack", stack],
    ...["--pwd", project.pwd],
    ...(preview ? ["--dry-run"] : []),
    ...["--parallel", String(options.parallel)],
    project.entry,
  ];
  const child = spawn(process.execPath, [...leash, ...args], {
    cwd: project.pwd,
    env: {
      ...process.env,
      ...options.env,
      ...configVariables(options.config),
      ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
      ...(tsconfig === "" ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
    },
    stdio: leashed,
  });
  eachLine(child.stdout!, (line) => options.onOutput(line, "stdout"));
  eachLine(child.stderr!, (line) => options.onOutput(line, "stderr"));
  return { ended: ending(child), stop: () => stopProcess(child) };
};

function ending(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once("error", (error) =>
      resolve({
        ok: false,
        told: false,
        reason: `Problem executing program (could not run language executor): ${error.message}`,
      }),
    );
    child.once("close", (code, signal) => {
      if (code === 0) resolve({ ok: true });
      else if (code === toldAlready) resolve({ ok: false, told: true, reason: "" });
      else {
        const how = code === null ? `signal: ${signal ?? "unknown"}` : `${code}`;
        resolve({ ok: false, told: false, reason: `Program exited with non-zero exit code: ${how}` });
      }
    });
  });
}

/** Asks a process to leave, and makes it. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGINT");
  const force = setTimeout(() => child.kill("SIGKILL"), graceMilliseconds);
  await gone;
  clearTimeout(force);
}

/** Calls with every line that isn't blank; the line's end belongs to it. */
export function eachLine(stream: Readable, use: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") use(`${line}\n`);
  });
  stream.on("end", () => {
    if (rest.trim() !== "") use(rest);
  });
}

/** Ends the run as failed where the program did; what the program has told isn't told again. */
export function wellEnded(end: Awaited<Program["ended"]>): void {
  if (end.ok) return;
  throw end.told ? new Bail(end.reason) : new Error(`an unhandled error occurred: ${end.reason}`);
}
