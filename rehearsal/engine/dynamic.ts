// Resources that the program is the provider of (`pulumi.dynamic`): their code is part of their inputs, and a process
// that the SDK brings runs it.

import { type ChildProcess, spawn } from "node:child_process";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Config } from "./config";
import { overPort } from "./connection";
import type { Events } from "./events";
import { leash, leashed } from "./leash";
import { portOf } from "./plugin";
import { locate, stopProcess } from "./program";
import type { Project } from "./project";

/** The package that such resources belong to. */
export const dynamicPackage = "pulumi-nodejs";

interface Setting {
  readonly project: Project;
  readonly config: Config;
  /** Address of the engine. */
  readonly engine: string;
  readonly env: Readonly<Record<string, string>>;
  readonly events: Events;
}

export class DynamicProviders {
  readonly #setting: Setting;
  #child: ChildProcess | undefined;
  #port: Promise<number> | undefined;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** A connection to the process, which starts with the first one. */
  dial(): ResourceProviderClient {
    this.#port ??= this.#start();
    return later(this.#port.then(overPort));
  }

  async #start(): Promise<number> {
    const { project, config, engine, env, events } = this.#setting;
    const runner = locate("@pulumi/pulumi/cmd/dynamic-provider", project.pwd);
    this.#child = spawn(process.execPath, [...leash, runner, engine], {
      cwd: project.pwd,
      env: {
        ...process.env,
        ...env,
        PULUMI_NODEJS_PROJECT: project.name,
        PULUMI_PROJECT: project.name,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries([...config].map(([key, { text }]) => [key, text]))),
      },
      stdio: leashed,
    });
    return portOf(this.#child, events, "the process of the dynamic providers");
  }

  async stop(): Promise<void> {
    if (this.#child) await stopProcess(this.#child);
  }
}

/** A client whose calls wait for the real one. */
const later = (client: Promise<ResourceProviderClient>): ResourceProviderClient =>
  new Proxy({} as ResourceProviderClient, {
    get:
      (_, name) =>
      (...args: unknown[]) => {
        const done = args.at(-1);
        const failed = (error: Error) => (typeof done === "function" ? (done as (e: Error) => void)(error) : undefined);
        void client.then(
          (real) => (Reflect.get(real, name) as (...of: unknown[]) => unknown).apply(real, args),
          failed,
        );
      },
  });
