// Azure resource logs collected by one diagnostic setting or by several together.
import { diagnosticSetting } from "./diagnostics";
import { fail, pass, unknown } from "./judge";
import { folded, list } from "./read";
import type { Judge } from "./rule";

/** Stands in a wish for the category group `audit`, where Azure counts the category to it. */
export const auditGroup = "@audit";

/**
 * Every wish is met by one of its categories, in any of the resource's settings; the group `allLogs` meets all.
 * @param wishes each a list of categories, one of which is enough
 */
export const collected =
  (...wishes: readonly (readonly string[])[]): Judge =>
  (view, { graph }) => {
    const expected = `a DiagnosticSetting with ${wishes.map(([first]) => first).join(", ")} or the group allLogs`;
    const { sure, maybe } = graph.companions(view, [diagnosticSetting], "resourceUri");
    const logs = sure.map((setting) => list(setting.props, "logs"));
    const on = logs
      .flatMap((one) => (typeof one === "symbol" ? [] : one))
      .filter((one) => folded(one, "enabled") === "true");
    const had = new Set(
      on.flatMap((one) => {
        const group = folded(one, "categoryGroup");
        return group ? [`@${group}`] : [folded(one, "category")];
      }),
    );
    if (had.has("@alllogs") || wishes.every((wish) => wish.some((one) => had.has(one.toLowerCase()))))
      return pass("logs", expected);
    return maybe.length > 0 || logs.some((one) => typeof one === "symbol")
      ? unknown("logs", expected)
      : fail("logs", expected);
  };
