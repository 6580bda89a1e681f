const clock = (hour: number, minute: number) =>
  `${String(hour % 24).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;

/**
 * Half an hour for the daily backup, the shortest that RDS takes (F7, BAK-01), and an hour for maintenance on Sundays,
 * two hours later: the two must not overlap.
 */
export function windows(backupHour: number): { readonly backup: string; readonly maintenance: string } {
  const start = backupHour + 2;
  const day = (hour: number) => (hour >= 24 ? "mon" : "sun");
  return {
    backup: `${clock(backupHour, 0)}-${clock(backupHour, 30)}`,
    maintenance: `${day(start)}:${clock(start, 0)}-${day(start + 1)}:${clock(start + 1, 0)}`,
  };
}
