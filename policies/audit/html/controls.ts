// Every control of the chosen frameworks, whoever shows it.
import type { ControlEvidence, FrameworkEvidence } from "../evidence";
import { type Report, statuses } from "../report";
import { html, type Safe } from "./escape";
import { statusNames, tag } from "./words";

export function controls({ frameworks }: Report): Safe {
  return html`<section id="controls"><h2>Controls</h2>
${frameworks.length === 0 ? html`<p>No framework was chosen.</p>` : frameworks.map(framework)}</section>`;
}

function framework({ name, version, part, controls: all }: FrameworkEvidence): Safe {
  const observable = all.filter(({ kind }) => kind === "observable");
  const others = all.filter(({ kind }) => kind !== "observable");
  return html`<h3>${name} ${version}, ${part}</h3>
<table class="controls"><caption>Observable in code</caption><thead><tr><th>Control</th><th>This stack</th><th>Rules</th><th>Results</th><th>Beside the code</th></tr></thead>
<tbody>${observable.map(row)}</tbody></table>
<table class="beyond"><caption>Not in code</caption><thead><tr><th>Controls</th><th>Who shows it</th><th>Evidence</th></tr></thead>
<tbody>${grouped(others).map(
    ([ids, { status, evidence }]) =>
      html`<tr><td>${ids.join(" ")}</td><td>${tag(status)}</td><td>${evidence}</td></tr>`,
  )}</tbody></table>`;
}

const row = ({ id, status, rules, counts, evidence }: ControlEvidence): Safe =>
  html`<tr><td>${id}</td><td>${tag(status)}</td><td>${rules.join(", ") || "none in the pack"}</td><td>${numbers(counts)}</td><td>${evidence}</td></tr>`;

const numbers = (counts: ControlEvidence["counts"]): string =>
  statuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${statusNames[status]}`)
    .join(", ") || "none";

/** Controls that the same people show with the same evidence share a row. */
function grouped(all: readonly ControlEvidence[]): readonly (readonly [readonly string[], ControlEvidence])[] {
  const groups = new Map<string, ControlEvidence[]>();
  for (const one of all) groups.set(one.evidence, [...(groups.get(one.evidence) ?? []), one]);
  return [...groups.values()].flatMap((own) => (own[0] ? [[own.map(({ id }) => id), own[0]] as const] : []));
}
