// Serves a provider's answers over gRPC, one package a port.
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
} from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { type Answers, Failure } from "./protocol";

export interface Served {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** @throws when the port is taken: `name` says whose it would be */
export async function serve(name: string, answers: Answers, port: number): Promise<Served> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const implementation: Record<string, handleUnaryCall<unknown, unknown>> = {};
  for (const [method, answer] of Object.entries(answers))
    implementation[method] = (call: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>) => {
      answer(call.request, call.getPeer()).then(
        (response) => done(null, response),
        (error: unknown) => done(error instanceof Failure ? error.status : (error as Error)),
      );
    };
  server.addService(ResourceProviderService, implementation as never);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) =>
      error === null
        ? resolve(at)
        : reject(new Error(`the simulated ${name} can't listen on port ${port}: ${error.message}`)),
    );
  });
  return { port: bound, stop: () => stop(server) };
}

/** Lets what is under way end, but not for long: a client that keeps its connection must not keep the process. */
async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const forced = setTimeout(() => server.forceShutdown(), 1000);
    server.tryShutdown(() => {
      clearTimeout(forced);
      resolve();
    });
  });
}
