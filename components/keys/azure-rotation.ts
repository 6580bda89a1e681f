import * as standards from "../../policies/standards";

/** A key version lives so much longer than the time to its successor: what still uses the old one has time to follow. */
const graceDays = 60;
/** https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation: expiry 28 days or more. */
const expiryFloorDays = 28;
const noticeDays = 30;

export interface Rotation {
  /** Days after which a version is replaced (F1: 7 or more). */
  readonly rotateDays: number;
  /** Days after which a version expires. */
  readonly expiryDays: number;
}

/**
 * A version that a service names (`pinned`) lasts two years: AKS and Azure Managed Redis move to the next one at a
 * `pulumi up --refresh`, never by themselves, and a version that ran out would take the API server's secrets with it.
 */
const pinnedDays = 730;

export function rotation(rotationDays: number, pinned = false): Rotation {
  const rotateDays = Math.max(rotationDays, standards.keyRotationFloorDays.azure);
  return { rotateDays, expiryDays: Math.max(rotateDays + (pinned ? pinnedDays : graceDays), expiryFloorDays) };
}

/** The vault's own policy (SEC-02): a new version in time, and word of one that is about to expire without successor. */
export const rotationPolicy = ({ rotateDays, expiryDays }: Rotation) => ({
  attributes: { expiryTime: `P${expiryDays}D` },
  lifetimeActions: [
    { action: { type: "rotate" as const }, trigger: { timeAfterCreate: `P${rotateDays}D` } },
    { action: { type: "notify" as const }, trigger: { timeBeforeExpiry: `P${noticeDays}D` } },
  ],
});

/** `days` after an ISO 8601 moment, in seconds since 1970: how a vault writes an expiry date. */
export const expiresAfter = (moment: string, days: number): number =>
  Math.floor(Date.parse(moment) / 1000) + days * 24 * 60 * 60;

/**
 * The same from now on, for what is dated once, when it is made: the resource ignores later changes of it
 * (`ignoreChanges`), since every run of the program has another now.
 */
export const secretExpiry = (days: number): number => expiresAfter(new Date().toISOString(), days);
