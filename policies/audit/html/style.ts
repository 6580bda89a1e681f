// One sheet for screen and paper. Colour never says anything alone: every status is written out.
export const style = `
:root { --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --head: #f3f5f7;
  --fail: #a40e26; --unknown: #7d4e00; --waived: #5a32a3; --pass: #116329; --na: #57606a; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 2.5rem 4rem; max-width: 80rem; color: var(--ink); background: #fff;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .6rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.02rem; margin: 1.6rem 0 .3rem; }
p { margin: .4rem 0; max-width: 60rem; }
.soft { color: var(--soft); }
nav { margin: 1.2rem 0; } nav a { margin-right: 1.1rem; }
a { color: #0550ae; }
a:focus-visible { outline: 2px solid #0550ae; outline-offset: 2px; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.2rem; margin: 1rem 0; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
ul.counts { display: flex; flex-wrap: wrap; gap: .8rem; list-style: none; margin: 1.2rem 0; padding: 0; }
ul.counts li { border: 1px solid var(--line); border-top: 4px solid; border-radius: 4px; padding: .5rem 1rem .6rem; min-width: 8rem; }
ul.counts b { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.fail { color: var(--fail); } .unknown { color: var(--unknown); } .waived { color: var(--waived); }
.pass { color: var(--pass); } .not-applicable, .nothing, .manual, .inherited { color: var(--na); }
.tag { font-weight: 600; white-space: nowrap; }
table { width: 100%; border-collapse: collapse; margin: .6rem 0 1.2rem; font-size: .87rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem .4rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { background: var(--head); font-weight: 600; }
thead th { border-bottom: 2px solid var(--line); overflow-wrap: normal; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font: .92em/1.4 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
table.places { table-layout: fixed; }
table.controls { table-layout: fixed; }
table.controls th:nth-child(1) { width: 13%; } table.controls th:nth-child(2) { width: 13%; }
table.controls th:nth-child(4) { width: 17%; } table.controls th:nth-child(5) { width: 25%; }
table.beyond { table-layout: fixed; }
table.beyond th:nth-child(2) { width: 12%; } table.beyond th:nth-child(3) { width: 36%; }
table.places th:nth-child(-n + 2) { width: 34%; }
.narrow { width: 1%; white-space: nowrap; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media print {
  @page { size: A4; margin: 14mm 12mm 16mm; }
  body { padding: 0; max-width: none; font-size: 10pt; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3 { break-after: avoid; }
  tr, ul.counts, dl.facts { break-inside: avoid; }
  thead { display: table-header-group; }
  table { font-size: 8pt; }
  th, ul.counts li { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
