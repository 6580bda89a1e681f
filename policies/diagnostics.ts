// Azure diagnostic settings: a separate resource that names what it watches by `resourceUri`.
import { companion } from "./companion";
import { fail, pass, unknown } from "./judge";
import { folded, list } from "./read";
import type { Judge } from "./rule";
import { token } from "./tokens";

export const diagnosticSetting = token("azure", "monitor.DiagnosticSetting");

/** A setting that collects all these categories, by name or through a group that holds them. */
export const logsCategory =
  (categories: readonly string[]): Judge =>
  (view) => {
    const expected = `enabled: ${categories.join(", ")} or the group allLogs`;
    const logs = list(view.props, "logs");
    if (typeof logs === "symbol") return unknown("logs", expected);
    const on = logs.filter((one) => folded(one, "enabled") === "true");
    const grouped = on.some((one) => ["alllogs", "audit"].includes(folded(one, "categoryGroup")));
    const named = categories.every((name) => on.some((one) => folded(one, "category") === name.toLowerCase()));
    return grouped || named ? pass("logs", expected) : fail("logs", expected);
  };

export const diagnosticsOf = (judge: Judge): Judge => companion([diagnosticSetting], "resourceUri", judge);
