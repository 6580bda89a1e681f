// Waivers against findings: `waived` is a status of its own, beside pass and fail.
import type { Finding } from "../evaluate";
import type { Status } from "../rule";
import { matches, speaksOf } from "./pattern";
import type { Waiver } from "./schema";

/** A finding with what waivers make of it. */
export interface Outcome extends Omit<Finding, "status"> {
  readonly status: Status | "waived";
  readonly waiver?: Waiver;
}

/** What is wrong with a waiver in this run. */
export interface Complaint {
  readonly waiver: Waiver;
  readonly kind: "expired" | "unused";
  readonly text: string;
}

export interface Waived {
  readonly outcomes: readonly Outcome[];
  /** Expired ones are errors, unused ones warnings. */
  readonly complaints: readonly Complaint[];
  /** Waivers in force, with how many findings each holds. */
  readonly used: ReadonlyMap<Waiver, number>;
}

export const isExpired = (waiver: Waiver, today: string): boolean => waiver.expires < today;

export const expiredText = ({ rule, urn, expires, ticket, owner }: Waiver): string =>
  `The waiver of ${rule} for ${urn} ended on ${expires} (${ticket}, ${owner}). Put the resource right, or have it renewed.`;
const unusedText = ({ rule, urn, ticket }: Waiver): string =>
  `The waiver of ${rule} for ${urn} (${ticket}) meets no finding. Take it out.`;

/** The waiver in force for a rule on a resource. */
export const waiverOf = (
  waivers: readonly Waiver[],
  { rule, urn }: Pick<Finding, "rule" | "urn">,
  today: string,
): Waiver | undefined => waivers.find((one) => one.rule === rule && !isExpired(one, today) && matches(one.urn, urn));

/**
 * Failures and unknowns that a waiver in force speaks of become waived.
 * @param urns of all resources, to tell an unused waiver from one for another stack
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  today: string,
  urns: readonly string[],
): Waived {
  const used = new Map<Waiver, number>(waivers.filter((one) => !isExpired(one, today)).map((one) => [one, 0]));
  const outcomes = findings.map((finding): Outcome => {
    if (finding.status !== "fail" && finding.status !== "unknown") return finding;
    const waiver = waiverOf(waivers, finding, today);
    if (!waiver) return finding;
    used.set(waiver, (used.get(waiver) ?? 0) + 1);
    return { ...finding, status: "waived", waiver };
  });
  const here = waivers.filter((one) => urns.some((urn) => speaksOf(one.urn, urn)));
  const complaints = here.flatMap((waiver): readonly Complaint[] => {
    if (isExpired(waiver, today)) return [{ waiver, kind: "expired", text: expiredText(waiver) }];
    return used.get(waiver) === 0 ? [{ waiver, kind: "unused", text: unusedText(waiver) }] : [];
  });
  return { outcomes, complaints, used };
}
