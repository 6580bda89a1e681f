// What each remediable rule adds, by type. A rule that has no entry here, or none for a type, is never put right by itself:
// its answer needs something that only the program can name (a key, a role, a bucket), replaces the resource, or is a
// companion resource.
import { platforms } from "../rule";
import { canonical, token } from "../tokens";
import { clusters } from "./clusters";
import { databases } from "./databases";
import { edge } from "./edge";
import type { Additions, Remediations } from "./remedy";
import { services } from "./services";
import { workloads } from "./workloads";

export const remediations: Remediations = { ...clusters, ...databases, ...edge, ...services, ...workloads };

const byRuleAndType = new Map<string, Additions>(
  Object.entries(remediations).flatMap(([rule, own]) =>
    platforms.flatMap((platform) =>
      Object.entries(own[platform] ?? {}).flatMap(([types, additions]) =>
        types.split(", ").map((short) => [`${rule} ${token(platform, short)}`, additions] as const),
      ),
    ),
  ),
);

/** What a rule adds to resources of a type; undefined where it leaves them alone. */
export const additionsFor = (rule: string, type: string): Additions | undefined =>
  byRuleAndType.get(`${rule} ${canonical(type)}`);
