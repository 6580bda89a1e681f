import type { BuildCache } from ".";
import { replicated } from "./gcp-replicated";
import { sharded } from "./gcp-sharded";

/** Memorystore, by mode: Redis with a password, or Valkey in cluster mode, which knows cloud login only. */
export const build: BuildCache = (context) =>
  context.args.mode === "sharded" ? sharded(context) : replicated(context);
