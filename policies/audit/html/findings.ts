// What is open, rule by rule: what it is, why, how to put it right, where.
import { entryOf } from "../../catalogue";
import { frameworks } from "../../catalogue/controls";
import { cloudOf } from "../../tokens";
import type { Report, Row } from "../report";
import { html, type Safe } from "./escape";
import { platformNames } from "./words";

export function findings({ rows }: Report): Safe {
  const failed = rows.filter(({ status }) => status === "fail");
  const unknown = rows.filter(({ status }) => status === "unknown");
  return html`<section id="findings"><h2>Findings</h2>
${failed.length === 0 ? html`<p>No rule failed.</p>` : byRule(failed)}</section>
<section id="unknown"><h2>Unknown</h2>
<p class="soft">What couldn't be judged: a preview doesn't know it yet, or there is only ciphertext. It counts as no pass.</p>
${unknown.length === 0 ? html`<p>Everything could be judged.</p>` : byRule(unknown)}</section>`;
}

function byRule(rows: readonly Row[]): readonly Safe[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.rule, [...(groups.get(row.rule) ?? []), row]);
  return [...groups].map(([rule, own]) => group(rule, own));
}

function group(rule: string, rows: readonly Row[]): Safe {
  const { title, severity, why, remedy, controls } = entryOf(rule);
  const clouds = [...new Set(rows.map(({ type }) => cloudOf(type)))];
  const fixes = clouds.flatMap((cloud) => (cloud && remedy[cloud] ? [[cloud, remedy[cloud]] as const] : []));
  const [first] = rows;
  return html`<h3>${title} <span class="soft">(${severity}, ${first?.level ?? ""}; <code>${rule}</code>)</span></h3>
<p>${why}</p>
${fixes.map(([cloud, fix]) => html`<p><b>On ${platformNames[cloud]}:</b> ${fix}</p>`)}
<p class="soft">Controls: ${controls
    .filter(({ ids }) => ids.length > 0)
    .map(({ framework, ids }) => `${frameworks[framework].name} ${frameworks[framework].version}: ${ids.join(", ")}`)
    .join("; ")}</p>
<table class="places"><thead><tr><th>Resource</th><th>Property</th><th>Expected</th></tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><td>${row.name}<br><code class="soft">${row.type}</code></td><td><code>${row.path || "-"}</code></td><td>${row.expected || "-"}</td></tr>`,
  )}</tbody></table>`;
}
