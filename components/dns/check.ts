import type { Cloud } from "../cloud";
import { logRetentionMistakes, type Mistake, outside, refuse } from "../mistake";
import type { CompleteZoneArgs } from ".";

/** Bounds of the numbers, inclusive; what they mean is in ZoneArgs. */
export const zoneRanges = { logRetentionDays: [1, 3653] } as const;

/** A host name of two labels or more, lower case, without a dot at the end. */
export const domainForm = /^(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

const zoneForms: Readonly<Record<Cloud, { readonly form: RegExp; readonly words: string }>> = {
  aws: { form: /^Z[A-Z0-9]{5,31}$/, words: 'a hosted zone id such as "Z0123456789ABCDEFGHIJ"' },
  azure: {
    form: /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/dns[zZ]ones\/[^/]+$/,
    words: "the zone's resource id, /subscriptions/.../providers/Microsoft.Network/dnszones/<domain>",
  },
  gcp: { form: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, words: "the managed zone's name" },
};

export type ZoneChoice = Pick<CompleteZoneArgs, "domain" | "existing" | "authorities" | "logRetentionDays">;

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkZone(name: string, args: CompleteZoneArgs): void {
  refuse("Zone", name, zoneMistakes(args.site.cloud, args));
}

export function zoneMistakes(cloud: Cloud, { domain, existing, authorities, logRetentionDays }: ZoneChoice): Mistake[] {
  const { form, words } = zoneForms[cloud];
  return [
    ...outside(zoneRanges, { logRetentionDays }),
    ...logRetentionMistakes(cloud, "logRetentionDays", logRetentionDays),
    ...(domainForm.test(domain)
      ? []
      : [{ field: "domain", value: domain, remedy: 'use a domain in lower case such as "prod.goodies.example"' }]),
    ...(existing === undefined || form.test(existing)
      ? []
      : [{ field: "existing", value: existing, remedy: `on ${cloud}, use ${words}` }]),
    ...authorities
      .filter((authority) => !domainForm.test(authority))
      .map((value) => ({
        field: "authorities",
        value,
        remedy: 'use domains of authorities such as "letsencrypt.org"',
      })),
  ];
}
