import { needs, type State } from "./resource";

/** The same states, each behind what it needs; where they are so already they stay as they are. */
export function behindNeeds(states: readonly State[]): State[] {
  const living = new Map(states.filter((state) => !state.delete).map((state) => [state.urn, state]));
  const [seen, before] = [new Set<State>(), new Set<string>()];
  const listed: State[] = [];
  const list = (state: State): void => {
    if (seen.has(state)) return;
    seen.add(state);
    for (const urn of needs(state)) {
      const needed = before.has(urn) ? undefined : living.get(urn);
      if (needed) list(needed);
    }
    before.add(state.urn);
    listed.push(state);
  };
  for (const state of states) list(state);
  return listed;
}
