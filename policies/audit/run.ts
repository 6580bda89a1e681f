// `audit FILE`: read, judge, write, and say what was found.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defaultWaivers } from "../adapters/waiving";
import { version } from "../package.json";
import { readWaivers, type Waiver } from "../waivers/schema";
import type { AuditArguments } from "./arguments";
import { auditFiles } from "./files";
import { judge } from "./judged";
import { type Report, reportOf } from "./report";
import { type Paint, summary } from "./summary";
import { exitCodes, Mistake } from "./usage";

export interface Output {
  readonly out: (text: string) => void;
  readonly paint: Paint;
}

export function audit(given: AuditArguments, { out, paint }: Output): number {
  const content = given.file === "-" ? readText(0, "standard input") : readText(given.file, given.file);
  const config = given.config === undefined ? {} : readConfig(given.config);
  const waivers = waiversOf(given);
  const file = given.file === "-" ? "standard input" : basename(given.file);
  let judged: ReturnType<typeof judge>;
  try {
    judged = judge({ ...given, file, content, config });
  } catch (error) {
    throw new Mistake(`${given.file === "-" ? file : given.file}: ${(error as Error).message}`);
  }
  const report = reportOf(judged, waivers, { name: "trifold", version });
  out(summary(report, paint));
  if (given.out !== undefined) {
    const { positions } = judged.stack;
    write(given.out, report, { positions, program: given.program });
    out(`Written to ${given.out}: report.html and its data\n`);
  }
  return exitCode(report);
}

/** Waived findings leave the code alone; what can't be judged counts where it is asked to. */
export function exitCode({ counts, complaints, unknownPolicy }: Report): number {
  const open = counts.fail + (unknownPolicy === "mandatory" ? counts.unknown : 0);
  return open > 0 || complaints.some(({ kind }) => kind === "expired") ? exitCodes.findings : exitCodes.clean;
}

function waiversOf({ waivers, at }: AuditArguments): readonly Waiver[] {
  if (waivers === undefined && !existsSync(defaultWaivers)) return [];
  return readWaivers(waivers ?? defaultWaivers, at);
}

function readText(path: string | number, name: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : `it can't be read (${code})`;
    throw new Mistake(`${name}: ${why}.`);
  }
}

function readConfig(path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(readText(path, path));
  } catch (error) {
    if (error instanceof Mistake) throw error;
    throw new Mistake(`${path}: this is no JSON.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Mistake(`${path}: a JSON object of levels by rule is expected.`);
}

function write(folder: string, report: Report, places: Parameters<typeof auditFiles>[1]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, content } of auditFiles(report, places)) writeFileSync(join(folder, name), content);
  } catch (error) {
    throw new Mistake(
      `--out ${folder}: it can't be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
    );
  }
}
