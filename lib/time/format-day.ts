const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const long = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A day of the calendar (YYYY-MM-DD) as "3 Nov". */
export function formatDay(day: string): string {
  return short.format(new Date(`${day}T00:00:00Z`));
}

/** A day of the calendar (YYYY-MM-DD) as "3 Nov 2026". */
export function formatDayOfYear(day: string): string {
  return long.format(new Date(`${day}T00:00:00Z`));
}
