// Names to build on in tests: a zone, and a host that fails over between two sites.
import type { Cloud } from "../components/cloud";
import { Zone } from "../components/dns";
import { Failover } from "../components/dns/failover";
import { Ingress } from "../components/ingress";
import { build, type Ground } from "./contract";
import type { Recording } from "./recorder";
import { standbyOn, standbyZones, zones } from "./sites";

export const domain = "prod.goodies.example";

export const zoneOn = (ground: Ground): Zone => new Zone("zone", { ...ground, domain });

/** `standby`: the cloud of the second site. */
export const failover = (cloud: Cloud, active: boolean, standby: Cloud = cloud): Promise<Recording> =>
  build(
    cloud,
    (ground) =>
      new Failover("api", {
        site: ground.site,
        zone: zoneOn(ground),
        host: "api",
        active,
        primary: new Ingress("ingress", { ...ground, zones: zones[cloud] }),
        standby: new Ingress("standby-ingress", { ...standbyOn(standby), zones: standbyZones[standby] }),
      }),
    false,
  );
