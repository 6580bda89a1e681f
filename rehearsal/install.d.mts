import type { SpawnSyncOptions, SpawnSyncReturns } from "node:child_process";

export declare const root: string;
export declare function outdated(wanted: string, actual: string): string | undefined;
export declare function incomplete(folder: string): string | undefined;
export declare function npm(args: string[], options: SpawnSyncOptions): SpawnSyncReturns<Buffer>;
export declare function install(): void;
