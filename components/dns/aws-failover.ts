import { HealthCheck, Record } from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import type { BuildFailover } from "./failover";
import { fullName } from "./names";

/** Two records of one name: the primary site's while one of its addresses answers, the standby's else. */
export const build: BuildFailover = ({ name, site, args, child }) => {
  const { zone, host, primary, standby, ttl, healthPath, active } = args;
  const { zoneId } = nativeOf(zone, "aws", `Failover "${name}"`);
  const whole = fullName(host, zone.domain);
  const checks = Array.from(
    { length: primary.count },
    (_, index) =>
      // One address a zone, in the order of the zones.
      new HealthCheck(
        `${name}-address-${index + 1}`,
        {
          type: "HTTPS",
          ipAddress: primary.addresses.apply((all) => all[index] ?? ""),
          // The name to ask for, in SNI and Host: it leads to this very address only while the site is healthy.
          fqdn: whole,
          port: 443,
          resourcePath: healthPath,
          enableSni: true,
          // Three failures of checks 10 seconds apart; with the TTL, clients follow within two minutes.
          requestInterval: 10,
          failureThreshold: 3,
          tags: tagsOf(site, `${name}-address-${index + 1}`),
        },
        child,
      ),
  );
  const healthy = new HealthCheck(
    `${name}-primary`,
    {
      type: "CALCULATED",
      childHealthchecks: checks.map(({ id }) => id),
      childHealthThreshold: 1,
      // A disabled check is healthy, and an inverted healthy one isn't: how a failover is asked for (DR-04).
      // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
      disabled: active,
      invertHealthcheck: active,
      tags: tagsOf(site, `${name}-primary`),
    },
    child,
  );
  const record = (role: "primary" | "standby", type: "PRIMARY" | "SECONDARY", extra: object) =>
    new Record(
      `${name}-${role}`,
      {
        zoneId,
        name: whole,
        type: "A",
        ttl,
        setIdentifier: role,
        failoverRoutingPolicies: [{ type }],
        ...extra,
      },
      { ...child, deleteBeforeReplace: true },
    );
  record("primary", "PRIMARY", { records: primary.addresses, healthCheckId: healthy.id });
  // Without a check of its own: when both are down, the standby stays the answer.
  record("standby", "SECONDARY", { records: standby.addresses });
  return { name: pulumi.output(whole) };
};
