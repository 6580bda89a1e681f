// What the real providers tell of a failure, in each cloud's own words.
import type { Operation } from "./operations";

/** What gRPC says when a provider goes away in the middle of a call. */
export const interrupted = "error reading from server: EOF";

const doing: Readonly<Record<string, string>> = {
  check: "checking",
  diff: "comparing",
  create: "creating",
  update: "updating",
  delete: "deleting",
  read: "reading",
  invoke: "calling",
};

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::") || urn;
const subject = ({ kind, type, urn }: Operation): string => `${doing[kind] ?? kind} ${type} "${nameOf(urn)}"`;

const failures: Readonly<Record<string, string>> = {
  aws: "https response error StatusCode: 500, api error InternalFailure: An internal error has occurred.",
  azure:
    'Status=500 Code="InternalServerError" Message="An internal server error has occurred. Please try again later."',
  gcp: "googleapi: Error 503: The service is currently unavailable., backendError",
  kubernetes: "Internal error occurred: etcdserver: request timed out",
};

/** A failure on the cloud's side that says nothing of why. */
export const refusal = (operation: Operation): string =>
  `${subject(operation)}: ${failures[operation.cloud] ?? "the provider failed"}`;

const slower: Readonly<Record<string, (calls: number) => string>> = {
  aws: (calls) =>
    `exceeded maximum number of attempts, ${calls}, https response error StatusCode: 400, api error ThrottlingException: Rate exceeded`,
  azure: () =>
    'Status=429 Code="TooManyRequests" Message="The request is being throttled as the limit has been reached for operations on this resource. Try again after the time in the Retry-After header."',
  gcp: () =>
    "googleapi: Error 429: Quota exceeded for quota metric 'Queries' and limit 'Queries per minute', rateLimitExceeded",
  kubernetes: () => "the server has received too many requests and has asked us to try again later",
};

/** That a provider gave up trying again. */
export const throttled = (operation: Operation, calls: number): string =>
  `${subject(operation)}: ${slower[operation.cloud]?.(calls) ?? "too many requests"}`;

/** As Go writes a duration: `1h30m0s`, `20m0s`, `45s`. */
export function goDuration(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return `${hours > 0 ? `${hours}h` : ""}${hours > 0 || minutes > 0 ? `${minutes}m` : ""}${rest}s`;
}

/** That the time for an operation is over. */
export function timedOut(operation: Operation, limit: number): string {
  const wanted = operation.kind === "delete" ? "deleted" : "available";
  const waiting = `timeout while waiting for state to become '${wanted}' (timeout: ${goDuration(limit)})`;
  const words: Readonly<Record<string, string>> = {
    aws: `waiting for completion: ${waiting}`,
    azure: `polling after ${goDuration(limit)}: context deadline exceeded`,
    gcp: `Error waiting for the operation: timeout while waiting for state to become 'DONE' (last state: 'RUNNING', timeout: ${goDuration(limit)})`,
    kubernetes: `timed out waiting to be Ready after ${goDuration(limit)}`,
  };
  return `${subject(operation)}: ${words[operation.cloud] ?? waiting}`;
}
