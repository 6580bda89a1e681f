import type { Events } from "./events";

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

/** Tells what was named and isn't there. @returns whether all of it is */
export function allFound(events: Events, targets: Targets, known: (urn: string) => boolean): boolean {
  const strangers = targets.strangers(known);
  for (const urn of strangers) {
    // A shell takes "$toy" within double quotes for a variable of its own.
    const hint = urn.includes("$") ? "" : " Did you forget to escape $ in your shell?";
    events.error("", `Target '${urn}' could not be found in the stack.${hint}`);
  }
  return strangers.length === 0;
}
