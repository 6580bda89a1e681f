import type { Account } from "./account";
import type { Entry } from "./entry";
import type { AccountView } from "./row";

/** The account as it was before something: what a create that is taken up again is judged by, or it would be in its own way. */
export function without(account: Account, entry: Entry): AccountView {
  const gone = account.item(entry);
  return {
    all: (type) => account.all(type).filter((item) => item !== gone),
    find: (types, by, value) => {
      if (typeof value !== "string" && typeof value !== "number") return undefined;
      const found = account.where(types, by, String(value)).find((other) => other !== entry);
      return found === undefined ? undefined : account.item(found);
    },
  };
}
