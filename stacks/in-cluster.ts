import * as pulumi from "@pulumi/pulumi";
import { Autoscaling, scalesItself } from "../components/cluster/autoscaling";
import { Copies } from "../components/copies";
import type { Zone } from "../components/dns";
import { Issuer } from "../components/issuer";
import { Rotation } from "../components/rotation";
import type { Primary, Standby } from "./parts";
import type { Settings } from "./settings";

type Second = Standby | undefined;

/** What Pulumi installs in the cluster of the first site: issuer of certificates, dumps and their copies, rotation; in all, what pools scale by. */
export function installInside(
  settings: Settings,
  primary: Primary,
  zone: Zone | undefined,
  { standby, backup }: { readonly standby: Second; readonly backup: Second },
): void {
  const { engineVersion } = settings.database;
  const { reaches, issuer, dumps, rotation, rotationDays, rpoMinutes } = settings.inCluster;
  if (!reaches)
    void pulumi.log.warn(
      "The cluster's API server is private and things are to be installed in it: run Pulumi inside the network or behind " +
        "its VPN and say so (compute.deployFrom: inside), or open it to your range (compute.apiAllowList).",
    );
  scalePools(settings, primary, [standby, backup]);
  if (issuer && zone) new Issuer("issuer", { ...primary, zone });
  if (dumps) new Copies("copies", { ...primary, engineVersion, rpoMinutes, ...(backup ? { target: backup } : {}) });
  if (rotation) new Rotation("rotation", { ...primary, engineVersion, rotationDays });
}

/**
 * What pools scale by, where their cloud does not and Pulumi reaches the API server (CLU-03). Who is inside the first
 * site's network isn't inside another's, so theirs are only reached by ranges. Somebody else's cluster is its owner's.
 */
function scalePools({ inCluster, cluster }: Settings, primary: Primary, seconds: readonly Second[]): void {
  const { version, existing, apiAllowList = [] } = cluster;
  const scale = ({ site, cluster: found, label }: Primary | Standby, reached: boolean) => {
    if (!found || scalesItself(site.cloud)) return;
    if (reached) new Autoscaling(label("autoscaling"), { site, cluster: found, ...(version && { version }) });
    else
      void pulumi.log.warn(
        `The pools of the cluster in ${site.region} stay at their min: Pulumi does not reach its API server, so nothing ` +
          "moves them. Open it to your range (compute.apiAllowList), or install cluster-autoscaler there yourself (CLU-03).",
      );
  };
  if (!existing) scale(primary, inCluster.reaches);
  for (const second of seconds) if (second) scale(second, apiAllowList.length > 0);
}
