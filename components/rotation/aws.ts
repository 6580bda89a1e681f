import type { BuildContext } from "../build";
import type { CompleteRotationArgs } from ".";
import type { Store } from "./build";

/** Secrets Manager marks versions itself: the candidate is a version of the same secret. */
export const store = ({ site, args }: BuildContext<CompleteRotationArgs>): Store => ({
  env: { ENTRY: args.database.secret.id, AWS_REGION: site.region },
});
