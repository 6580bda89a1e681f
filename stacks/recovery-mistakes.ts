import { networkCidrMistake, overlaps } from "../components/cidr";
import type { Cloud } from "../components/cloud";
import type { Mistake } from "../components/mistake";
import { regionMistake, zonesMistake } from "../components/zones";
import type { Place } from "./arguments";
import { inClusterArguments } from "./arguments-of-recovery";
import type { Complete } from "./complete";
import { type Reach, reachOf } from "./reach";
import { copiesBackups, modeOf, secondaryRegionOf, shifted, zonesWanted } from "./recovery-place";
import { secondSiteMistakes } from "./second-site-mistakes";
import type { Layer } from "./vocabulary";

/** What is wrong with second sites: where they stand, and what they promise (DR-01, DR-02, F9). */
export function recoveryMistakes(place: Place, settings: Complete, file: Layer): Mistake[] {
  const { dr } = settings;
  const places = [...standbyMistakes(place, settings), ...secondaryMistakes(place, settings)];
  const homeless = dr.region === undefined && dr.secondaryCloud === "none";
  const needed = "there is no second site: set dr.region (or dr.secondaryCloud) as well";
  const asked = (["mode", "cidr", "zones", "secondaryRegion"] as const).filter((key) => file.dr?.[key] !== undefined);
  if (homeless)
    return [
      ...asked.map((key) => ({ field: `dr.${key}`, value: file.dr?.[key], remedy: needed })),
      ...(dr.active ? [{ field: "dr.active", value: true, remedy: needed }] : []),
      ...regionlessPromise(file),
    ];
  if (places.length > 0) return places;
  return [...secondSiteMistakes(place, settings), ...brokenPromises(place, settings, file)];
}

function standbyMistakes({ cloud, region }: Place, settings: Complete): Mistake[] {
  const { dr, network } = settings;
  if (dr.region === undefined)
    return dr.active && modeOf(settings) !== "warm-standby"
      ? [
          {
            field: "dr.active",
            value: true,
            remedy: "only dr.mode warm-standby has another cloud answer; set it, or dr.region",
          },
        ]
      : [];
  if (dr.region === region)
    return [
      { field: "dr.region", value: dr.region, remedy: "use another region than region: both would be lost together" },
    ];
  const stray = regionMistake(cloud, dr.region, dr.zones !== undefined && typeof dr.zones !== "number");
  if (stray) return [{ field: "dr.region", value: dr.region, remedy: `it ${stray}` }];
  const zones = zoneMistake(cloud, dr.region, settings);
  const cidr = dr.cidr ?? shifted(network.cidr, "standby");
  const range = networkCidrMistake(cidr);
  const meets = !range && networkCidrMistake(network.cidr) === undefined && overlaps(cidr, network.cidr);
  return [
    ...zones,
    ...(range ? [{ field: "dr.cidr", value: cidr, remedy: `it ${range}` }] : []),
    ...(meets
      ? [
          {
            field: "dr.cidr",
            value: cidr,
            remedy: `it overlaps network.cidr, ${network.cidr}; use another range (NET-13)`,
          },
        ]
      : []),
  ];
}

/** A region with fewer zones is taken as it is, where the number is not the user's own. */
function zoneMistake(cloud: Cloud, region: string, settings: Complete): Mistake[] {
  const wanted = settings.dr.zones ?? (typeof zonesWanted(settings) === "number" ? 1 : zonesWanted(settings));
  const mistake = zonesMistake(cloud, region, wanted);
  return mistake ? [{ field: "dr.zones", value: settings.dr.zones, remedy: mistake }] : [];
}

function secondaryMistakes({ cloud }: Place, settings: Complete): Mistake[] {
  const { dr, storage } = settings;
  if (dr.secondaryCloud === "none")
    return dr.secondaryRegion === undefined
      ? []
      : [{ field: "dr.secondaryRegion", value: dr.secondaryRegion, remedy: "set dr.secondaryCloud as well" }];
  const { secondaryCloud } = dr;
  if (secondaryCloud === cloud)
    return [
      {
        field: "dr.secondaryCloud",
        value: cloud,
        remedy: "use another cloud than cloud; dr.region is for another region",
      },
    ];
  const region = secondaryRegionOf(secondaryCloud, settings);
  const stray = regionMistake(secondaryCloud, region, false);
  if (stray) return [{ field: "dr.secondaryRegion", value: region, remedy: `it ${stray}` }];
  const zones = zonesMistake(secondaryCloud, region, 1);
  return [
    ...(zones ? [{ field: "dr.secondaryRegion", value: region, remedy: zones }] : []),
    ...meetsCopies(settings),
    ...(storage.backups
      ? []
      : [{ field: "storage.backups", value: false, remedy: "dr.secondaryCloud copies that store: set it to true" }]),
    ...(settings.compute.existing || inClusterArguments(settings).dumps
      ? []
      : [{ field: "backup.dumps", value: false, remedy: "dr.secondaryCloud copies the dumps: set it to true (F13)" }]),
  ];
}

/** The standby's own range and the one that the site of copies takes. */
function meetsCopies({ dr, network }: Complete): Mistake[] {
  const copies = shifted(network.cidr, "backup");
  if (dr.region === undefined || dr.cidr === undefined) return [];
  if (networkCidrMistake(dr.cidr) || networkCidrMistake(network.cidr) || !overlaps(dr.cidr, copies)) return [];
  const remedy = `it overlaps the range of the site on dr.secondaryCloud, ${copies}; use another range (NET-13)`;
  return [{ field: "dr.cidr", value: dr.cidr, remedy }];
}

/** A figure in the stack file is a promise for the loss of a region; a profile's alone only chooses the mode. */
function regionlessPromise(file: Layer): Mistake[] {
  return (["rtoMinutes", "rpoMinutes"] as const).flatMap((key) => {
    const value = file.dr?.[key];
    const remedy =
      "nothing survives the loss of the region: set dr.region or dr.secondaryCloud, or leave the promise out";
    return value === undefined ? [] : [{ field: `dr.${key}`, value, remedy }];
  });
}

function brokenPromises({ cloud, region }: Place, settings: Complete, file: Layer): Mistake[] {
  const { dr } = settings;
  const mode = modeOf(settings);
  const dumps = inClusterArguments(settings).dumps;
  const copied = dr.region !== undefined && copiesBackups(cloud, region, dr.region, settings);
  const reach = reachOf(cloud, mode, { across: dr.region === undefined, dumps, copied });
  return (["rtoMinutes", "rpoMinutes"] as const)
    .filter((key) => dr[key] < reach[key])
    .filter((key) => dr.region !== undefined || file.dr?.[key] !== undefined)
    .map((key) => ({ field: `dr.${key}`, value: dr[key], remedy: refusal(key, reach, dr.region !== undefined) }));
}

function refusal(key: "rtoMinutes" | "rpoMinutes", reach: Reach, sameCloud: boolean): string {
  if (reach[key] === Infinity)
    return "nothing of the database gets to that region: choose a higher dr.mode, have dumps made (backup.dumps), or on Azure its partner region";
  const what = key === "rtoMinutes" ? "back in service after" : "losing no more than";
  const better = sameCloud ? "choose a higher dr.mode" : "set dr.region for a standby on the same cloud";
  return `${reach.by} honestly reaches ${reach[key]} minutes (${what}); promise that or more, or ${better}`;
}
