import type { NamingRule } from "./rule";

/** See rule.ts; aws.ts, azure.ts and gcp.ts hold one row a named type. */
export type { NamingRule };
