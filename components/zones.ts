import * as pulumi from "@pulumi/pulumi";
import { type Cloud, clouds, type PerCloud } from "./cloud";
import { nearest } from "./nearest";
import { regions } from "./regions";

/** How a region's zone is called, from the region and the zone's last character. */
const zoneName: PerCloud<(region: string, last: string) => string> = {
  aws: (region, last) => `${region}${last}`,
  azure: (_, last) => last,
  gcp: (region, last) => `${region}-${last}`,
};

const cloudNames: PerCloud<string> = { aws: "AWS", azure: "Azure", gcp: "Google Cloud" };

/**
 * Zone names of a region: the first so many of those known (NET-05), or those named, as they are.
 * @throws pulumi.RunError where the number can't be had, or the region isn't known and the zones aren't named
 */
export function zonesOf(cloud: Cloud, region: string, wanted: number | readonly string[]): readonly string[] {
  const mistake = zonesMistake(cloud, region, wanted);
  if (mistake) throw new pulumi.RunError(`Zones of ${region} on ${cloudNames[cloud]}: ${mistake}.`);
  if (typeof wanted !== "number") return wanted;
  return known(cloud, region)
    .slice(0, wanted)
    .map((last) => zoneName[cloud](region, last));
}

/** Last characters of a region's zones; undefined for a region that isn't in the list. */
const lettersOf = (cloud: Cloud, region: string): string | undefined =>
  Object.hasOwn(regions[cloud], region) ? regions[cloud][region] : undefined;

const known = (cloud: Cloud, region: string): readonly string[] => [...(lettersOf(cloud, region) ?? "")];

const zoneless = "has no availability zones";

/** Why so many zones can't be had; undefined when they can, and for zones by name, which network/check.ts judges. */
export function zonesMistake(cloud: Cloud, region: string, wanted: number | readonly string[]): string | undefined {
  const zones = lettersOf(cloud, region);
  if (zones === "") return `${region} ${zoneless}; choose a region that has`;
  if (typeof wanted !== "number") return undefined;
  if (zones === undefined || zones === "?")
    return `the zones that an account sees there aren't known here; name them: ["${zoneName[cloud](region, "a")}", ...]`;
  const names = known(cloud, region).map((last) => zoneName[cloud](region, last));
  return Number.isInteger(wanted) && wanted >= 1 && wanted <= names.length
    ? undefined
    : `use a number from 1 to ${names.length}, or names out of ${names.join(", ")}`;
}

/** Names in the style of each cloud, for regions younger than the list. */
const regionShape: PerCloud<RegExp> = {
  aws: /^[a-z]{2,4}(-[a-z]+)+-\d$/,
  azure: /^[a-z]+\d?$/,
  gcp: /^[a-z]+-[a-z]+\d+$/,
};

/**
 * What is wrong with a region's name; undefined when it is known, and when zones are given by name and it could be one.
 * A name of another cloud is called by that cloud.
 */
export function regionMistake(cloud: Cloud, region: string, zonesNamed: boolean): string | undefined {
  const zones = lettersOf(cloud, region);
  if (zones === "") return `${zoneless}; choose a region that has`;
  if (zones !== undefined) return undefined;
  const other = clouds.find((candidate) => lettersOf(candidate, region) !== undefined);
  if (other) return `is a region of ${cloudNames[other]}, and the stack's cloud is ${cloud}`;
  if (zonesNamed && regionShape[cloud].test(region)) return undefined;
  const meant = nearestRegion(cloud, region);
  return meant
    ? `is no region of ${cloudNames[cloud]}; did you mean "${meant}"?`
    : `is no region of ${cloudNames[cloud]} that is known here; a younger one needs its zones by name in network.zones`;
}

/** The region of a cloud, with zones, that a misspelt one most likely meant. */
export const nearestRegion = (cloud: Cloud, region: string): string | undefined =>
  nearest(
    region,
    Object.keys(regions[cloud]).filter((name) => regions[cloud][name] !== ""),
  );
