import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { readStateFile } from "../engine/statefile";

/**
 * The stack file that the CLI is given: the user's, with the settings of the command line on top. The salt is that of
 * the stage's state; the user's own counts only where it has values to open.
 */
export function stackFile(
  source: string | undefined,
  config: Readonly<Record<string, string>>,
  salt: string | undefined,
): string {
  const document = parseDocument(source === undefined || source.trim() === "" ? "{}" : source);
  for (const [key, value] of Object.entries(config)) document.setIn(["config", key], value);
  if (!JSON.stringify(document.toJS() ?? {}).includes('"secure":')) {
    document.delete("encryptionsalt");
    if (salt) document.set("encryptionsalt", salt);
  }
  return document.toString();
}

/** The salt that an earlier run of either engine took: from the state, else from the last copy of the stack file. */
export function earlierSalt(copy: string, backend: string, project: string, stack: string): string | undefined {
  const state = readStateFile(join(backend, ".pulumi", "stacks", project, `${stack}.json`));
  const saved = state?.checkpoint?.latest?.secrets_providers?.state.salt;
  if (saved || !existsSync(copy)) return saved;
  const salt = parseDocument(readFileSync(copy, "utf8")).get("encryptionsalt");
  return typeof salt === "string" ? salt : undefined;
}
