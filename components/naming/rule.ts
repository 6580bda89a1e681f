/** What a cloud allows in the name of one resource type. */
export interface NamingRule {
  /** Longest and shortest name, in characters. */
  readonly max: number;
  readonly min?: number;
  /** Allowed characters, as the inside of a regular expression's class: `a-z0-9-`. */
  readonly alphabet: string;
  /** What the first character must be, likewise. @default same as alphabet without separators */
  readonly first?: string;
  readonly last?: string;
  /** Joins the parts. @default "-" */
  readonly separator?: "-" | "_" | "" | "/" | ".";
  /** Where the name must be unique. `global` names carry a hash of the account, so that two companies can't collide. */
  readonly scope: "global" | "account" | "region" | "group" | "parent";
  /** Where the rule is written down. */
  readonly source: string;
}
