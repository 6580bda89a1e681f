// What a user of the pack decides beside levels: places, services, registries, duties. Where nothing is set, nothing is asked.

export interface Settings {
  /** Regions that anything may be in, as the clouds write them: `eu-west-1`, `westeurope`, `europe-west1`. @default any */
  readonly allowedRegions: readonly string[];
  /** Type tokens that may be used, `*` for any text: `aws:s3/*`, `azure-native:storage:*`. @default any */
  readonly allowedServices: readonly string[];
  /** Prefixes that container images may come from: `registry.example.com/`. @default any */
  readonly allowedRegistries: readonly string[];
  /** Hosts outside the stack that DNS records may point to: `shop.azurewebsites.net`. @default none of those that can be taken over */
  readonly allowedDnsTargets: readonly string[];
  /** Balancers that may face the internet, by name or URN, `*` for any text. @default those tagged `exposure: public` or `tier: public` */
  readonly publicBalancers: readonly string[];
  /** Days that logs are kept, at least. @default a year for audit logs, 90 for others */
  readonly logRetentionDays: number;
  /** Container images are named by digest, not by tag alone. @default false */
  readonly requireDigest: boolean;
  /** Only endpoints with FIPS 140 validated cryptography. @default false */
  readonly fips: boolean;
  /** Roles that a stack makes carry a permissions boundary or its like. @default false */
  readonly permissionsBoundary: boolean;
  /** Providers name the account, subscription or project that they may touch. @default false */
  readonly pinnedAccounts: boolean;
  /**
   * The stack is a landing zone: services that exist once an account (threat detection, posture, budgets, contacts,
   * guardrails) are looked for in it. @default false
   */
  readonly landingZone: boolean;
  /** The oldest Kubernetes minor that a cluster may run: `1.34`. @default what its cloud supports (versions.ts) */
  readonly oldestKubernetes: string;
  /** Labels that Kubernetes workloads carry besides `app.kubernetes.io/name`. @default none */
  readonly requiredLabels: readonly string[];
}

export const defaults: Settings = {
  allowedRegions: [],
  allowedServices: [],
  allowedRegistries: [],
  allowedDnsTargets: [],
  publicBalancers: [],
  logRetentionDays: 0,
  requireDigest: false,
  fips: false,
  permissionsBoundary: false,
  pinnedAccounts: false,
  landingZone: false,
  oldestKubernetes: "",
  requiredLabels: [],
};

/** Settings of a configuration file over the defaults. A value of another kind counts as not set: the schema tells of it. */
export function settingsOf(given: Readonly<Record<string, unknown>>): Settings {
  const pick = ([key, base]: [string, unknown]) => {
    const value = given[key];
    const fits = Array.isArray(base) ? isTexts(value) : typeof value === typeof base;
    return [key, fits ? value : base];
  };
  return Object.fromEntries(Object.entries(defaults).map(pick)) as unknown as Settings;
}

const isTexts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === "string");

/** The settings as properties of a configuration schema. */
export const settingsSchema = Object.fromEntries(
  Object.entries(defaults).map(([key, base]) => [
    key,
    Array.isArray(base) ? { type: "array", items: { type: "string" } } : { type: typeof base },
  ]),
);
