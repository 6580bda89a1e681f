import { z } from "zod";
import { bare, fieldAt } from "./fields";
import { removeCommand, setCommand } from "./problem";
import { stackSchema } from "./vocabulary";

/**
 * The step that mends a setting: a command that sets what the schema has there, or a word for the editor.
 * @param meant what it should most likely be
 * @param wrong what it is
 */
export function remedyOf(namespace: string, setting: string, meant?: string, wrong?: unknown): string {
  const path = setting.split(".");
  const { field, schema, path: documented } = fieldAt(stackSchema, path);
  const kind = bare(schema);
  // A key of a free map: its name may be what is wrong.
  if (documented.length < path.length) return removeCommand(namespace, setting);
  if (kind instanceof z.ZodObject || kind instanceof z.ZodRecord) return "Write it as a map in the stack file.";
  if (kind instanceof z.ZodArray) return setCommand(namespace, `${setting}[0]`, field?.example ?? "VALUE");
  // The example may be just what is wrong here.
  const right = [field?.example, ...(field?.words ?? [])].find((one) => one !== undefined && one !== String(wrong));
  return setCommand(namespace, setting, meant ?? right ?? "VALUE");
}
