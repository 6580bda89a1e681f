// Which requirement is cited where, and which come later: docs/requirements.md is made from this, and a test holds it.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { later } from "./later";

export interface Requirement {
  readonly id: string;
  readonly priority: string;
  readonly title: string;
  /** Tests that cite it, and files that implement it, by path. */
  readonly tests: readonly string[];
  readonly files: readonly string[];
  /** Why it isn't there yet. */
  readonly later: string | undefined;
}

const root = join(__dirname, "..");
const skipped = new Set(["node_modules", ".git", "reference", "policies", ".rehearsal"]);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) && folder !== root ? [] : sources(path);
    return /\.(ts|mjs|cjs|yaml)$/.test(entry.name) ? [path] : [];
  });
}

const folders = ["components", "stacks", "policies", "rehearsal", "test", "docs"];

/** `BAK-01 to BAK-04` and `CDN-01..10` cite all between. */
export function cited(text: string): Set<string> {
  const found = new Set<string>();
  const pattern = /\b([A-Z][A-Z0-9]{1,5})-(\d{2})(?:\s*(?:to|\.\.\.?)\s*(?:\1-)?(\d{2}))?\b/g;
  for (const [, area = "", first = "", last = first] of text.matchAll(pattern))
    for (let number = Number(first); number <= Number(last); number++)
      found.add(`${area}-${String(number).padStart(2, "0")}`);
  return found;
}

/** Rows of the scoreboard are assertions (docs/scoreboard/scoreboard.test.ts), and so are rehearsals. */
const isTest = /\.test\.ts$|^docs\/scoreboard\/|^test\/rehearsals\//;

export function requirements(): Requirement[] {
  const files = folders
    .flatMap((folder) => sources(join(root, folder)))
    .map((path) => relative(root, path))
    .filter((path) => !/^docs\/(later|requirements)/.test(path))
    .sort()
    .map((path) => ({ path, ids: cited(readFileSync(join(root, path), "utf8")) }));
  const rows = readFileSync(join(__dirname, "requirements.tsv"), "utf8").trimEnd().split("\n").slice(1);
  return rows.map((row) => {
    const [id = "", priority = "", title = ""] = row.split("\t");
    const citing = files.filter(({ ids }) => ids.has(id)).map(({ path }) => path);
    const tests = citing.filter((path) => isTest.test(path));
    return { id, priority, title, tests, files: citing.filter((path) => !tests.includes(path)), later: later[id] };
  });
}
