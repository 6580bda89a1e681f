import type { CompleteCacheArgs } from ".";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const clock = (hour: number) => `${String(hour % 24).padStart(2, "0")}:00`;

/** An hour for maintenance once a week, and an hour for the daily snapshot, two hours before: they must not overlap. */
export function windows(
  day: CompleteCacheArgs["maintenanceDay"],
  hour: number,
): { maintenance: string; snapshot: string } {
  const start = days.indexOf(day.slice(0, 3));
  const name = (index: number) => days[index % days.length];
  const end = hour === 23 ? start + 1 : start;
  return {
    maintenance: `${name(start)}:${clock(hour)}-${name(end)}:${clock(hour + 1)}`,
    snapshot: `${clock(hour + 22)}-${clock(hour + 23)}`,
  };
}
