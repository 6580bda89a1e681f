// The program and the pack on the real CLI and on the built-in engine: the same steps, findings and state.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/events";
import type { Cloud } from "../../components/cloud";
import { defaultRegion } from "../../components/regions";
import { startClouds } from "../../rehearsal/clouds";
import type { EngineOptions } from "../../rehearsal/engine/api";
import { stackFile } from "../stack-file";
import { Stage } from "../stage";
import { type Json, Names, sortedEvents, sortedState } from "./normal";
import { opened } from "./opened";

const now = new Date("2026-01-01T00:00:00Z");
const setting = (key: string, change: object, stack: string): Record<string, string> => {
  const { config } = stackFile(stack) as { readonly config: Readonly<Record<string, object | undefined>> };
  return { [key]: JSON.stringify({ ...config[key], ...change }) };
};

interface Step {
  readonly operation: EngineOptions["operation"];
  /** Settings for itself and what follows. */
  readonly config?: object;
  /** Without the pack, which refuses to unprotect staging and production. */
  readonly unguarded?: boolean;
}

const life = (stack: string): readonly Step[] => [
  { operation: "preview" },
  { operation: "up" },
  { operation: "up", config: setting("trifold:database", { slowQueryMs: 321 }, stack) },
  { operation: "refresh" },
  { operation: "up", config: setting("trifold:safeguards", { deletionProtection: false }, stack), unguarded: true },
  { operation: "destroy" },
];

/** What the program reads off the clock, and addresses that go to whoever comes first. */
const chance = (key: string, value: unknown): unknown =>
  key === "expires" || key === "ipAddresses" ? `<${key}>` : value;

const typeIn = ({ resourcePreEvent, resOutputsEvent }: EngineEvent): string =>
  (resourcePreEvent ?? resOutputsEvent)?.metadata.type ?? "";

/** Settings on top of the stack file, and what they make of it. */
export interface Variant {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
  /** The pack refuses it in a preview; what follows is without the pack. */
  readonly refused?: boolean;
}

/** Each step's events and state, one text each. */
async function live(
  stage: Stage,
  stack: string,
  config: Record<string, string>,
  refused: boolean,
): Promise<(readonly string[])[]> {
  const [names, told] = [new Names(stage.folder), [] as (readonly string[])[]];
  let settings = config;
  for (const [i, { operation, config: more, unguarded }] of life(stack).entries()) {
    settings = { ...settings, ...more };
    const guards = unguarded || (refused && i > 0) ? { policyPacks: [] } : {};
    const { status, events, errors } = await stage.run(operation, stack, { config: settings, ...guards });
    assert.equal(status, refused && i === 0 ? "violated" : "succeeded", errors.join("\n"));
    // by type, since things of several types share a name and come in any order
    names.learn(events.toSorted((a, b) => (typeIn(a) < typeIn(b) ? -1 : typeIn(a) > typeIn(b) ? 1 : 0)));
    const still = (value: unknown) => names.put(JSON.parse(JSON.stringify(value), chance) as Json);
    const state = sortedState(still(await opened(stage.exported(stack), stage.passphrase)));
    const { resources = [], ...rest } = (state ?? {}) as { readonly resources?: readonly Json[] };
    const lines = [...(sortedEvents(still(events)) as readonly Json[]), ...resources, rest];
    told.push(lines.map((line) => JSON.stringify(line)));
  }
  return told;
}

/** A shipped stack on a cloud through a life on both engines. Wants a CLI on the PATH. */
export function agreeOn(stack: string, cloud: Cloud, more?: Variant): void {
  describe(`${stack} on ${cloud}${more ? ` ${more.name}` : ""}, on the CLI and on the built-in engine`, () => {
    it("takes the same steps, with the same findings, to the same state", async function () {
      this.timeout("1h");
      const folder = mkdtempSync(join(tmpdir(), "account-"));
      // One account's secret behind the random names of both.
      await (await startClouds({ stage: folder })).stop();
      const place = { "trifold:cloud": cloud, "trifold:region": defaultRegion[cloud], ...more?.config };
      const told: Record<string, (readonly string[])[]> = {};
      for (const engine of ["pulumi", "built-in"]) {
        const stage = new Stage(engine, { account: join(folder, "account.json"), now });
        told[engine] = await live(stage, stack, place, more?.refused ?? false).finally(() => stage.close());
      }
      rmSync(folder, { recursive: true });
      told["pulumi"]!.forEach((theirs, i) => {
        const ours = told["built-in"]![i]!;
        const [both, known] = [new Set(ours), new Set(theirs)];
        const [missing, extra] = [theirs.filter((one) => !both.has(one)), ours.filter((one) => !known.has(one))];
        assert.deepEqual(extra.slice(0, 3), missing.slice(0, 3), `step ${i + 1}: ${missing.length} differ`);
        assert.equal(ours.length, theirs.length);
      });
    });
  });
}
