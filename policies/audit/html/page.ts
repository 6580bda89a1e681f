// The report as one page that needs nothing beside itself: no script, no asset, no network.
import { evidenceLine } from "../evidence";
import { type Report, statuses } from "../report";
import { controls } from "./controls";
import { html, Safe } from "./escape";
import { findings } from "./findings";
import { resources } from "./resources";
import { style } from "./style";
import { waivers } from "./waivers";
import { statusNames } from "./words";

/** Nothing may be loaded or run, whatever a stack's names hold. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function page(report: Report): string {
  const { source } = report;
  const title = `Audit of ${source.stack || "an empty stack"}${source.project ? ` (${source.project})` : ""}, ${report.at}`;
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Safe(policy)}">
<title>${title}</title>
<style>${new Safe(style)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${summary(report)}
</header>
<nav aria-label="Sections"><a href="#frameworks">Frameworks</a><a href="#findings">Findings</a><a href="#unknown">Unknown</a><a href="#waivers">Waivers</a><a href="#resources">Resources</a><a href="#controls">Controls</a></nav>
<main>
${frameworks(report)}
${findings(report)}
${waivers(report)}
${resources(report)}
${controls(report)}
</main>
<footer>
<p>Written by ${report.tool.name} ${report.tool.version}. The same input, date and pack give the same bytes; manifest.json has the checksum of this file.</p>
</footer>
</body>
</html>
`;
  return text;
}

function summary(report: Report): Safe {
  const { source, counts, baselines } = report;
  return html`<dl class="facts">
<dt>Baselines</dt><dd>${baselines.length > 0 ? baselines.join(", ") : "none: every rule, as hard as its environment"}</dd>
<dt>Environment</dt><dd>${report.environment}</dd>
<dt>Judged</dt><dd>${source.resources} resources in the ${source.kind} ${source.file}</dd>
<dt>SHA-256 of it</dt><dd><code>${source.sha256}</code></dd>
</dl>
<ul class="counts" aria-label="Results">${statuses.map(
    (status) => html`<li class="${status}"><b>${counts[status]}</b>${statusNames[status]}</li>`,
  )}</ul>
${report.notes.map((note) => html`<p class="soft">${note}</p>`)}`;
}

function frameworks({ frameworks: all, baselines }: Report): Safe {
  const none =
    baselines.length > 0
      ? "The chosen baselines answer to no framework."
      : "No baseline was chosen, so nothing is counted against a framework.";
  return html`<section id="frameworks"><h2>Coverage by framework</h2>
${
  all.length === 0
    ? html`<p>${none}</p>`
    : html`<p class="soft">Observable: a rule can look at it. Shown: this stack has resources that the rules looked at. All others are for people and providers to show.</p>
<table><thead><tr><th>Framework</th><th>Part</th><th class="number">Shown</th><th class="number">Observable</th><th class="number">Controls</th><th class="number">With a failure</th><th>Mapping</th></tr></thead>
<tbody>${all.map(
        (one) =>
          html`<tr><td>${one.name} ${one.version}</td><td>${one.part}</td><td class="number">${one.shown}</td><td class="number">${one.observable}</td><td class="number">${one.total}</td><td class="number">${one.controls.filter(({ status }) => status === "fail").length}</td><td>${one.reviewed ? "reviewed" : "not reviewed"}</td></tr>`,
      )}</tbody></table>
${all.map((one) => html`<p>${one.name}, ${one.part}: ${evidenceLine(one)}.</p>`)}`
}</section>`;
}
