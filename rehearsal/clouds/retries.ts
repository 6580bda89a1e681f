// How often, and after which waits, the real providers try again when a cloud says "slow down".

export interface Retries {
  /** Calls until the provider gives up, the first one among them. */
  readonly tries: number;
  /** Seconds that a provider has waited after so many calls that were refused. */
  waited(refused: number): number;
  /** Seconds after which an operation fails where the engine gives no custom timeout. */
  readonly timeout: number;
}

const sum = (from: number, upTo: number, wait: (attempt: number) => number): number => {
  let seconds = 0;
  for (let attempt = from; attempt < upTo; attempt++) seconds += wait(attempt);
  return Math.round(seconds * 10) / 10;
};

/** Half of the ceiling is the mean of a wait that is drawn evenly from nothing up to it. */
const drawn = (ceiling: number): number => ceiling / 2;

/**
 * 25 tries in all (internal/provider of hashicorp/terraform-provider-aws sets MaxRetries, which aws-sdk-go-base hands on as the
 * attempts), each wait drawn below 2^n seconds, from 300 s on that whole (aws-sdk-go-v2's ExponentialJitterBackoff counts from 1).
 */
const aws: Retries = {
  tries: 25,
  waited: (refused) => sum(1, Math.min(refused, 24) + 1, (n) => (2 ** n < 300 ? drawn(2 ** n) : 300)),
  timeout: 20 * 60,
};

/**
 * azcore tries again 3 times; azure-native sets the waits to 20, 60 and 120 s (provider/pkg/azure/client_azcore.go of
 * pulumi-azure-native). Where Resource Manager says when to come back, that counts instead: left out of account here.
 */
const azure: Retries = {
  tries: 4,
  waited: (refused) => sum(0, Math.min(refused, 3), (n) => Math.min(120, 20 * (2 ** (n + 1) - 1))),
  timeout: 30 * 60,
};

/**
 * Fibonacci's series from half a second until 90 s are over: google/transport/retry_transport.go of
 * hashicorp/terraform-provider-google. Nine waits fit (71 s); the tenth would not, so the tenth refusal ends at 90 s.
 */
const gcp: Retries = {
  tries: 10,
  waited: (refused) => (refused >= 10 ? 90 : [0, 0.5, 1.5, 3, 5.5, 9.5, 16, 26.5, 43.5, 71][refused]!),
  timeout: 20 * 60,
};

/** client-go: the server's `Retry-After` of one second, up to 10 times (rest/request.go). */
const kubernetes: Retries = { tries: 11, waited: (refused) => Math.min(refused, 10), timeout: 10 * 60 };

/** random and tls ask nobody. */
const none: Retries = { tries: 1, waited: () => 0, timeout: 20 * 60 };

const byCloud: Readonly<Record<string, Retries>> = { aws, azure, gcp, kubernetes };

export const retriesOf = (cloud: string): Retries => byCloud[cloud] ?? none;
