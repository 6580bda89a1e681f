import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { Mistake } from "../cli/usage";

/** The `pulumi` of the PATH, if it answers; its path and version. */
export function findPulumi(env: NodeJS.ProcessEnv): { readonly path: string; readonly version: string } {
  const names = process.platform === "win32" ? ["pulumi.exe", "pulumi.cmd"] : ["pulumi"];
  const path = (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(executable);
  const remedy =
    "Install it (https://www.pulumi.com/docs/install/) or leave --engine out: the built-in one needs no CLI.";
  if (!path) throw new Mistake(`--engine pulumi: there is no \`pulumi\` on the PATH. ${remedy}`);
  const answer = spawnSync(path, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" },
    encoding: "utf8",
    timeout: 30_000,
  });
  const version = /v?\d+\.\d+\.\d+\S*/.exec(answer.stdout ?? "")?.[0];
  if (answer.status !== 0 || !version)
    throw new Mistake(
      `--engine pulumi: ${path} doesn't answer \`pulumi version\` (${answer.error?.message ?? answer.stderr.trim()}). ${remedy}`,
    );
  return { path, version };
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
