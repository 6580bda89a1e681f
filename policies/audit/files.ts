// Everything that an audit writes, as names and contents: the same report gives the same bytes.
import { createHash } from "node:crypto";
import { controlsCsv, resultsCsv } from "./csv";
import { page } from "./html/page";
import type { Report } from "./report";
import { fullSarif, type Places, uploadSarif } from "./sarif";

export interface AuditFile {
  readonly name: string;
  readonly content: string;
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

export function auditFiles(report: Report, places: Places): readonly AuditFile[] {
  const files: readonly AuditFile[] = [
    { name: "report.html", content: page(report) },
    { name: "report.json", content: json(report) },
    { name: "results.csv", content: resultsCsv(report) },
    { name: "controls.csv", content: controlsCsv(report) },
    // for machines: indenting would double what code scanning measures
    { name: "full.sarif", content: `${JSON.stringify(fullSarif(report, places))}\n` },
    { name: "upload.sarif", content: `${JSON.stringify(uploadSarif(report, places))}\n` },
  ];
  return [...files, { name: "manifest.json", content: json(manifest(report, files)) }];
}

/** Which input gave which files, so that a change to either shows. `sha256sum` checks it. */
function manifest({ tool, at, source, baselines }: Report, files: readonly AuditFile[]): object {
  return {
    tool,
    at,
    baselines,
    source: { file: source.file, sha256: source.sha256 },
    files: files.map(({ name, content }) => ({
      name,
      bytes: Buffer.byteLength(content),
      sha256: createHash("sha256").update(content).digest("hex"),
    })),
  };
}
