import { MaintenanceConfiguration, type ManagedCluster } from "@pulumi/azure-native/containerservice";
import type { WeekDay } from "@pulumi/azure-native/types/enums/containerservice";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import type { CompleteClusterArgs } from ".";

/** Hours that AKS may work in, from the start on; it takes no shorter window than this. */
const hours = 4;
const days: Readonly<Record<CompleteClusterArgs["maintenanceDay"], `${WeekDay}`>> = {
  monday: "Monday",
  tuesday: "Tuesday",
  wednesday: "Wednesday",
  thursday: "Thursday",
  friday: "Friday",
  saturday: "Saturday",
  sunday: "Sunday",
};
const weekDays = Object.values(days);

/** When AKS may upgrade the cluster and the nodes' images, and do its own releases: https://learn.microsoft.com/azure/aks/planned-maintenance */
export function maintain({ name, site, args, child }: BuildContext<CompleteClusterArgs>, cluster: ManagedCluster) {
  const { resourceGroup } = nativeOf(site, "azure", "Cluster");
  const { maintenanceDay, maintenanceHour } = args;
  const start = String(maintenanceHour).padStart(2, "0");
  const place = { resourceName: cluster.name, resourceGroupName: resourceGroup };
  const window = {
    schedule: { weekly: { dayOfWeek: days[maintenanceDay], intervalWeeks: 1 } },
    startTime: `${start}:00`,
    utcOffset: "+00:00",
    durationHours: hours,
  };
  const upgrades = ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"].map(
    (configName) =>
      new MaintenanceConfiguration(`${name}-${configName}`, { ...place, configName, maintenanceWindow: window }, child),
  );
  const releases = new MaintenanceConfiguration(
    `${name}-default`,
    { ...place, configName: "default", timeInWeek: slots(days[maintenanceDay], maintenanceHour) },
    child,
  );
  return [...upgrades, releases];
}

/** The same hours as slots of a day, and of the next where they reach into it. */
export function slots(day: `${WeekDay}`, from: number) {
  const next = weekDays[(weekDays.indexOf(day) + 1) % weekDays.length] ?? day;
  const all = Array.from({ length: hours }, (_, index) => from + index);
  const today = all.filter((hour) => hour < 24);
  const tomorrow = all.filter((hour) => hour >= 24).map((hour) => hour - 24);
  return [{ day, hourSlots: today }, ...(tomorrow.length > 0 ? [{ day: next, hourSlots: tomorrow }] : [])];
}
