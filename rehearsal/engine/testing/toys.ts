import assert from "node:assert/strict";
import type { EngineOptions } from "../api";
import { type Cloud, startCloud } from "./cloud";
import { type Outcome, type Workspace, workspace } from "./workspace";

export interface Toys extends Workspace {
  readonly cloud: Cloud;
  /** Previews a program, deploys it as foreseen, deploys it again for nothing, and finds nothing in a refresh. */
  settles(program: () => unknown, options?: Partial<EngineOptions>): Promise<Outcome>;
  /** Nothing pending, every URN once, and everything after what it needs. */
  sound(): void;
  /** Destroys the stack: nothing is left in the state. */
  ends(): Promise<Outcome>;
  /** A resource of the state file, by its logical name. */
  resource(name: string): Readonly<Record<string, unknown>>;
}

/** A fresh cloud, and a stack in a folder of its own, for each test of the suite that calls this. */
export function toys(): Toys {
  const current = {} as Toys;
  beforeEach(async () => {
    const cloud = await startCloud();
    const place = workspace(cloud);
    Object.assign(current, place, { cloud, ...lifecycle(place) });
  });
  afterEach(() => {
    current.cloud.stop();
    current.remove();
  });
  return current;
}

function lifecycle(place: Workspace): Pick<Toys, "settles" | "sound" | "ends" | "resource"> {
  return {
    sound: () => sound(place),
    async settles(program, options = {}) {
      place.program(program);
      const preview = await place.run("preview", options);
      assert.deepEqual(preview.errors, []);
      const up = await place.run("up", options);
      assert.deepEqual(up.errors, []);
      assert.equal(up.status, "succeeded");
      assert.deepEqual(preview.changes, up.changes);
      assert.deepEqual(preview.steps.toSorted(), up.steps.toSorted());
      sound(place);
      const again = await place.run("up", options);
      assert.deepEqual(Object.keys(again.changes), ["same"], again.steps.join());
      const refresh = await place.run("refresh", options);
      assert.deepEqual(Object.keys(refresh.changes), ["same"], refresh.steps.join());
      sound(place);
      return up;
    },
    async ends() {
      const destroy = await place.run("destroy");
      assert.deepEqual(destroy.errors, []);
      assert.equal(destroy.status, "succeeded");
      assert.deepEqual(place.state().resources ?? [], []);
      return destroy;
    },
    resource(name) {
      const found = (place.state().resources ?? []).filter(({ urn }) => urn.endsWith(`::${name}`));
      assert.equal(found.length, 1, `${found.length} resources are called ${name}`);
      return found[0] ?? {};
    },
  };
}

function sound(place: Workspace): void {
  const { resources = [], pending_operations = [] } = place.state();
  assert.deepEqual(pending_operations, []);
  const before = new Set<string>();
  for (const { urn, parent = "", provider = "", dependencies = [], ...rest } of resources as readonly State[]) {
    assert.ok(!before.has(urn), `${urn} is there twice`);
    assert.equal(rest.delete, undefined, `${urn} waits for its deletion`);
    for (const needed of [parent, provider.split("::").slice(0, 4).join("::"), ...dependencies]) {
      assert.ok(needed === "" || before.has(needed), `${urn} comes before ${needed}`);
    }
    before.add(urn);
  }
}

interface State {
  readonly urn: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly delete?: boolean;
}
