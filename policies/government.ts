// Data under rules of the US government, by the tag of what holds it.
import { asText, isUnknown } from "./read";
import type { View } from "./rule";
import { tagOf } from "./tags";

const classes = ["cui", "itar", "il4", "il5", "fedramp-moderate", "fedramp-high"];

export function isGovernment(view: View): boolean | "unknown" {
  const value = tagOf(view, "data-class") ?? tagOf(view, "data-classification");
  return isUnknown(value) ? "unknown" : classes.includes(asText(value).toLowerCase());
}
