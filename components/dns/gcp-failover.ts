import { HealthCheck } from "@pulumi/gcp/compute";
import { RecordSet } from "@pulumi/gcp/dns";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf, type Site } from "../site";
import type { BuildFailover } from "./failover";
import { fullName, rooted } from "./names";

/** A record with a failover policy: the primary's addresses that answer HTTPS, or else the standby's. */
export const build: BuildFailover = ({ name, site, args, child }) => {
  const { zone, host, primary, standby, ttl, healthPath, active } = args;
  const { project, services } = nativeOf(site, "gcp", `Failover "${name}"`);
  const { zoneName } = nativeOf(zone, "gcp", `Failover "${name}"`);
  const whole = fullName(host, zone.domain);
  const check = new HealthCheck(
    name,
    {
      project,
      name: physicalName(gcpNames.healthCheck, [site.prefix, name]),
      description: `Whether ${whole} answers`,
      // Checks of what lies outside run from three regions, every 30 seconds at most.
      // https://cloud.google.com/dns/docs/routing-policies-overview#health-checks
      sourceRegions: sourceRegions(site),
      checkIntervalSec: 30,
      timeoutSec: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      httpsHealthCheck: { port: 443, host: whole, requestPath: healthPath },
      logConfig: { enable: true },
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
  new RecordSet(
    name,
    {
      project,
      managedZone: zoneName,
      name: rooted(whole),
      type: "A",
      ttl,
      // The policy gives way to a plain answer, whatever the checks say (DR-04, step 2); either is changed in place.
      ...(active
        ? { rrdatas: standby.addresses }
        : {
            routingPolicy: {
              healthCheck: check.id,
              primaryBackup: {
                primary: { externalEndpoints: primary.addresses },
                backupGeos: [
                  {
                    // The only one, so it is everybody's nearest.
                    location: site.region,
                    healthCheckedTargets: { externalEndpoints: standby.addresses },
                  },
                ],
              },
            },
          }),
    },
    { ...child, deleteBeforeReplace: true },
  );
  return { name: pulumi.output(whole) };
};

/** Three parts of the world, so that trouble near one of them isn't taken for ours; the site's own region isn't among them. */
const sourceRegions = ({ region }: Site): string[] =>
  ["us-east4", "europe-west1", "asia-southeast1", "us-west1"].filter((one) => one !== region).slice(0, 3);
