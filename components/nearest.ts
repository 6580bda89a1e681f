/** The candidate that a misspelt word most likely meant: the start of it, or at most a third of its letters off (or two; one of three letters). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = fold(word);
  const short = candidates.filter((candidate) => isStart(fold(candidate), wanted));
  if (short.length === 1) return short[0];
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distance(wanted, fold(candidate)) }))
    .sort((a, b) => a.distance - b.distance || shared(wanted, b.candidate) - shared(wanted, a.candidate));
  const [best] = ranked;
  return best && best.distance <= Math.max(wanted.length > 3 ? 2 : 1, Math.floor(wanted.length / 3))
    ? best.candidate
    : undefined;
}

/** `prod` and `production`, `log` and `logging`: three letters at least. */
const isStart = (a: string, b: string) => Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a));

/** Letters that both begin with. */
function shared(wanted: string, candidate: string): number {
  const other = fold(candidate);
  const differing = [...wanted].findIndex((letter, index) => letter !== other[index]);
  return differing < 0 ? wanted.length : differing;
}

const fold = (word: string) => word.toLowerCase().replace(/[\s_.-]/g, "");

/** Letters to insert, delete, replace, or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    rows.push(line);
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (same ? 0 : 1),
          swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
