import type { ServiceError } from "@grpc/grpc-js";
import errors from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { unmarshal } from "./wire";

/** What a provider says of a resource that exists but didn't start: packed into the error's details. */
export function initFailure(error: ServiceError) {
  const [packed] = error.metadata?.get("grpc-status-details-bin") ?? [];
  if (!(packed instanceof Uint8Array)) return undefined;
  for (const detail of Status.deserializeBinary(packed).getDetailsList()) {
    const found = detail.unpack(errors.ErrorResourceInitFailed.deserializeBinary, "pulumirpc.ErrorResourceInitFailed");
    if (found === null) continue;
    return {
      id: found.getId(),
      outputs: unmarshal(found.getProperties(), {}),
      inputs: found.hasInputs() ? unmarshal(found.getInputs(), {}) : undefined,
      reasons: found.getReasonsList(),
    };
  }
  return undefined;
}
