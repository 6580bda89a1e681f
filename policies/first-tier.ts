// What must outlive a region or an attack: said by the tag `tier` or `criticality`.
import { when } from "./judge";
import { folded } from "./read";
import type { Judge, View } from "./rule";
import { tagOf } from "./tags";

/** First-tier data, by the tag `tier` or `criticality`, outlives its region. */
const firstTier = (view: View) =>
  ["tier", "criticality"].some((key) => /^(1|tier-?1|critical)$/i.test(folded({ value: tagOf(view, key) }, "value")));

export const tierOne = (judge: Judge) => when(firstTier, "not tagged as tier-1 data", judge);
