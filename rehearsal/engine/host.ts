// The engine service: where programs, packs and providers send their messages.

import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import pb from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Events, Severity } from "./events";
import { type GrpcServer, serve } from "./server";

const severities: readonly Severity[] = ["debug", "info", "warning", "error"];

export function serveEngine(events: Events): Promise<GrpcServer> {
  let root = "";
  return serve(EngineService, {
    log: (call: ServerUnaryCall<pb.LogRequest, Empty>, done: sendUnaryData<Empty>) => {
      const { request } = call;
      const severity = severities[request.getSeverity()] ?? "info";
      // The SDK's debug messages repeat whole requests, secrets in clear; the CLI too shows them only when asked to.
      if (severity !== "debug") {
        events.diagnostic(severity, request.getUrn(), request.getMessage(), {
          streamID: request.getStreamid(),
          ephemeral: request.getEphemeral(),
        });
      }
      done(null, new Empty());
    },
    getRootResource: (
      _: ServerUnaryCall<pb.GetRootResourceRequest, pb.GetRootResourceResponse>,
      done: sendUnaryData<pb.GetRootResourceResponse>,
    ) => done(null, new pb.GetRootResourceResponse().setUrn(root)),
    setRootResource: (
      call: ServerUnaryCall<pb.SetRootResourceRequest, pb.SetRootResourceResponse>,
      done: sendUnaryData<pb.SetRootResourceResponse>,
    ) => {
      root = call.request.getUrn();
      done(null, new pb.SetRootResourceResponse());
    },
  });
}
