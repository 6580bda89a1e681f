// Where a run finds its waivers. The engine runs a pack in the pack's own folder and doesn't tell it the program's, so
// relative paths count from where the engine was started (PWD, which a shell keeps), then from the pack.
import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { Waiver } from "../waivers/schema";

/** Looked for beside the stack files when the configuration names none. */
export const defaultWaivers = "waivers.yaml";

/** @throws where a named file isn't there, and where one has mistakes: a waiver that can't be read must not seem to be none */
export function findWaivers(
  given: string | undefined,
  today: string,
  folders: readonly string[] = [process.env["PWD"] ?? "", process.cwd()],
): readonly Waiver[] {
  const name = given ?? defaultWaivers;
  const places = isAbsolute(name) ? [name] : [...new Set(folders.filter(Boolean).map((one) => resolve(one, name)))];
  const path = places.find((one) => existsSync(one));
  if (path) return reader().readWaivers(path, today);
  if (given === undefined) return [];
  throw new Error(`settings.waivers: "${given}" isn't there (looked for ${places.join(" and ")}).`);
}

/** The schema brings a YAML reader and a checker: 60 ms that only those with waivers spend. */
const reader = () => require("../waivers/schema") as typeof import("../waivers/schema");
