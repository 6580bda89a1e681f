import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Mistake } from "./usage";

/** A rehearsal's folder: the simulated account, Pulumi's state, and a passphrase of its own. */
export interface Stage {
  readonly folder: string;
  /** Folder of Pulumi's file backend. */
  readonly backend: string;
  /** Stacks of a project that have state here. */
  stacks(project: string): string[];
  passphrase(env: Readonly<Record<string, string | undefined>>): string;
  /** The file with the stage's own passphrase; undefined where the user has one. */
  passphraseFile(env: Readonly<Record<string, string | undefined>>): string | undefined;
}

export function openStage(folder: string): Stage {
  const backend = join(folder, "backend");
  try {
    mkdirSync(backend, { recursive: true });
    // a stage may stand anywhere, and never belongs into a repository
    const ignore = join(folder, ".gitignore");
    if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  } catch (error) {
    throw new Mistake(`The stage ${folder} can't be made: ${(error as Error).message}. --stage names another folder.`);
  }
  return {
    folder,
    backend,
    stacks(project) {
      const stacks = join(backend, ".pulumi", "stacks", project);
      return existsSync(stacks)
        ? readdirSync(stacks).flatMap((name) => /^(.+)\.json(?:\.gz|\.zst)?$/.exec(name)?.[1] ?? [])
        : [];
    },
    passphrase: (env) => passphrase(folder, env),
    passphraseFile: (env) =>
      env["PULUMI_CONFIG_PASSPHRASE"] === undefined && !env["PULUMI_CONFIG_PASSPHRASE_FILE"]
        ? ownFile(folder)
        : undefined,
  };
}

/** The user's passphrase as Pulumi takes it, else the stage's own: made once, readable by its owner alone. */
function passphrase(folder: string, env: Readonly<Record<string, string | undefined>>): string {
  if (env["PULUMI_CONFIG_PASSPHRASE"] !== undefined) return env["PULUMI_CONFIG_PASSPHRASE"];
  const file = env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (file) {
    if (!existsSync(file)) throw new Mistake(`PULUMI_CONFIG_PASSPHRASE_FILE names ${file}, which doesn't exist.`);
    return readFileSync(file, "utf8").trim();
  }
  return readFileSync(ownFile(folder), "utf8").trim();
}

function ownFile(folder: string): string {
  const own = join(folder, "passphrase");
  if (!existsSync(own)) writeFileSync(own, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  return own;
}
