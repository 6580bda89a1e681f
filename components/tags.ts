import type { PerCloud } from "./cloud";

/** Canonical tags: kebab-case keys (`cost-centre`), plain values. Each cloud's spelling is made from them. */
export type Tags = Readonly<Record<string, string>>;

/** One canonical map -> AWS tags (`CostCentre`), Azure tags (`CostCentre`), GCP labels (`cost-centre`), by each one's rules. */
export declare const spell: PerCloud<(tags: Tags) => Record<string, string>>;
