// A policy pack's own process.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, normalize, resolve } from "node:path";
import type { PolicyStack } from "./analyzer";
import type { Events } from "./events";
import { leash, leashed } from "./leash";
import { portOf } from "./plugin";
import { locate, stopProcess } from "./program";
import { runtimeOf } from "./project";
import { readYaml } from "./yaml";

export interface PackProcess {
  readonly port: number;
  readonly folder: string;
  /** From PulumiPolicy.yaml; wins over the pack's own. */
  readonly version: string;
  /** How the summary names a pack of this folder. */
  label(name: string): string;
  stop(): Promise<void>;
}

interface PackFile {
  readonly runtime?: string | { readonly name?: string; readonly options?: Readonly<Record<string, unknown>> };
  readonly version?: string;
}

export async function startPack(path: string, stack: PolicyStack, events: Events): Promise<PackProcess> {
  const folder = resolve(path);
  const file = join(folder, "PulumiPolicy.yaml");
  if (!existsSync(file)) throw new Error(`policy pack not found at "${folder}": no PulumiPolicy.yaml there`);
  const described = readYaml<PackFile>(file);
  const runtime = runtimeOf(file, described.runtime);
  const config = Object.fromEntries([...stack.config].map(([key, { text }]) => [key, text]));
  let runner: string;
  try {
    runner = locate("@pulumi/pulumi/cmd/run-policy-pack", folder);
  } catch {
    throw new Error(
      `it looks like the policy pack's dependencies are not installed; try running npm install or yarn install in "${path}"`,
    );
  }
  const child = spawn(process.execPath, [...leash, ...runtime.nodeargs, runner, stack.engine, folder], {
    cwd: folder,
    env: {
      ...process.env,
      ...stack.env,
      ...(runtime.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
      PULUMI_NODEJS_ORGANIZATION: "organization",
      PULUMI_NODEJS_PROJECT: stack.project,
      PULUMI_NODEJS_STACK: stack.stack,
      PULUMI_NODEJS_DRY_RUN: String(stack.preview),
      PULUMI_CONFIG: JSON.stringify(config),
    },
    stdio: leashed,
  });
  const port = await portOf(child, events, `policy pack "${folder}"`);
  return {
    port,
    folder,
    version: described.version ?? "",
    label: (name) => `${name}|local|${abbreviate(path)}`,
    stop: () => stopProcess(child),
  };
}

/** A long path keeps its first and last two folders. */
function abbreviate(path: string): string {
  const clean = normalize(path).replace(/(?<=.)\/$/, "");
  const parts = clean.split("/");
  return clean.length > 75 && parts.length > 4 ? [...parts.slice(0, 2), "...", ...parts.slice(-2)].join("/") : clean;
}
