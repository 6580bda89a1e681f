/** Settings whose change makes something that holds data anew, why, and how to do it without losing the data. */
export interface Replacing {
  /** Clouds on which it does. */
  readonly clouds: readonly ("aws" | "azure" | "gcp")[];
  /** What is made anew, in a reader's words. */
  readonly what: string;
  readonly why: string;
  readonly how: string;
}

const everywhere = ["aws", "azure", "gcp"] as const;
const secondStack =
  "Make a second stack with the new value, restore or copy the data into it, move the names over, then destroy the first.";

export const replacing: Readonly<Record<string, Replacing>> = {
  app: {
    clouds: everywhere,
    what: "everything",
    why: "It is the first part of every name.",
    how: "Set `name` to the old value, so that names stay.",
  },
  name: { clouds: everywhere, what: "everything", why: "It is the first part of every name.", how: secondStack },
  environment: {
    clouds: everywhere,
    what: "everything",
    why: "It is the second part of every name.",
    how: secondStack,
  },
  cloud: {
    clouds: everywhere,
    what: "everything",
    why: "Another cloud is another platform.",
    how: "dr.secondaryCloud copies the data over; then as for `name`.",
  },
  region: {
    clouds: everywhere,
    what: "everything",
    why: "Nothing moves between regions.",
    how: "Set dr.region to the new region, fail over to it (dr.active), then make it the first region of a new stack.",
  },
};
