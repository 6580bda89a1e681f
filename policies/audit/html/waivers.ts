// Who lets what go unanswered, and until when.
import type { Report } from "../report";
import { html, type Safe } from "./escape";

export function waivers({ waivers: all, complaints }: Report): Safe {
  return html`<section id="waivers"><h2>Waivers</h2>
<p class="soft">A waived finding is open and accepted for a time. It counts as no pass.</p>
${complaints.map(({ kind, text }) => html`<p><b class="${kind === "expired" ? "fail" : "unknown"}">${kind === "expired" ? "Error" : "Warning"}:</b> ${text}</p>`)}
${
  all.length === 0
    ? html`<p>There are none.</p>`
    : html`<table><thead><tr><th>Rule</th><th>Resources</th><th>Reason</th><th>Owner</th><th>Ticket</th><th>Until</th><th>State</th><th class="number">Findings</th></tr></thead>
<tbody>${all.map(
        (one) =>
          html`<tr><td><code>${one.rule}</code></td><td><code>${one.urn}</code></td><td>${one.reason}${one.compensatingControl ? html`<br><span class="soft">Meanwhile: ${one.compensatingControl}</span>` : ""}</td><td>${one.owner}${one.approver ? html`<br><span class="soft">approved by ${one.approver}</span>` : ""}</td><td>${one.ticket}</td><td class="narrow">${one.expires}</td><td>${one.state}</td><td class="number">${one.findings}</td></tr>`,
      )}</tbody></table>`
}</section>`;
}
