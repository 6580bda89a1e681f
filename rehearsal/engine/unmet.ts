// What a run that goes on after a failure can't build on.

/** URNs of what failed, and of what wasn't begun because it needs that; each with the failure that it comes down to. */
export class Unmet {
  readonly #roots = new Map<string, string>();

  fail(urn: string): void {
    this.#roots.set(urn, urn);
  }

  skip(urn: string, root: string): void {
    this.#roots.set(urn, root);
  }

  has(urn: string): boolean {
    return this.#roots.has(urn);
  }

  /** The failed resource that the first unmet one of `urns` comes down to. */
  rootOf(urns: Iterable<string>): string | undefined {
    if (this.#roots.size === 0) return undefined;
    for (const urn of urns) {
      const root = this.#roots.get(urn);
      if (root !== undefined) return root;
    }
    return undefined;
  }
}
