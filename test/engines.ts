// Either engine behind one call, for tests that are run on both.
import { join } from "node:path";
import { run } from "../rehearsal/engine";
import type { EngineOptions, EngineResult } from "../rehearsal/engine/api";
import { runPulumi } from "../rehearsal/pulumi";
import { findPulumi } from "../rehearsal/pulumi/find";

export interface Ran extends EngineResult {
  /** A preview's digest, where the engine prints it by itself. */
  readonly digest?: string;
}

export type RunStack = (
  options: EngineOptions & { readonly passphrase: string },
  /** Folder that the CLI may write to, and the project's name. */
  place: { readonly folder: string; readonly project: string },
) => Promise<Ran>;

const builtIn: RunStack = (options) => run(options);

/** The built-in engine, and the real one where a `pulumi` is on the PATH. */
export const engines: Readonly<Record<string, RunStack>> = { "built-in": builtIn, ...installed() };

function installed(): Record<string, RunStack> {
  let pulumi: string;
  try {
    pulumi = findPulumi(process.env).path;
  } catch {
    return {};
  }
  return {
    pulumi: (options, { folder, project }) =>
      runPulumi({ ...options, pulumi, project, folder: join(folder, "pulumi") }),
  };
}
