import { join } from "node:path";
import { readStateFile } from "../engine/statefile";
import type { Node } from "../schedule";

/** Who depends on whom, by the stack's saved state; nothing when there is none yet. */
export function savedGraph(backend: string, project: string, stack: string): readonly Node[] {
  const state = readStateFile(join(backend, ".pulumi", "stacks", project, `${stack}.json`));
  return (state?.checkpoint?.latest?.resources ?? []) as unknown as readonly Node[];
}
