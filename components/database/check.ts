import type { CompleteDatabaseArgs } from ".";

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export declare function checkDatabase(name: string, args: CompleteDatabaseArgs): void;
