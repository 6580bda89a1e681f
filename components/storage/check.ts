import type { CompleteStorageArgs } from ".";

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export declare function checkStorage(name: string, args: CompleteStorageArgs): void;
