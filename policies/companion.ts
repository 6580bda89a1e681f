// Companions: settings that the SDKs split off into resources of their own (a bucket's encryption, its access block).
import { fail, unknown, worst } from "./judge";
import { join } from "./read";
import type { Judge, Verdict } from "./rule";

const shortName = (type: string) => type.slice(type.lastIndexOf(":") + 1);

/**
 * Judges the resources of these types whose `property` names this one. None: fails (or passes, where the cloud's
 * default is safe). One that may or may not be its companion: unknown.
 */
export const companion =
  (types: readonly string[], property: string, judge: Judge, none: "fail" | "pass" = "fail"): Judge =>
  (view, context) => {
    const wanted = types.map(shortName).join(" or ");
    const { sure, maybe } = context.graph.companions(view, types, property);
    const verdicts = sure.flatMap((one) => {
      const result = judge(one, context);
      return (Array.isArray(result) ? result : [result]) as readonly Verdict[];
    });
    if (sure.length > 0) {
      const verdict = worst(verdicts);
      return { ...verdict, path: join(wanted, verdict.path) };
    }
    if (maybe.length > 0) return unknown("", `a ${wanted} for it`);
    return none === "pass"
      ? { status: "pass", path: "", expected: `a ${wanted}, or the default` }
      : fail("", `a ${wanted} for it`);
  };
