// Every resource that was looked at, those that no rule speaks of among them: the population of the evidence.
import { type Report, statuses } from "../report";
import { html, type Safe } from "./escape";
import { statusNames } from "./words";

export function resources({ resources: all }: Report): Safe {
  const silent = all.filter(({ counts }) => statuses.every((status) => counts[status] === 0)).length;
  return html`<section id="resources"><h2>Resources</h2>
<p class="soft">All ${all.length}; no rule speaks of ${silent} of them. Numbers are rules on properties; results.csv has each one.</p>
<table><thead><tr><th>Resource</th><th>Type</th>${statuses.map((status) => html`<th class="number">${statusNames[status]}</th>`)}</tr></thead>
<tbody>${all.map(
    ({ name, type, counts }) =>
      html`<tr><td>${name}</td><td><code>${type}</code></td>${statuses.map(
        (status) => html`<td class="number${counts[status] > 0 ? ` ${status}` : ""}">${counts[status]}</td>`,
      )}</tr>`,
  )}</tbody></table></section>`;
}
