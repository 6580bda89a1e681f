import type { Plan } from "./plan";
import { Bail } from "./requests";

/** URNs, and patterns of them: `*` is any text without a colon, `**` any text. */
export class Targets {
  readonly #literals: Set<string>;
  readonly #patterns: readonly RegExp[];

  /** @param given none: every URN */
  constructor(given: readonly string[] = []) {
    this.#literals = new Set(given.filter((one) => !one.includes("*")));
    this.#patterns = given.filter((one) => one.includes("*")).map(pattern);
  }

  /** Whether some URN may not be among them. */
  get constrained(): boolean {
    return this.#literals.size > 0 || this.#patterns.length > 0;
  }

  has(urn: string): boolean {
    return !this.constrained || this.#literals.has(urn) || this.#patterns.some((one) => one.test(urn));
  }

  /** One more, unless they are all. */
  add(urn: string): void {
    if (this.constrained) this.#literals.add(urn);
  }

  /** Named in full, and nowhere to be found. A pattern may well match nothing. */
  strangers(known: (urn: string) => boolean): string[] {
    return [...this.#literals].filter((urn) => !known(urn));
  }
}

function pattern(text: string): RegExp {
  const literal = (part: string) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const within = (part: string) => part.split("*").map(literal).join("[^:]*");
  return new RegExp(`^${text.split("**").map(within).join(".*")}$`);
}

/** Tells what was named and neither the state nor the program has. @returns whether there is nothing of that */
export function allFound({ events, previous }: Plan, targets: Targets, registered?: ReadonlySet<string>): boolean {
  const known = new Set(previous.map(({ urn }) => urn));
  const strangers = targets.strangers((urn) => known.has(urn) || registered?.has(urn) === true);
  for (const urn of strangers) {
    // A shell takes "$toy" within double quotes for a variable of its own.
    const hint = urn.includes("$") ? "" : " Did you forget to escape $ in your shell?";
    events.error("", `Target '${urn}' could not be found in the stack.${hint}`);
  }
  return strangers.length === 0;
}

/** Ends the run if something was named that the state doesn't have. */
export function requireFound(plan: Plan, targets: Targets): void {
  if (!allFound(plan, targets)) throw new Bail("one or more targets could not be found in the stack");
}
