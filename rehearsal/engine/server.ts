import { type handleUnaryCall, Server, ServerCredentials, type ServiceDefinition } from "@grpc/grpc-js";
import { channelOptions } from "./provider";

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
