// What an engine tells of a scenario, freed of what is another each time: times, random ids, paths, and the order that
// parallel steps come in.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/events";
import { Digest } from "../../rehearsal/display/digest";
import { exportStack } from "../../rehearsal/engine";
import { startCloud } from "../../rehearsal/engine/testing/cloud";
import type { Ran, RunStack } from "../engines";
import { root } from "../stack-file";
import { type Json, Names, sortedEvents, sortedState } from "./normal";
import { opened } from "./opened";
import { preamble, type Scenario } from "./scenarios";

/** One step of a scenario. */
export interface Told {
  readonly operation: string;
  readonly status: string;
  readonly events: Json;
  /** Of a preview, as `--json` prints it. */
  readonly digest?: Json;
  readonly state: Json;
}

const passphrase = "a passphrase of the tests";

/** Runs the scenario in a folder of its own, on a cloud of its own. */
export async function tell(scenario: Scenario, run: RunStack): Promise<readonly Told[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "agreement-")));
  const cloud = await startCloud();
  try {
    const packs = lay(folder, scenario);
    const names = new Names(folder);
    const told: Told[] = [];
    for (const { operation, program, meanwhile, given } of scenario.steps) {
      if (program !== undefined) writeFileSync(join(folder, "index.js"), preamble + program);
      meanwhile?.(cloud);
      const [events, digest] = [[] as EngineEvent[], new Digest()];
      const result: Ran = await run(
        {
          ...{ operation, cwd: folder, stack: "dev", backend: join(folder, "state"), passphrase },
          policyPacks: operation === "preview" || operation === "up" ? packs : [],
          providers: { toy: cloud.port },
          ...given,
          onEvent: (event) => {
            digest.take(event);
            events.push(event);
          },
        },
        { folder, project: "toy" },
      );
      const planned = operation === "preview" ? (JSON.parse(result.digest ?? digest.text()) as Json) : undefined;
      const state = await opened(exportStack(join(folder, "state"), "toy", "dev"), passphrase);
      names.learn(events);
      told.push({
        operation,
        status: result.status,
        events: sortedEvents(names.put(events as unknown as Json)),
        ...(planned === undefined ? {} : { digest: sortedEvents(names.put(planned)) }),
        state: sortedState(names.put(state)),
      });
    }
    return told;
  } finally {
    cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The project, and its policy packs. */
function lay(folder: string, { config = [], pack }: Scenario): { readonly path: string }[] {
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  put("package.json", JSON.stringify({ name: "toy", main: "index.js" }));
  put("Pulumi.yaml", "name: toy\nruntime:\n  name: nodejs\n  options: { typescript: false }\n");
  put(
    "Pulumi.dev.yaml",
    config.length === 0 ? "config: {}\n" : `config:\n${config.map((line) => `  ${line}\n`).join("")}`,
  );
  if (pack === undefined) return [];
  mkdirSync(join(folder, "pack"));
  put("pack/package.json", JSON.stringify({ name: "rules", version: "1.2.3", main: "index.js" }));
  put("pack/PulumiPolicy.yaml", "runtime:\n  name: nodejs\n  options: { typescript: false }\n");
  put("pack/index.js", `const { PolicyPack } = require("@pulumi/policy");\n${pack}`);
  return [{ path: join(folder, "pack") }];
}
