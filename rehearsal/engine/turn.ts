// Requests of a program are begun a few at a time. It sends a hundred registrations at once; begun together they would end
// together, in one long run of microtasks, and the program would wait for the last of them to hear of the first.

/** Requests begun in one turn of the event loop. With one, steps that could share a write of the state no longer do. */
const few = 6;

const waiting: (() => void)[] = [];

/** Resolves when the caller may begin, in the order of asking. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  for (const begin of waiting.splice(0, few)) begin();
  if (waiting.length > 0) setImmediate(next);
}
