import { accepted } from "./checking";
import { cascades, dependentReplacements } from "./dependents";
import { describe } from "./describe";
import type { Diff } from "./diff";
import type { Manager } from "./manager";
import type { Plan, Planned } from "./plan";
import { Bail, type RegisterRequest } from "./requests";
import type { State } from "./resource";
import { CreateStep, ReplaceStep } from "./steps/create";
import { DeleteStep } from "./steps/delete";
import type { Step } from "./steps/step";

/** Steps that put a new resource in the place of an old one: created first, or after the old one and all that need it. */
export async function replace(
  plan: Plan,
  planned: Planned,
  request: RegisterRequest,
  old: State,
  state: State,
  manager: Manager | undefined,
  diff: Diff,
): Promise<Step[]> {
  const { goal } = request;
  const { urn } = state;
  if (state.protect && old.protect) {
    const message = `unable to replace resource ${JSON.stringify(urn)}\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\``;
    plan.events.error(urn, message);
    planned.sawError = true;
    if (!plan.preview) throw new Bail(message);
  }
  if (goal.id !== "") {
    const what = diff.replaceKeys
      .map((k) => `${k}: ${describe(old.inputs[k])} => ${describe(state.inputs[k])}`)
      .join("\n");
    const message = `previously-imported resources that still specify an ID may not be replaced; please remove the \`import\` declaration from your program;\n${what}`;
    if (!plan.preview) throw new Error(message);
    plan.events.warning(urn, message);
  }
  planned.replaces.add(urn);
  if (manager && !plan.scope.replacing(urn, old)) {
    // Defaults that were carried over from the old resource are the new one's own to choose.
    const result = await manager.check(urn, undefined, goal.properties, plan.preview);
    if (!accepted(plan, state, result)) throw new Bail(`resource ${urn} has check errors`);
    state.inputs = result.inputs;
  }
  if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)) {
    return [
      new CreateStep(plan, request, state, { old, diff, pendingDelete: true }),
      new ReplaceStep(plan, old, state, diff),
    ];
  }
  const steps = await dependentDeletions(plan, planned, urn, old);
  plan.ensureProvider(old.provider);
  if (!old.pendingReplacement) {
    planned.deletes.add(old.urn);
    steps.push(new DeleteStep(plan, old, planned.deletes, "before"));
  }
  // The creation that follows belongs to the replacement: it isn't "deleted" for anyone but its dependents.
  return [
    ...steps,
    new ReplaceStep(plan, old, state, diff),
    new CreateStep(plan, request, state, { old, diff, pendingDelete: false }),
  ];
}

/** What goes ahead of `old`, because it can't be there without it. */
async function dependentDeletions(plan: Plan, planned: Planned, urn: string, old: State): Promise<Step[]> {
  const steps: Step[] = [];
  const dependents = plan.graph.contains(old) ? await dependentReplacements(plan, old, planned.seen()) : [];
  dependents.push(...cascades(plan, urn));
  for (const { state: dependent, keys } of dependents.reverse()) {
    if (planned.pendingDeletes.has(dependent)) continue;
    planned.dependentKeys.set(dependent.urn, keys);
    if (dependent.delete) steps.push(new DeleteStep(plan, dependent, planned.deletes));
    else {
      if (dependent.protect) {
        const message = `unable to replace resource ${JSON.stringify(dependent.urn)} as part of replacing ${JSON.stringify(urn)} as it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${dependent.urn}'\``;
        plan.events.error(dependent.urn, message);
        planned.sawError = true;
        throw new Bail(message);
      }
      steps.push(new DeleteStep(plan, dependent, planned.deletes, "before"));
    }
    planned.deletes.add(dependent.urn);
    planned.pendingDeletes.add(dependent);
  }
  return steps;
}
