// A stack's state file, in whichever form the CLI keeps it.

import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import zlib from "node:zlib";
import type { Deployment } from "./checkpoint";

/** Plain, and compressed by PULUMI_DIY_BACKEND_GZIP or PULUMI_DIY_BACKEND_ZSTD. */
const forms = ["", ".gz", ".zst"] as const;

/**
 * The file that counts: of a plain and a compressed one the latest, as for the CLI.
 * @param plain path of the plain one
 */
export function findStateFile(plain: string): string | undefined {
  const found = forms.map((form) => plain + form).filter((path) => existsSync(path));
  return found.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/**
 * A CLI that is killed may leave what it keeps beside a file (its type, its digest) cut short, and then no CLI opens the
 * file any more: "failed to load checkpoint: EOF". Without it, it does.
 * @param plain path of the plain state file
 */
export function dropTorn(plain: string): void {
  for (const file of forms.flatMap((form) => [plain + form, `${plain}${form}.bak`])) {
    const beside = `${file}.attrs`;
    if (existsSync(beside) && !isJson(readFileSync(beside, "utf8"))) rmSync(beside);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export interface StateFile {
  readonly version?: number;
  /** What a reader of its version has to know beyond it. */
  readonly features?: readonly string[];
  readonly checkpoint?: { readonly latest?: Deployment };
}

/**
 * What a state file holds, of whichever version.
 * @param plain path of the plain one
 * @returns undefined for a stack without one
 * @throws where zstd would be needed, before Node 22.15
 */
export function readStateFile(plain: string): StateFile | undefined {
  const path = findStateFile(plain);
  return path === undefined ? undefined : (JSON.parse(unpack(path).toString("utf8")) as StateFile);
}

function unpack(path: string): Buffer {
  const bytes = readFileSync(path);
  if (path.endsWith(".gz")) return zlib.gunzipSync(bytes);
  if (!path.endsWith(".zst")) return bytes;
  // since Node 22.15, and so not in the typings of 20
  const { zstdDecompressSync } = zlib as unknown as { readonly zstdDecompressSync?: (packed: Buffer) => Buffer };
  if (zstdDecompressSync === undefined)
    throw new Error(
      `${path}: state packed with zstd is read from Node 22.15 on; unset PULUMI_DIY_BACKEND_ZSTD and run the pulumi CLI once`,
    );
  return zstdDecompressSync(bytes);
}
