import type { Account } from "../clouds/account";
import type { Program } from "./program";

/**
 * Every answer of an up that worked was heard: what it made isn't handed out again. The CLI asks no provider about what
 * `--replace` names, so its next create would look like the same one, asked again after a kill.
 */
export function heard(account: Pick<Account, "entries" | "know">, { project, stack }: Program): void {
  for (const entry of account.entries())
    if (entry.urn.startsWith(`urn:pulumi:${stack}::${project}::`)) account.know(entry);
}
