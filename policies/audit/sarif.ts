// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) in two forms: the whole result, with passes
// and suppressions, and one for upload to code scanning, which shows whatever it is given as open, so it gets open failures
// alone and no more than it takes.
import { createHash } from "node:crypto";
import { entryOf, type Severity } from "../catalogue";
import type { Report, Row } from "./report";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/** GitHub keeps the 5,000 gravest results of a run, and ten tags a rule.
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
const uploadResults = 5000;
const uploadTags = 10;

/** Lower bounds of code scanning's own classes are 9, 7, 4 and 0. */
const securitySeverity: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
};
const levels = { mandatory: "error", advisory: "warning", remediate: "error", disabled: "none" } as const;
const kinds = {
  fail: "fail",
  waived: "fail",
  unknown: "open",
  pass: "pass",
  "not-applicable": "notApplicable",
} as const;

export interface Places {
  /** Where a resource is made, by URN: `project:///index.ts#12,3`. */
  readonly positions: ReadonlyMap<string, string>;
  /** File that stands for the program where a position isn't known, relative to the repository. */
  readonly program: string;
}

export const fullSarif = (report: Report, places: Places): object => sarif(report, report.rows, places, Infinity);

export function uploadSarif(report: Report, places: Places): object {
  const open = report.rows.filter(({ status }) => status === "fail");
  return sarif(report, open.slice(0, uploadResults), places, uploadTags);
}

function sarif(report: Report, rows: readonly Row[], places: Places, mostTags: number): object {
  const ids = [...new Set(rows.map(({ rule }) => rule))].sort();
  const index = new Map(ids.map((id, position) => [id, position]));
  const { stack, project } = report.source;
  return {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            semanticVersion: report.tool.version,
            rules: ids.map((id) => descriptor(id, mostTags)),
          },
        },
        automationDetails: {
          id: `${[report.tool.name, project, stack, ...report.baselines].filter(Boolean).join("/")}/`,
        },
        invocations: [{ executionSuccessful: true, endTimeUtc: `${report.at}T00:00:00.000Z` }],
        columnKind: "utf16CodeUnits",
        results: rows.map((row) => result(row, index.get(row.rule) ?? -1, places)),
        properties: { notes: report.notes, counts: report.counts },
      },
    ],
  };
}

function descriptor(id: string, mostTags: number): object {
  const { title, why, severity, remedy, controls } = entryOf(id);
  const fixes = Object.entries(remedy);
  const all = ["security", ...controls.flatMap(({ framework, ids }) => ids.map((one) => `${framework}:${one}`))];
  return {
    id,
    name: id.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: {
      text: fixes.map(([cloud, fix]) => `${cloud}: ${fix}`).join("\n") || why,
      markdown: fixes.map(([cloud, fix]) => `- **${cloud}**: ${fix}`).join("\n") || why,
    },
    defaultConfiguration: { level: severity === "critical" || severity === "high" ? "error" : "warning" },
    properties: { tags: [...new Set(all)].slice(0, mostTags), "security-severity": securitySeverity[severity] },
  };
}

function result(row: Row, ruleIndex: number, places: Places): object {
  const { waiver, status } = row;
  const at = row.path ? ` (${row.path})` : "";
  return {
    ruleId: row.rule,
    ruleIndex,
    kind: kinds[status],
    level: kinds[status] === "fail" ? levels[row.level] : "none",
    message: { text: `${row.name}${at}: ${row.title}.${row.expected ? ` Expected: ${row.expected}.` : ""}` },
    locations: [
      {
        physicalLocation: physical(row.urn, places),
        logicalLocations: [{ name: row.name, fullyQualifiedName: row.urn, kind: "resource" }],
      },
    ],
    partialFingerprints: { "trifold/v1": fingerprint(row) },
    ...(waiver
      ? {
          suppressions: [
            {
              kind: "external",
              status: "accepted",
              justification: `${waiver.reason} (${waiver.ticket}, ${waiver.owner}, until ${waiver.expires})`,
            },
          ],
        }
      : {}),
    properties: { status, type: row.type, path: row.path, controls: row.controls },
  };
}

/** The same finding keeps it from run to run, wherever its program's lines move. */
const fingerprint = ({ rule, urn, path, expected }: Row): string =>
  createHash("sha256").update([rule, urn, path, expected].join("\n")).digest("hex").slice(0, 32);

/** Only files inside the project count: a path that leaves it names a machine. */
function physical(urn: string, { positions, program }: Places): object {
  const [, file, line, column] = /^project:\/\/\/([^#]+)(?:#(\d+)(?:,(\d+))?)?$/.exec(positions.get(urn) ?? "") ?? [];
  const isInside = file !== undefined && !file.split("/").includes("..");
  const region = isInside && line ? { startLine: Math.max(1, Number(line)) } : { startLine: 1 };
  const startColumn = isInside && column && Number(column) > 0 ? { startColumn: Number(column) } : {};
  return {
    artifactLocation: { uri: encodeURI(isInside ? file : program) },
    region: { ...region, ...startColumn },
  };
}
