import * as pulumi from "@pulumi/pulumi";
import { Copies } from "../components/copies";
import type { Zone } from "../components/dns";
import { Issuer } from "../components/issuer";
import { Rotation } from "../components/rotation";
import type { Primary, Standby } from "./parts";
import type { Settings } from "./settings";

/** What Pulumi installs in the cluster of the first site: issuer of certificates, dumps and their copies, rotation. */
export function installInside(
  { inCluster, database }: Settings,
  primary: Primary,
  zone: Zone | undefined,
  backup: Standby | undefined,
): void {
  const { engineVersion } = database;
  const { reaches, issuer, dumps, rotation, rotationDays, rpoMinutes } = inCluster;
  if (!reaches)
    void pulumi.log.warn(
      "The cluster's API server is private and things are to be installed in it: run Pulumi inside the network or behind " +
        "its VPN and say so (compute.deployFrom: inside), or open it to your range (compute.apiAllowList).",
    );
  if (issuer && zone) new Issuer("issuer", { ...primary, zone });
  if (dumps) new Copies("copies", { ...primary, engineVersion, rpoMinutes, ...(backup ? { target: backup } : {}) });
  if (rotation) new Rotation("rotation", { ...primary, engineVersion, rotationDays });
}
