// A provider of this very process, called without a wire between: messages are handed over as they are. A rehearsal of
// the built-in engine spent a quarter of its time on carrying them to itself.
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { type Answers, Failure } from "./protocol";

/** Opens one connection after another; each can be configured for itself. */
export function dialer(answers: Answers): () => ResourceProviderClient {
  let opened = 0;
  return () => {
    const peer = `this process, ${++opened}`;
    const calls = Object.entries(answers).map(([method, answer]) => [
      method,
      (request: unknown, done: (error: ServiceError | null, response?: unknown) => void) =>
        void answer(request, peer).then(
          (response) => done(null, response),
          (error: unknown) => done(serviceError(error)),
        ),
    ]);
    // What a generated client has, and no more: the engine calls each method with a request and a callback.
    return { ...Object.fromEntries(calls), close: () => undefined } as ResourceProviderClient;
  };
}

/** As a gRPC client makes it of what came over the wire. */
function serviceError(error: unknown): ServiceError {
  const told = error instanceof Failure ? error.status : { details: String(error) };
  const { code = status.UNKNOWN, details = "", metadata = new Metadata() } = told;
  return Object.assign(new Error(`${code} ${status[code]}: ${details}`), { code, details, metadata });
}
