// What locks keep: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
import { refuse } from "../limits";
import type { Item, Moment, Refusal } from "../row";
import { text } from "../values";
import { lock } from "./types";

const scopeOf = ({ inputs }: Item): string => (text(inputs["scope"]) ?? "").toLowerCase();
const denied = (id: string, doing: "delete" | "write", held: Item): string =>
  `ScopeLocked: The scope '${id}' cannot perform ${doing} operation because following scope(s) are locked: '${text(held.inputs["scope"]) ?? ""}'. Please remove the lock and try again.`;

/** A lock on the resource, on anything above it or in it, keeps it from being deleted. */
export function lockOn({ account, old }: Moment): string | undefined {
  const id = (old?.id ?? "").toLowerCase();
  const held = account.all(lock).find((one) => {
    const scope = scopeOf(one);
    const related = id === scope || id.startsWith(`${scope}/`) || scope.startsWith(`${id}/`);
    return scope !== "" && related && one.inputs["level"] !== "NotSpecified";
  });
  return held && denied(old?.id ?? "", "delete", held);
}

/** A lock of the level ReadOnly, on the resource or above it, keeps it from being written at all. */
export function writeLockRefusals(moment: Moment, id: string): readonly Refusal[] {
  const held = moment.account.all(lock).find((one) => {
    const scope = scopeOf(one);
    const covered = id.toLowerCase() === scope || id.toLowerCase().startsWith(`${scope}/`);
    return scope !== "" && covered && one.inputs["level"] === "ReadOnly";
  });
  return held ? refuse("", denied(id, "write", held)) : [];
}
