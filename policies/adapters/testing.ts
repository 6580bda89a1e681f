/** Asks a handler of the analyzer as the server would, and gives its answer at once. */
export function call<Q, A>(
  method: (call: { request: Q }, answer: (error: Error | null, value: A | null) => void) => void,
  request: Q,
): A {
  let got: A | undefined;
  method({ request }, (error, value) => {
    if (error) throw new Error(error.message);
    got = value ?? undefined;
  });
  return got as A;
}
