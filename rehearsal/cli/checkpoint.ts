import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Node } from "../schedule";

interface Checkpoint {
  readonly checkpoint?: { readonly latest?: { readonly resources?: readonly Node[] } };
}

/** Who depends on whom, by the stack's saved state; nothing when there is none yet. */
export function savedGraph(backend: string, project: string, stack: string): readonly Node[] {
  const file = join(backend, ".pulumi", "stacks", project, `${stack}.json`);
  if (!existsSync(file)) return [];
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
  return checkpoint?.latest?.resources ?? [];
}
