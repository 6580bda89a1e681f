// What a fault does to the operation that it strikes.
import { status } from "@grpc/grpc-js";
import type { Fault, Faults } from "./faults";
import { interrupted, refusal, throttled, timedOut } from "./faults-words";
import type { Operation } from "./operations";
import { retriesOf } from "./retries";
import { Refused } from "./subject";
import type { RawProps } from "./wire";

/** What a provider hands over of something that exists but didn't start up. */
export interface Told {
  readonly id: string;
  readonly outputs: RawProps;
  /** As read; left out where the engine keeps its own. */
  readonly inputs?: RawProps;
}

/** Exists, but isn't ready: Pulumi's ErrorResourceInitFailed. */
export class Unready extends Error {
  override readonly name = "Unready";
  constructor(
    readonly told: Told,
    readonly reasons: readonly string[],
    /** Seconds that the provider waited for it. @default as long as it usually waits */
    readonly patience?: number,
  ) {
    super(reasons.join("; "));
  }
}

/** The connection breaks: the engine learns nothing of what became of its call. */
export class Disconnected extends Error {
  override readonly name = "Disconnected";
  /** As gRPC says it when the other side goes away. */
  readonly code = status.UNAVAILABLE;
}

interface Circumstances {
  readonly faults: Faults;
  readonly crash: (operation: Operation) => void;
  /** Seconds that the operation usually takes. */
  readonly usual: number;
}

/** `delay`: seconds more (or fewer) than usual in the real world. `struck`: a fault was in it. */
type Outcome<T> = { readonly delay: number; readonly struck: boolean } & (
  | { readonly result: T }
  | { readonly error: unknown }
);

/** Seconds after which an operation is given up: the engine's custom timeout, else what the cloud's provider usually waits. */
export const limitOf = ({ timeout, cloud }: Operation): number => timeout || retriesOf(cloud).timeout;

/** Carries an operation out under what is planned for it. */
export async function suffer<T>(
  operation: Operation,
  { faults, crash, usual }: Circumstances,
  act: () => Promise<T> | T,
  tell: ((result: T) => Told | undefined) | undefined,
): Promise<Outcome<T>> {
  const retries = retriesOf(operation.cloud);
  const struck = faults.strike(operation, ({ does }) => (does === "throttle" ? retries.tries : 1));
  if (struck === undefined) return attempt(act, 0, false);
  const { fault, calls } = struck;
  const done = async (): Promise<Outcome<T>> => {
    const late = fault.when === "after" || fault.does === "partial";
    if (fault.does === "throttle") {
      const delay = retries.waited(calls);
      if (calls < retries.tries) return attempt(act, delay, true);
      return { struck: true, delay: delay - usual, error: new Refused(fault.message ?? throttled(operation, calls)) };
    }
    const limit = limitOf(operation);
    const delay = fault.does === "timeout" ? limit - usual : late ? 0 : -usual;
    if (!late) return { struck: true, delay, error: broken(operation, fault, crash, limit, undefined) };
    const outcome = await attempt(act, delay, true);
    if ("error" in outcome) return outcome;
    return { struck: true, delay, error: broken(operation, fault, crash, limit, tell?.(outcome.result)) };
  };
  const outcome = await done();
  faults.record({ ...operation, fault, calls, survived: !("error" in outcome) });
  return outcome;
}

async function attempt<T>(act: () => Promise<T> | T, delay: number, struck: boolean): Promise<Outcome<T>> {
  try {
    return { delay, struck, result: await act() };
  } catch (error) {
    return { delay, struck, error };
  }
}

function broken(
  operation: Operation,
  fault: Fault,
  crash: (operation: Operation) => void,
  limit: number,
  told: Told | undefined,
): Error {
  switch (fault.does) {
    case "crash":
      // Where this returns (a test in the same process), the engine that is thought dead hears nothing more.
      crash(operation);
      return new Disconnected(interrupted);
    case "disconnect":
      return new Disconnected(fault.message ?? interrupted);
    case "timeout": {
      const reason = fault.message ?? timedOut(operation, limit);
      return told === undefined ? new Refused(reason) : new Unready(told, [reason]);
    }
    case "partial": {
      const reason = fault.message ?? refusal(operation);
      return told === undefined ? new Refused(reason) : new Unready(told, [reason]);
    }
    default:
      return new Refused(fault.message ?? refusal(operation));
  }
}
