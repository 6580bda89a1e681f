// The SDK writes a stack trace onto every promise that it makes, 60 a resource, for a report of those that were never
// settled. The report names the promise without it too.
// https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/debuggable.ts
const debuggable = require("@pulumi/pulumi/runtime/debuggable") as {
  debuggablePromise: <T>(promise: Promise<T>, context: unknown) => Promise<T>;
};

if (!process.env["TRIFOLD_DEBUG"] && !process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) {
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}
