// A state file as the run works with it.

import { type Deployment, deserializeState, type Snapshot } from "./checkpoint";
import type { Crypter } from "./secrets";

/** @param crypter may be absent where nothing in the file is encrypted */
export function readSnapshot(file: Deployment | undefined, crypter: Crypter | undefined): Snapshot {
  return {
    resources: (file?.resources ?? []).map((json) => deserializeState(json, crypter)),
    operations: (file?.pending_operations ?? []).map((op) => ({
      type: op.type as Snapshot["operations"][number]["type"],
      resource: deserializeState(op.resource, crypter),
    })),
    salt: file?.secrets_providers?.state.salt,
  };
}
