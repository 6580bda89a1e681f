// Pulumi's SDK writes a stack trace onto every promise that it makes, several a resource, for a report of promises that
// nobody waited for. The runner maps each trace through source maps: 0.7 s of 3.4 s of a preview of prod. They are made
// from errors without a message, which nobody throws to be read, so those go unmapped unless that report is asked for.
// https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/debuggable.ts
const map = Error.prepareStackTrace;
if (map && !process.env["PULUMI_DEBUG_PROMISE_LEAKS"])
  Error.prepareStackTrace = (error, frames) => (error.message === "" ? "" : map(error, frames));
