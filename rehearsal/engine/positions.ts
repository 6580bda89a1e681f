import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type source from "@pulumi/pulumi/proto/source_pb";

/** Where in the project a resource was registered: `project:///index.ts#12,3`; empty where nobody knows. */
export function sourcePosition(root: string, position: source.SourcePosition | undefined): string {
  if (position === undefined || position.getLine() < 0 || position.getColumn() < 0) return "";
  let file: string;
  try {
    file = fileURLToPath(position.getUri());
  } catch {
    return "";
  }
  const column = position.getColumn() === 0 ? "" : `,${position.getColumn()}`;
  return `project:///${encodeURI(relative(root, file))}#${position.getLine()}${column}`;
}

export const stackTrace = (root: string, trace: source.StackTrace | undefined): string[] =>
  (trace?.getFramesList() ?? []).map((frame) => sourcePosition(root, frame.getPc()));
