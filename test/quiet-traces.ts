/** Traces that the SDK keeps of each promise (stacks/promise-traces.ts) stay unmapped: half of a recording's time. */
export function quietTraces(): () => void {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) =>
    error.message === ""
      ? ""
      : [String(error), ...frames.map((at) => `    at ${at.getFileName() ?? ""}:${at.getLineNumber() ?? 0}`)].join(
          "\n",
        );
  return () => {
    if (before) Error.prepareStackTrace = before;
    else Reflect.deleteProperty(Error, "prepareStackTrace");
  };
}
