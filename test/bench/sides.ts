// What one side of a measurement runs, in a process of its own: node --import=tsx sides.ts engine <resources> | mocks <stack>
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startClouds } from "../../rehearsal/clouds";
import { cloud } from "../../rehearsal/engine/property/cloud";
import { type Script, scripted } from "../../rehearsal/engine/testing/script";
import { ScriptStack } from "../../rehearsal/engine/testing/script-stack";
import { deploy } from "../../stacks/platform";
import { readSettings } from "../../stacks/settings";
import { record } from "../recorder";
import { asPulumiReads, stackFile } from "../stack-file";

/** As in programs.ts: wide and deep enough to be a graph; no program runs beside the engine. */
async function engine(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-engine-"));
  const clouds = await startClouds({ stage: join(folder, "stage"), packages: [cloud], environment: {} });
  const script: Script = Array.from({ length: count }, (_, i) => {
    const before = i - Math.ceil(count / 10);
    const links = before < 0 ? {} : { links: [{ $ref: `t${before}` }] };
    return { key: `t${i}`, type: "toy:index:Thing", inputs: { size: i, ...links } };
  });
  try {
    const stack = new ScriptStack(join(folder, "state"));
    const { status, errors } = await stack.run({ operation: "up", program: scripted(script), dial: clouds.dial });
    if (status !== "succeeded") throw new Error(errors.join("\n"));
  } finally {
    await clouds.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program alone: every registration is answered at once, from the same rows, by nobody who plans or keeps anything. */
async function mocks(stack: string): Promise<void> {
  const { namespace, values } = asPulumiReads(stackFile(stack));
  const config = Object.fromEntries(Object.entries(values).map(([key, value]) => [`${namespace}:${key}`, value]));
  await record(() => deploy(readSettings()), { stack, config: { ...config, "trifold:cloud": "aws" } as never });
}

const [side = "", what = ""] = process.argv.slice(2);
(side === "engine" ? engine(Number(what)) : mocks(what)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
