import type { Mark } from "./report";
import type { Color } from "./style";

interface Look {
  readonly sign: string;
  readonly color: Color;
  /** In a plan, and once done. */
  readonly plan: string;
  readonly done: string;
  readonly doing: string;
}

/** How each thing that happens to a resource is marked and named. */
export const looks: { readonly [M in Mark]: Look } = {
  create: { sign: "+", color: "green", plan: "to create", done: "created", doing: "creating" },
  update: { sign: "~", color: "yellow", plan: "to update", done: "updated", doing: "updating" },
  replace: { sign: "+-", color: "magenta", plan: "to replace", done: "replaced", doing: "replacing" },
  delete: { sign: "-", color: "red", plan: "to delete", done: "deleted", doing: "deleting" },
  import: { sign: "=", color: "cyan", plan: "to import", done: "imported", doing: "importing" },
  read: { sign: ">", color: "cyan", plan: "to read", done: "read", doing: "reading" },
  discard: { sign: "<", color: "dim", plan: "to forget", done: "forgotten", doing: "forgetting" },
  refresh: { sign: " ", color: "dim", plan: "to refresh", done: "refreshed", doing: "refreshing" },
  same: { sign: " ", color: "dim", plan: "unchanged", done: "unchanged", doing: "checking" },
};

/** In the order in which summaries name them. */
export const order = ["create", "import", "update", "replace", "delete", "read", "discard", "refresh", "same"] as const;

/** Does the plan show it by itself, or only count it? */
export const shown = (mark: Mark): boolean => mark !== "same" && mark !== "refresh";
