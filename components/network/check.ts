import type { CompleteNetworkArgs } from ".";

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export declare function checkNetwork(name: string, args: CompleteNetworkArgs): void;
