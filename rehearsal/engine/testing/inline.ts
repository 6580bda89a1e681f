// A program that runs in the process of its test, as the automation API's inline programs do: no start of Node a run.

import { status } from "@grpc/grpc-js";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { disconnect, resetOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import * as state from "@pulumi/pulumi/runtime/state";
import type { Ending, StartProgram } from "../program";
import { isServiceError } from "../rpc";

/** What the SDK keeps a run, as far as it is closed here; the SDK's typings leave it out. */
interface Store {
  readonly settings: { readonly monitor?: { close(): void }; readonly engine?: { close(): void } };
  readonly callbacks?: { shutdown(): void };
}
const { withLocalStorage, getStore } = state as unknown as {
  withLocalStorage<T>(work: () => T): T;
  getStore(): Store;
};

/**
 * For `EngineOptions.program`.
 * @param main declares resources and returns the stack's outputs
 */
export const inline =
  (main: () => unknown): StartProgram =>
  ({ project, stack, parallel, engine, monitor, preview, config }) => {
    let store: Store | undefined;
    let fail: (error: Error) => void = () => undefined;
    const failed = new Promise<Ending>((resolve) => {
      fail = (error) => {
        // Calls of an earlier run that was ended under them.
        if (isServiceError(error) && [status.UNAVAILABLE, status.CANCELLED].includes(error.code)) return;
        resolve({ ok: false, told: false, reason: error.message });
      };
    });
    let stop: () => void = () => undefined;
    const stopped = new Promise<Ending>((resolve) => {
      stop = () => resolve({ ok: false, told: true, reason: "stopped" });
    });
    // The SDK says so of an error in an `apply`, and Node's own runner takes it for the program's.
    process.on("unhandledRejection", fail);
    const finished = withLocalStorage(async (): Promise<Ending> => {
      store = getStore();
      resetOptions(project.name, stack, parallel, engine, monitor, preview, "organization");
      const secrets = [...config].filter(([, { secret }]) => secret).map(([key]) => key);
      setAllConfig(Object.fromEntries([...config].map(([key, { text }]) => [key, text])), secrets);
      try {
        await runInPulumiStack(async () => main());
        await disconnect(true);
        return { ok: true };
      } catch (error) {
        return { ok: false, told: false, reason: (error as Error).message };
      }
    });
    const ended = Promise.race([finished, failed, stopped]).finally(() => process.off("unhandledRejection", fail));
    return {
      ended,
      stop: async () => {
        stop();
        await ended;
        store?.callbacks?.shutdown();
        store?.settings.monitor?.close();
        store?.settings.engine?.close();
      },
    };
  };
