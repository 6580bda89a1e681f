import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { channelOptions, isServiceError } from "./rpc";
import { turn } from "./turn";

// biome-ignore lint/suspicious/noExplicitAny: handlers of one service take different messages
export type Answer = handleUnaryCall<any, any>;

export interface GrpcServer {
  readonly address: string;
  stop(): void;
}

/** Serves on a free port of this machine only. */
export async function serve(
  service: ServiceDefinition,
  handlers: Readonly<Record<string, Answer>>,
): Promise<GrpcServer> {
  const server = new Server(channelOptions);
  server.addService(service, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/** A gRPC handler from a function of the request, which waits for its turn. */
export function answer<Q, A>(work: (request: Q) => A | Promise<A>): Answer {
  return (call: ServerUnaryCall<Q, A>, done: sendUnaryData<A>) => {
    turn()
      .then(() => work(call.request))
      .then(
        (result) => done(null, result),
        (error: unknown) => {
          const known = isServiceError(error) ? error.code : status.UNKNOWN;
          done({ code: known, details: error instanceof Error ? error.message : String(error) });
        },
      );
  };
}
