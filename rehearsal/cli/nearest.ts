/** Edits (insert, delete, replace, swap neighbours) that turn one word into the other. */
export function distance(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (same ? 0 : 1),
        swapped ? before[j - 2]! + 1 : 99,
      );
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

/** The known word that was probably meant; undefined when none is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)[0];
  return near && near.edits <= Math.max(1, Math.floor(word.length / 3)) ? near.candidate : undefined;
}

/** ` Did you mean "x"?`, or what there is to choose from. */
export function suggest(word: string, known: readonly string[], prefix = ""): string {
  const near = nearest(word, known);
  if (near) return `Did you mean "${prefix}${near}"?`;
  return known.length > 0 ? `There is: ${known.map((name) => prefix + name).join(", ")}.` : "";
}
