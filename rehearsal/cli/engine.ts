import { join } from "node:path";
import type { EngineOptions, EngineResult } from "../engine/api";
import type { Node } from "../schedule";
import type { Arguments } from "./arguments";
import type { Program } from "./program";
import type { Stage } from "./stage";

export interface Ran extends EngineResult {
  readonly nodes: readonly Node[];
  /** The engine's own digest of a preview, where it makes one. */
  readonly digest?: string;
}

/** Either engine behind one call; `nodes` is what it tells of the graph beyond its events. */
export interface Engine {
  /** `built-in`, `pulumi v3.260.0`. */
  readonly name: string;
  run(options: EngineOptions & { readonly passphrase: string }): Promise<Ran>;
  /** Begins what takes its time and needs nothing but the stack's state. */
  prepare?(passphrase: string): void;
}

/** Loads only the engine that was asked for (`require`, since `import()` would leave CommonJS and its short paths). */
export function chooseEngine(args: Arguments, program: Program, stage: Stage): Engine {
  if (args.engine === "built-in") {
    const { deriveEarly, run } = require("../engine") as typeof import("../engine");
    return {
      name: "built-in",
      run: async (options) => ({ ...(await run(options)), nodes: [] }),
      prepare: (passphrase) => deriveEarly(stage.backend, program, passphrase),
    };
  }
  const { findPulumi } = require("../pulumi/find") as typeof import("../pulumi/find");
  const { runPulumi } = require("../pulumi") as typeof import("../pulumi");
  const { path, version } = findPulumi(process.env);
  const fixed = { pulumi: path, project: program.project, folder: join(stage.folder, "pulumi") };
  return { name: `pulumi ${version}`, run: (options) => runPulumi({ ...options, ...fixed }) };
}
