import { RecordSet } from "@pulumi/azure-native/dns";
import { Endpoint, Profile } from "@pulumi/azure-native/trafficmanager";
import * as pulumi from "@pulumi/pulumi";
import type { Ingress } from "../ingress";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { globalName, tagsOf } from "../site/azure-names";
import type { BuildFailover } from "./failover";
import { fullName } from "./names";

/** A Traffic Manager profile by priority, which the zone's record follows: the first address that answers HTTPS. */
export const build: BuildFailover = ({ name, site, args, child }) => {
  const { zone, host, primary, standby, ttl, healthPath, active } = args;
  const { resourceGroup } = nativeOf(site, "azure", `Failover "${name}"`);
  const place = nativeOf(zone, "azure", `Failover "${name}"`);
  const whole = fullName(host, zone.domain);
  const profileName = globalName(site, azureNames.trafficManagerProfile, name);
  const profile = new Profile(
    name,
    {
      profileName,
      resourceGroupName: resourceGroup,
      location: "global",
      profileStatus: "Enabled",
      trafficRoutingMethod: "Priority",
      dnsConfig: { relativeName: profileName, ttl },
      monitorConfig: {
        protocol: "HTTPS",
        port: 443,
        path: healthPath,
        // The fast pace: three misses 10 seconds apart. https://learn.microsoft.com/azure/traffic-manager/traffic-manager-monitoring
        intervalInSeconds: 10,
        timeoutInSeconds: 9,
        toleratedNumberOfFailures: 2,
        customHeaders: [{ name: "Host", value: whole }],
        expectedStatusCodeRanges: [{ min: 200, max: 200 }],
      },
      tags: tagsOf(site, `${site.prefix}-${name}`),
    },
    child,
  );
  const endpoints = (role: string, ingress: Ingress, first: number, endpointStatus: "Enabled" | "Disabled") =>
    Array.from({ length: ingress.count }, (_, index) => {
      const endpointName = ingress.count === 1 ? role : `${role}-${index + 1}`;
      return new Endpoint(
        `${name}-${endpointName}`,
        {
          endpointName,
          endpointType: "ExternalEndpoints",
          profileName: profile.name.apply((own) => own ?? ""),
          resourceGroupName: resourceGroup,
          target: ingress.addresses.apply((all) => all[index] ?? ""),
          priority: first + index,
          endpointStatus,
        },
        child,
      );
    });
  const all = [
    // Switched off, nobody is sent there whatever the checks say (DR-04).
    ...endpoints("primary", primary, 1, active ? "Disabled" : "Enabled"),
    ...endpoints("standby", standby, 1 + primary.count, "Enabled"),
  ];
  new RecordSet(
    name,
    {
      zoneName: place.zoneName,
      resourceGroupName: place.resourceGroup,
      recordType: "A",
      relativeRecordSetName: host,
      ttl,
      // An alias: Azure empties it when the profile goes, so that it never dangles.
      targetResource: { id: profile.id },
    },
    // An alias of type A wants a profile with addresses only, and at least one.
    { ...child, deleteBeforeReplace: true, dependsOn: all },
  );
  return { name: pulumi.output(whole) };
};
