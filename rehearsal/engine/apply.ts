import { type Diff, inputDiff } from "./diff";
import type { Events } from "./events";
import type { Manager, Old } from "./manager";
import { resetPaths } from "./paths";
import type { State } from "./resource";
import { type PropertyMap, unwrapMap } from "./values";

/** Stamps a state that a step has just made or changed. */
export function applyTimes(state: State, what: "created" | "modified"): void {
  const now = new Date().toISOString();
  if (what === "created") state.created = now;
  state.modified = now;
}

export const missingId = () => new Error("provider did not return an ID from Create");

/** Asks the provider; where it can't tell, compares the inputs. */
export async function diffManaged(
  events: Events,
  manager: Manager,
  urn: string,
  old: Old,
  news: PropertyMap,
  preview: boolean,
  ignoreChanges: readonly string[],
): Promise<Diff> {
  const diff = await manager.diff(urn, old, news, preview, ignoreChanges);
  if (diff.changes !== "unknown") return diff;
  const { inputs, invalid } = resetPaths(news, old.inputs, ignoreChanges);
  if (invalid.length > 0) events.diagnostic("info", urn, ignoreMessage(invalid));
  const found = inputDiff(unwrapMap(old.inputs), unwrapMap(inputs));
  return found.changes === "none"
    ? { ...diff, changes: "none" }
    : { ...diff, changes: "some", changedKeys: found.changedKeys, detailedDiff: found.detailedDiff };
}

export const ignoreMessage = (paths: readonly string[]): string =>
  `cannot ignore changes in added or removed elements of the path: ${JSON.stringify(paths.join(", "))}`;
