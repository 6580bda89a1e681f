import { join } from "node:path";

/** Node arguments and descriptors for a process that must not outlive the engine (leash.cjs). */
export const leash = ["--require", join(__dirname, "leash.cjs")] as const;
export const leashed: ("ignore" | "pipe")[] = ["ignore", "pipe", "pipe", "pipe"];
