import type { CallOptions, Client, Metadata, ServiceError } from "@grpc/grpc-js";

/** One gRPC message at a time may be as large as the CLI allows: 400 MB. */
export const channelOptions = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

type Done<A> = (error: ServiceError | null, answer: A) => void;

/** A call of a generated client: all of its overloads, so that the compiler finds the messages. */
export interface Unary<Q, A> {
  (request: Q, done: Done<A>): unknown;
  (request: Q, metadata: Metadata, done: Done<A>): unknown;
  (request: Q, metadata: Metadata, options: Partial<CallOptions>, done: Done<A>): unknown;
}

export function unary<Q, A>(client: Client, method: Unary<Q, A>, request: Q): Promise<A> {
  return new Promise((resolve, reject) => {
    const call: (request: Q, done: Done<A>) => unknown = method.bind(client) as Unary<Q, A>;
    call(request, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

export const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && typeof (error as Partial<ServiceError>).code === "number";
