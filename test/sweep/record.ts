// A shipped stack as plain data: what the real program says to the monitor, once, in a process of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type pb from "@pulumi/pulumi/proto/resource_pb";
import type { Cloud } from "../../components/cloud";
import { defaultRegion } from "../../components/regions";
import { startClouds } from "../../rehearsal/clouds";
import { run } from "../../rehearsal/engine";
import { type StartProgram, startProgram } from "../../rehearsal/engine/program";
import { answer, serve } from "../../rehearsal/engine/server";
import { root } from "../stack-file";

export type Said =
  | { readonly what: "register"; readonly bytes: Uint8Array; readonly urn: string; readonly id: string }
  | { readonly what: "read"; readonly bytes: Uint8Array; readonly urn: string; readonly id: string }
  | { readonly what: "outputs"; readonly bytes: Uint8Array };

export interface Recording {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly said: readonly Said[];
  /** The salt of the account that it was recorded on: on another one, secrets that the clouds make are others. */
  readonly account: string;
}

/** When everything happens: the time is part of what clouds answer. */
export const now = () => new Date("2026-01-01T00:00:00Z");

/** Passes everything on, and keeps what changes something. */
const listening =
  (said: Said[]): StartProgram =>
  (options) => {
    const { answers } = options;
    const kept = {
      ...answers,
      registerResource: async (request: pb.RegisterResourceRequest) => {
        const bytes = request.serializeBinary();
        const response = await answers.registerResource(request);
        said.push({ what: "register", bytes, urn: response.getUrn(), id: response.getId() });
        return response;
      },
      readResource: async (request: pb.ReadResourceRequest) => {
        const bytes = request.serializeBinary();
        const response = await answers.readResource(request);
        said.push({ what: "read", bytes, urn: response.getUrn(), id: request.getId() });
        return response;
      },
      registerResourceOutputs: (request: pb.RegisterResourceOutputsRequest) => {
        said.push({ what: "outputs", bytes: request.serializeBinary() });
        return answers.registerResourceOutputs(request);
      },
      registerStackTransform: () => {
        throw new Error("the program registers a transform: what it says isn't all that counts any more");
      },
    };
    const handlers = Object.entries(kept).map(([method, work]) => [method, answer(work as never)] as const);
    const started = serve(ResourceMonitorService, Object.fromEntries(handlers)).then((server) => ({
      server,
      program: startProgram({ ...options, monitor: server.address }),
    }));
    return {
      ended: started.then(({ program }) => program.ended),
      stop: async () => {
        const { server, program } = await started;
        await program.stop();
        server.stop();
      },
    };
  };

/** Nothing is protected from deletion, so that it can be taken down again. */
export async function record(stack: string, cloud: Cloud): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), "sweep-record-"));
  const clouds = await startClouds({ stage: join(folder, "stage"), now });
  const said: Said[] = [];
  try {
    const errors: string[] = [];
    const result = await run({
      operation: "up",
      cwd: root,
      stack,
      backend: join(folder, "backend"),
      config: {
        "trifold:cloud": cloud,
        "trifold:region": defaultRegion[cloud],
        "trifold:safeguards": JSON.stringify({ deletionProtection: false }),
      },
      providers: {},
      dial: clouds.dial,
      passphrase: "a passphrase of the tests",
      env: { TRIFOLD_REHEARSAL: "1" },
      program: listening(said),
      onEvent: ({ diagnosticEvent: told }) => told?.severity === "error" && errors.push(told.message),
    });
    if (result.status !== "succeeded") throw new Error(`${stack} on ${cloud} can't be recorded: ${errors.join("\n")}`);
    return { stack, cloud, said, account: clouds.account.salt };
  } finally {
    await clouds.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
