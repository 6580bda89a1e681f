// How a run goes on without what failed: what needs it stays as it is, and everybody is told.

import type { Executor } from "./executor";
import type { Plan } from "./plan";
import type { Planner } from "./planner";
import type { ReadRequest, RegisterRequest } from "./requests";
import { needs } from "./resource";
import type { Step } from "./steps/step";
import { parseReference } from "./urn";

export class Continuation {
  readonly #plan: Plan;
  readonly #planner: Planner;
  readonly #executor: Executor;

  constructor(workshop: { readonly plan: Plan; readonly planner: Planner; readonly executor: Executor }) {
    this.#plan = workshop.plan;
    this.#planner = workshop.planner;
    this.#executor = workshop.executor;
  }

  /** Leaves a resource out that needs what failed. @returns whether it does */
  leavesOut(request: RegisterRequest | ReadRequest): boolean {
    const asked = "goal" in request ? request.goal : { ...request, aliases: [], custom: true };
    const needed =
      "goal" in request
        ? needs(request.goal)
        : [request.parent, parseReference(request.provider).urn, ...request.dependencies];
    const root = this.#planner.planned.unmet.rootOf(needed);
    if (root === undefined) return false;
    const state = this.#planner.skip(asked);
    this.#tell(state.urn, root);
    request.done({ state, result: "skipped" });
    return true;
  }

  /** Takes steps, unless what they need has failed while they were planned. */
  take(steps: readonly Step[]): void {
    for (const { registration, res } of steps) {
      if (registration === undefined) continue;
      const root = this.#planner.planned.unmet.rootOf(needs(res));
      if (root === undefined) continue;
      this.#tell(res.urn, root);
      this.#planner.giveUp(steps);
      registration.done({ state: res, result: "skipped" });
      return;
    }
    void this.#executor.run(steps);
  }

  /** @param chain the step that failed, and those that were to follow it */
  fail(chain: readonly Step[]): void {
    this.#planner.giveUp(chain);
    for (const [i, { registration, res }] of chain.entries()) {
      if (i === 0 || registration !== undefined) this.#planner.planned.unmet.fail(res.urn);
      registration?.done({ state: res, result: "failed" });
    }
  }

  #tell(urn: string, root: string): void {
    this.#planner.planned.unmet.skip(urn, root);
    this.#plan.events.warning(urn, `skipped, because it depends on ${root}, which failed`);
  }
}
